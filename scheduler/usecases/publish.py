"""The second walk: a delivery falls due, is claimed, prepared, sent and told of; never lost, never knowingly twice.

Nothing is sent before the intent is on disk; after it, only a receipt or a proof of refusal says what happened. The one
broad `except` of the product is here: whatever else a channel raises, nobody knows whether the post went out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from scheduler.domain.channel import Receipt
from scheduler.domain.delivery import Attempt, Delivery, Outcome, State
from scheduler.domain.errors import NotSent, Refused, TryAgain, Unknown
from scheduler.domain.retry import ON_TIME, gap_between, spread
from scheduler.domain.transitions import after, given_back, intent, outgoing, postponed
from scheduler.ports import Clock, Deliveries, Due, Log, Publisher

LEASE_SECONDS = 120
Answer = TypeVar("Answer")
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Everything that delivering needs; `publishers` by the name of their channel. One a process: it knows its own.

    `expiry` says after which instant a delivery must not go out; it is asked of what is not sent ON_TIME.
    `begun` holds the monotonic second at which this process claimed or sent a delivery that is not settled yet.
    """

    deliveries: Deliveries
    due: Due
    publishers: Mapping[str, Publisher]
    clock: Clock
    log: Log
    lease_seconds: int = LEASE_SECONDS
    begun: dict[str, float] = field(default_factory=dict)
    expiry: Callable[[Delivery], datetime | None] = lambda _: None

    def deliver_due(self, *, stop: Stop = lambda: False) -> int:
        """Delivers one after the other until nothing is due or `stop` says so; how many were tried."""
        tried = 0
        while not stop() and self.deliver_next(stop=stop) is not None:
            tried += 1
        return tried

    def seconds_since_intent(self, delivery: Delivery) -> float:
        """By the clock that never jumps where this process sent it, otherwise by the wall clock."""
        if delivery.code in self.begun:
            return self.clock.monotonic() - self.begun[delivery.code]
        return (self.clock.now() - (delivery.sent_at or delivery.due_at)).total_seconds()

    def is_under_way(self, delivery: Delivery) -> bool:
        """Whether this process is at work on it and has time left, whatever the wall clock says of its lease."""
        return delivery.code in self.begun and self.seconds_since_intent(delivery) < self.lease_seconds

    def settled(self, delivery: Delivery) -> None:
        """Somebody knows what became of it."""
        self.begun.pop(delivery.code, None)

    def deliver_next(self, *, stop: Stop = lambda: False) -> Delivery | None:
        """Claims the most overdue delivery and carries it through; None when nothing may go out now.

        When `stop` says so before the intent, the claim is given back. Raises DatabaseUnusable.
        """
        started = self.clock.now()
        delivery = self.due.claim(now=started, lease_seconds=self.lease_seconds)
        if delivery is None:
            return None
        self.begun[delivery.code] = self.clock.monotonic()
        publisher = self.publishers.get(delivery.channel)
        if publisher is None:
            missing = Refused(f"There is no channel '{delivery.channel}' in the settings.", hint="Add it, then retry.")
            return self._finish(delivery, missing, started)
        if started - delivery.due_at > ON_TIME and (expiry := self.expiry(delivery)) and expiry < started:
            return self._finish(delivery, Refused("It expired before it could be sent."), started)
        return self._carry(publisher, delivery, started, stop)

    def _carry(self, publisher: Publisher, delivery: Delivery, started: datetime, stop: Stop) -> Delivery:
        prepared = tried(lambda: publisher.prepare(outgoing(delivery)))
        if isinstance(prepared, NotSent):
            return self._finish(delivery, prepared, started)
        if stop():
            return self._give_back(delivery)
        begun = self.begun[delivery.code] = self.clock.monotonic()
        sending = intent(delivery, now=self.clock.now(), lease_seconds=self.lease_seconds)
        if not self.deliveries.write(delivery, sending):
            self.settled(delivery)
            return self._lost(delivery)
        if self.clock.monotonic() - begun >= self.lease_seconds / 2:
            return self._finish(sending, Unknown("Writing the intent took too long, so nothing was sent."), started)
        return self._finish(sending, tried(lambda: _certain(publisher.publish(prepared))), started)

    def _give_back(self, delivery: Delivery) -> Delivery:
        self.settled(delivery)
        back = given_back(delivery)
        return back if self.deliveries.write(delivery, back) else self._lost(delivery)

    def _finish(self, delivery: Delivery, outcome: Receipt | NotSent, started: datetime) -> Delivery:
        """Stores what the answer makes of the delivery, together with the attempt."""
        now = self.clock.now()
        result = after(delivery, outcome, now=now)
        attempt = attempt_of(delivery, outcome, started=started, ended=now)
        written = self.deliveries.write(delivery, result, attempt=attempt)
        if result.state is not State.UNKNOWN:
            self.settled(delivery)
        self._tell(attempt, result, outcome)
        if not written:
            return self._lost(delivery)
        if isinstance(outcome, TryAgain) and outcome.at is not None:
            self._pause(result)
        return result

    def _tell(self, attempt: Attempt, result: Delivery, outcome: Receipt | NotSent) -> None:
        cause = outcome.__cause__ if isinstance(outcome, NotSent) else None
        self.log(
            "delivery",
            code=attempt.code,
            channel=attempt.channel,
            number=attempt.number,
            outcome=str(attempt.outcome),
            state=str(result.state),
            url=attempt.remote_url,
            words=attempt.words,
            seconds=round((attempt.ended_at - attempt.started_at).total_seconds(), 3),
            cause=repr(cause) if cause else "",
        )

    def _lost(self, delivery: Delivery) -> Delivery:
        self.log("lease lost", code=delivery.code, channel=delivery.channel, fence=delivery.fence)
        return self.deliveries.get(delivery.code)

    def _pause(self, refused: Delivery) -> None:
        """A network that asks for time asks the account: its other deliveries wait too, and don't burst afterwards."""
        if refused.state is not State.SCHEDULED or refused.not_before is None:
            return
        coming = self.deliveries.select(states={State.SCHEDULED}, due_before=refused.not_before)
        others = [other for other in coming if other.channel == refused.channel and other.code != refused.code]
        gap = gap_between([refused.due_at, *(other.due_at for other in others)])
        instants = spread(now=refused.not_before, taken=[refused.not_before], gap=gap)
        for other, at in zip(others, instants, strict=False):
            self.deliveries.write(other, postponed(other, at, refused.words))


def tried(step: Callable[[], Answer]) -> Answer | NotSent:
    """What a channel answers, or how it failed; anything but the three known errors is Unknown."""
    try:
        return step()
    except NotSent as error:
        return error
    except Exception as error:
        unknown = Unknown(f"The channel gave no clear answer ({type(error).__name__}).")
        unknown.__cause__ = error
        return unknown


def _certain(receipt: Receipt) -> Receipt:
    if not receipt.remote_id:
        raise Unknown("The network took the post but named no id.")
    return receipt


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
    if isinstance(outcome, TryAgain):
        return Outcome.TRY_AGAIN
    return Outcome.NOT_STARTED if delivery.state is State.CLAIMED else Outcome.UNKNOWN
