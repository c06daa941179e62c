"""The state machine of a delivery: what may happen in which state, as one table and pure functions.

Every function returns the new delivery, or raises NotAllowedNow. Storing it is a compare-and-set elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from scheduler.domain.card import PaintedCard
from scheduler.domain.channel import Outgoing, Receipt
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import NotAllowedNow, NotSent, Refused, TryAgain
from scheduler.domain.retry import CRASH_DELAY, CRASHES, next_try
from scheduler.domain.slots import SlotTime


class Event(StrEnum):
    """What may happen to a delivery; the words complete `A … delivery can't be …`."""

    CLAIM = "claimed"
    GIVE_BACK = "given back"
    INTEND = "sent"
    RECEIVE = "marked as published"
    REFUSE = "refused"
    TRY_AGAIN = "put off"
    LOSE = "lost sight of"
    CRASH = "taken up again"
    REPLAY = "sent once more"
    MISS = "found missing"
    ASK = "asked about"
    HOLD = "held"
    POSTPONE = "postponed"
    MOVE = "moved"
    EDIT = "edited"
    RELEASE = "released"
    CANCEL = "cancelled"
    RETRY = "retried"
    RESOLVE = "resolved"
    SEND_AGAIN = "sent again"


# The whole state machine. Nothing leads from sending to scheduled but TRY_AGAIN, which needs proof of refusal.
TRANSITIONS: Mapping[tuple[State, Event], State] = {
    (State.SCHEDULED, Event.CLAIM): State.CLAIMED,
    (State.SCHEDULED, Event.POSTPONE): State.SCHEDULED,
    (State.SCHEDULED, Event.MOVE): State.SCHEDULED,
    (State.SCHEDULED, Event.EDIT): State.SCHEDULED,
    (State.SCHEDULED, Event.HOLD): State.HELD,
    (State.SCHEDULED, Event.CANCEL): State.CANCELLED,
    (State.CLAIMED, Event.GIVE_BACK): State.SCHEDULED,
    (State.CLAIMED, Event.INTEND): State.SENDING,
    (State.CLAIMED, Event.REFUSE): State.FAILED,
    (State.CLAIMED, Event.TRY_AGAIN): State.SCHEDULED,
    (State.CLAIMED, Event.CRASH): State.SCHEDULED,
    (State.SENDING, Event.RECEIVE): State.PUBLISHED,
    (State.SENDING, Event.REFUSE): State.FAILED,
    (State.SENDING, Event.TRY_AGAIN): State.SCHEDULED,
    (State.SENDING, Event.LOSE): State.UNKNOWN,
    (State.UNKNOWN, Event.RECEIVE): State.PUBLISHED,
    (State.UNKNOWN, Event.MISS): State.SCHEDULED,
    (State.UNKNOWN, Event.REPLAY): State.SCHEDULED,
    (State.UNKNOWN, Event.ASK): State.HELD,
    (State.UNKNOWN, Event.RESOLVE): State.PUBLISHED,
    (State.HELD, Event.RESOLVE): State.PUBLISHED,
    (State.HELD, Event.SEND_AGAIN): State.SCHEDULED,
    (State.HELD, Event.RELEASE): State.SCHEDULED,
    (State.HELD, Event.EDIT): State.HELD,
    (State.HELD, Event.CANCEL): State.CANCELLED,
    (State.FAILED, Event.RETRY): State.SCHEDULED,
}


def claimed(delivery: Delivery, *, now: datetime, lease_seconds: int) -> Delivery:
    """Taken by one worker; the first claim fixes the payload, its date and its idempotency key."""
    dated = delivery if delivery.key else _keyed(replace(delivery, created_at=now))
    return _to(
        dated,
        Event.CLAIM,
        fence=delivery.fence + 1,
        attempt=delivery.attempt + 1,
        lease_until=now + timedelta(seconds=lease_seconds),
        not_before=None,
    )


def _keyed(delivery: Delivery) -> Delivery:
    content = [
        delivery.code,
        delivery.channel,
        delivery.text,
        delivery.link,
        delivery.alt_text,
        delivery.card_sha256,
        delivery.created_at.isoformat() if delivery.created_at else "",
    ]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode())
    return replace(delivery, key=digest.hexdigest()[:32])


def outgoing(delivery: Delivery) -> Outgoing:
    """What travels to the channel: equal for every try."""
    if delivery.created_at is None:
        raise NotAllowedNow("Only a claimed delivery can go out.")
    return Outgoing(
        code=delivery.code,
        key=delivery.key,
        channel=delivery.channel,
        text=delivery.text,
        link=delivery.link,
        alt_text=delivery.alt_text,
        card_path=delivery.card_path,
        card_sha256=delivery.card_sha256,
        article=delivery.article,
        created_at=delivery.created_at,
    )


def given_back(delivery: Delivery) -> Delivery:
    """The worker stops before it has begun: as if it had never been claimed."""
    return _to(delivery, Event.GIVE_BACK, attempt=delivery.attempt - 1, lease_until=None)


def intent(delivery: Delivery, *, now: datetime, lease_seconds: int) -> Delivery:
    """From here on it may be out there. The lease starts anew."""
    lease_until = now + timedelta(seconds=lease_seconds)
    return _to(delivery, Event.INTEND, sent_at=now, lease_until=lease_until, crashes=0)


def after(delivery: Delivery, outcome: Receipt | NotSent, *, now: datetime) -> Delivery:
    """What an answer makes of a claimed or sending delivery: all but a receipt or a proof of refusal is a loss."""
    if isinstance(outcome, Receipt):
        return _received(delivery, outcome)
    if isinstance(outcome, Refused):
        return _to(delivery, Event.REFUSE, lease_until=None, sent_at=None, words=outcome.message)
    if isinstance(outcome, TryAgain):
        return _put_off(delivery, outcome, now)
    if delivery.state is State.CLAIMED:
        return _crashed(delivery, outcome.message, now)
    return _to(delivery, Event.LOSE, lease_until=None, words=outcome.message)


def _received(delivery: Delivery, receipt: Receipt) -> Delivery:
    changes = {"remote_id": receipt.remote_id, "url": receipt.url, "lease_until": None, "words": ""}
    return _to(delivery, Event.RECEIVE, **changes)


def _put_off(delivery: Delivery, refusal: TryAgain, now: datetime) -> Delivery:
    at = next_try(attempt=delivery.attempt, now=now, asked=refusal.at)
    if at is None:
        words = f"{refusal.message} Given up after {delivery.attempt} tries."
        return _to(delivery, Event.REFUSE, lease_until=None, sent_at=None, words=words)
    # A network that says when to come back costs no attempt.
    attempt = delivery.attempt - (refusal.at is not None)
    changes = {"attempt": attempt, "not_before": at, "lease_until": None, "sent_at": None, "words": refusal.message}
    return _to(delivery, Event.TRY_AGAIN, **changes)


def _crashed(delivery: Delivery, words: str, now: datetime) -> Delivery:
    crashes = delivery.crashes + 1
    if crashes >= CRASHES:
        words = f"{words} It happened {crashes} times, so it is not tried again."
        return _to(delivery, Event.REFUSE, crashes=crashes, lease_until=None, words=words)
    return _to(delivery, Event.CRASH, crashes=crashes, lease_until=None, not_before=now + CRASH_DELAY, words=words)


def expired(delivery: Delivery, *, now: datetime) -> Delivery:
    """The worker that held it is gone: before the intent nothing went out, after it nobody knows."""
    if delivery.state is State.CLAIMED:
        return _crashed(delivery, "The worker stopped while it prepared this post.", now)
    return _to(delivery, Event.LOSE, lease_until=None, words="The worker stopped while it was sending this post.")


def found(delivery: Delivery, receipt: Receipt) -> Delivery:
    """An unknown one that a read-back has found."""
    return _received(delivery, receipt)


def missing(delivery: Delivery) -> Delivery:
    """An unknown one that certainly is not there: it goes out as if for the first time, with the same key."""
    return _to(delivery, Event.MISS, sent_at=None)


def replayed(delivery: Delivery) -> Delivery:
    """An unknown one on an exact channel: the same key again has the effect of once."""
    return _to(delivery, Event.REPLAY)


def asked(delivery: Delivery, words: str) -> Delivery:
    """An unknown one that only a person can judge."""
    return _to(delivery, Event.ASK, words=words)


def hold(delivery: Delivery, words: str) -> Delivery:
    """Stays until a person releases it."""
    return _to(delivery, Event.HOLD, words=words)


def postponed(delivery: Delivery, until: datetime, words: str) -> Delivery:
    """Its promised time stays; no try before `until`."""
    return _to(delivery, Event.POSTPONE, not_before=until, words=words)


def moved(delivery: Delivery, slot: SlotTime, words: str = "") -> Delivery:
    """To another slot; a payload that was tried and refused gets a new date and key."""
    return _to(_settled(delivery), Event.MOVE, **_promise(slot, words), key="", created_at=None)


def promised(delivery: Delivery, slot: SlotTime) -> Delivery:
    """One that has not gone out, at another time; a held one stays held, with its words."""
    if delivery.state is not State.HELD:
        return moved(delivery, slot)
    promise = _promise(slot, delivery.words)
    return _to(_settled(delivery), Event.EDIT, **promise, key="", created_at=None)


def retimed(delivery: Delivery, slot: SlotTime) -> Delivery:
    """To where its wall time is since the rules of its zone changed; a delay, its words and the payload stay."""
    unchanged = {"not_before": delivery.not_before, "words": delivery.words}
    return _to(delivery, Event.MOVE, **{**_promise(slot), **unchanged})


def edited(delivery: Delivery, *, text: str, link: str, card: PaintedCard | None) -> Delivery:
    """One that has not gone out, with another payload: the next claim gives it a new date and key."""
    return _to(
        _settled(delivery),
        Event.EDIT,
        text=text,
        link=link,
        alt_text=card.alt_text if card else "",
        card_path=card.path if card else "",
        card_sha256=card.sha256 if card else "",
        key="",
        created_at=None,
    )


def release(delivery: Delivery, slot: SlotTime) -> Delivery:
    """A held one that has not gone out, into a slot."""
    return _to(_settled(delivery), Event.RELEASE, **_promise(slot), key="", created_at=None)


def cancel(delivery: Delivery, words: str = "") -> Delivery:
    """For good. One that is about to be replayed can't be cancelled: it may be out there."""
    if delivery.state is State.SCHEDULED:
        delivery = _settled(delivery)
    return _to(delivery, Event.CANCEL, words=words)


