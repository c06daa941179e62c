"""One try of a delivery in words for the marketer."""

from __future__ import annotations

from datetime import datetime

from scheduler.domain.channel import Receipt
from scheduler.domain.delivery import Attempt, Delivery, Outcome, State
from scheduler.domain.errors import AccountRefused, NotSent, Refused, TryAgain


def attempt_of(delivery: Delivery, outcome: Receipt | NotSent, *, started: datetime, ended: datetime) -> Attempt:
    """One try in words; `number` counts the claims."""
    receipt = outcome if isinstance(outcome, Receipt) else Receipt(remote_id="", url="")
    return Attempt(
        code=delivery.code,
        channel=delivery.channel,
        article=delivery.article,
        number=delivery.fence,
        started_at=started,
        ended_at=ended,
        outcome=_outcome(delivery, outcome),
        remote_id=receipt.remote_id,
        remote_url=receipt.url,
        words=outcome.message if isinstance(outcome, NotSent) else "It is out.",
        hint=outcome.hint if isinstance(outcome, NotSent) else "",
    )


def _outcome(delivery: Delivery, outcome: Receipt | NotSent) -> Outcome:
    if isinstance(outcome, Receipt):
        return Outcome.PUBLISHED
    if isinstance(outcome, Refused):
        return Outcome.REFUSED
    if isinstance(outcome, TryAgain | AccountRefused):
        return Outcome.TRY_AGAIN
    return Outcome.NOT_STARTED if delivery.state is State.CLAIMED else Outcome.UNKNOWN