def retry(delivery: Delivery, slot: SlotTime) -> Delivery:
    """A failed one, which is known not to be there, as if for the first time."""
    return _to(delivery, Event.RETRY, **_promise(slot), attempt=0, crashes=0)


def resolve_there(delivery: Delivery, url: str = "") -> Delivery:
    """A person has seen it there."""
    if delivery.state is State.HELD and delivery.sent_at is None:
        raise NotAllowedNow("This delivery has not been sent.", hint="Release it, or cancel it.")
    return _to(delivery, Event.RESOLVE, url=url, words="")


def resolve_again(delivery: Delivery, slot: SlotTime) -> Delivery:
    """A person has looked and it is not there: the same payload with the same key."""
    if delivery.sent_at is None:
        raise NotAllowedNow("This delivery has not been sent.", hint="Release it, or cancel it.")
    return _to(delivery, Event.SEND_AGAIN, **_promise(slot), sent_at=None)


def at(delivery: Delivery, slot: SlotTime) -> Delivery:
    """One that nobody has stored yet, at another time."""
    return replace(delivery, due_at=slot.due_at, wall_time=slot.wall_time, zone=slot.zone, fold=slot.fold)


def _promise(slot: SlotTime, words: str = "") -> dict[str, Any]:
    promise = {"due_at": slot.due_at, "wall_time": slot.wall_time, "zone": slot.zone, "fold": slot.fold}
    return {**promise, "not_before": None, "words": words}


def _settled(delivery: Delivery) -> Delivery:
    if delivery.sent_at is not None and delivery.state in (State.SCHEDULED, State.HELD):
        raise NotAllowedNow(
            "Nobody knows yet whether this delivery went out.", hint="Say so first: `quotidian resolve`."
        )
    return delivery


def _to(delivery: Delivery, event: Event, **changes: Any) -> Delivery:
    state = TRANSITIONS.get((delivery.state, event))
    if state is None:
        raise NotAllowedNow(f"A {delivery.state} delivery can't be {event}.")
    return replace(delivery, state=state, **changes)
