"""What may happen to a delivery, as pure functions over the state machine's table.

Every function returns the new delivery, or raises NotAllowedNow. Storing it is a compare-and-set elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from scheduler.domain.card import PaintedCard
from scheduler.domain.channel import Outgoing, Receipt
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import AccountRefused, NotAllowedNow, NotSent, Refused, TryAgain
from scheduler.domain.machine import TRANSITIONS, Event
from scheduler.domain.moment import UNMARKED, Mark
from scheduler.domain.pricing import NOTHING, Price
from scheduler.domain.retry import CRASH_DELAY, CRASHES, next_try
from scheduler.domain.slots import SlotTime


def claimed(
    delivery: Delivery, *, now: datetime, lease_seconds: int, mark: Mark = UNMARKED, reply_to: str = ""
) -> Delivery:
    """Taken by one worker; the first claim fixes the payload, its date and its idempotency key."""
    created_at = delivery.created_at if delivery.key and delivery.created_at else now
    return _to(
        delivery,
        Event.CLAIM,
        created_at=created_at,
        key=delivery.key or _key(delivery, created_at),
        fence=delivery.fence + 1,
        attempt=delivery.attempt + 1,
        lease_until=now + timedelta(seconds=lease_seconds),
        not_before=None,
        reply_to=reply_to,
        boot=mark.boot,
        ticks=mark.ticks,
    )


def _key(delivery: Delivery, created_at: datetime) -> str:
    content = [
        delivery.code,
        delivery.channel,
        delivery.text,
        delivery.link,
        delivery.alt_text,
        delivery.card_sha256,
        created_at.isoformat(),
    ]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode())
    return digest.hexdigest()[:32]


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
        reply_to=delivery.reply_to,
    )


def given_back(delivery: Delivery) -> Delivery:
    """The worker stops before it has begun: as if it had never been claimed."""
    return _to(delivery, Event.GIVE_BACK, attempt=delivery.attempt - 1, lease_until=None)


def intent(
    delivery: Delivery, *, now: datetime, lease_seconds: int, mark: Mark = UNMARKED, price: Price = NOTHING
) -> Delivery:
    """From here on it may be out there, and cost what it costs. The lease starts anew."""
    lease = {"lease_until": now + timedelta(seconds=lease_seconds), "boot": mark.boot, "ticks": mark.ticks}
    cost = {"cost_usd": price.usd, "price_since": price.since}
    return _to(delivery, Event.INTEND, sent_at=now, crashes=0, **lease, **cost)


def after(delivery: Delivery, outcome: Receipt | NotSent, *, now: datetime) -> Delivery:
    """What an answer makes of a claimed or sending delivery: all but a receipt or a proof of refusal is a loss."""
    if isinstance(outcome, Receipt):
        return _received(delivery, outcome)
    if isinstance(outcome, Refused):
        return _given_up(delivery, outcome.message)
    if isinstance(outcome, TryAgain):
        return _put_off(delivery, outcome, now)
    if isinstance(outcome, AccountRefused):
        return _kept_back(delivery, outcome)
    if delivery.state is State.CLAIMED:
        return _crashed(delivery, outcome.message, now)
    return _to(delivery, Event.LOSE, lease_until=None, words=outcome.message)


def _received(delivery: Delivery, receipt: Receipt) -> Delivery:
    # One that was thought not to be out there has lost the instant at which it was sent.
    sent_at = delivery.sent_at or delivery.due_at
    changes = {"remote_id": receipt.remote_id, "url": receipt.url, "lease_until": None, "words": ""}
    return _to(delivery, Event.RECEIVE, sent_at=sent_at, not_before=None, doubts=0, **changes)


def _put_off(delivery: Delivery, refusal: TryAgain, now: datetime) -> Delivery:
    at = next_try(attempt=delivery.attempt, now=now, asked=refusal.at)
    if at is None:
        words = f"{refusal.message} Given up after {delivery.attempt} tries."
        return _given_up(delivery, words)
    # A network that says when to come back costs no attempt.
    attempt = delivery.attempt - (refusal.at is not None)
    kept = {"lease_until": None, "sent_at": _in_doubt_since(delivery), "words": refusal.message}
    changes = {"attempt": attempt, "not_before": at, **kept}
    return _to(delivery, Event.TRY_AGAIN, **changes)


def _kept_back(delivery: Delivery, refusal: AccountRefused) -> Delivery:
    """The account's pause keeps it back: it has lost neither a try nor its time."""
    kept = {"lease_until": None, "sent_at": _in_doubt_since(delivery), "words": refusal.message}
    changes = {"attempt": delivery.attempt - 1, **kept}
    return _to(delivery, Event.TRY_AGAIN, **changes)


def _given_up(delivery: Delivery, words: str) -> Delivery:
    """Nothing of this try is out. Where it repeated an earlier one, nobody knows of that: a person is asked."""
    if not delivery.doubts:
        return _to(delivery, Event.REFUSE, lease_until=None, sent_at=None, words=words)
    look = f"An earlier try may be out: look whether it is there, then say so: `quotidian resolve {delivery.code}`."
    return _to(delivery, Event.ASK, lease_until=None, words=f"{words} {look}")


def _in_doubt_since(delivery: Delivery) -> datetime | None:
    return delivery.sent_at if delivery.doubts else None


def _crashed(delivery: Delivery, words: str, now: datetime) -> Delivery:
    crashes = delivery.crashes + 1
    if crashes >= CRASHES:
        words = f"{words} It happened {crashes} times, so it is not tried again."
        return _given_up(replace(delivery, crashes=crashes), words)
    return _to(delivery, Event.CRASH, crashes=crashes, lease_until=None, not_before=now + CRASH_DELAY, words=words)


def expired(delivery: Delivery, *, now: datetime) -> Delivery:
    """The worker that held it is gone: before the intent nothing went out, after it nobody knows."""
    if delivery.state is State.CLAIMED:
        return _crashed(delivery, "The worker stopped while it prepared this post.", now)
    return _to(delivery, Event.LOSE, lease_until=None, words="The worker stopped while it was sending this post.")


def forgotten(delivery: Delivery, words: str) -> Delivery:
    """It may have gone out after the moment that is remembered: a person is asked, and it is looked for meanwhile. The
    key of that try is not known, so it is never repeated by itself."""
    created_at = delivery.created_at or delivery.due_at
    payload = {"created_at": created_at, "key": delivery.key or _key(delivery, created_at)}
    kept = {"sent_at": delivery.sent_at or delivery.due_at, "lease_until": None, "not_before": None, "words": words}
    return _to(delivery, Event.HOLD if delivery.state is State.SCHEDULED else Event.ASK, **payload, **kept)


def found(delivery: Delivery, receipt: Receipt) -> Delivery:
    """One that is there after all: read back, or its answer came when the lease was over. A receipt always wins."""
    return _received(delivery, receipt)


def look_later(delivery: Delivery, at: datetime) -> Delivery:
    """One of which nobody knows: no look before `at`."""
    return _to(delivery, Event.WAIT, not_before=at)


def missing(delivery: Delivery) -> Delivery:
    """An unknown one that certainly is not there: it goes out as if for the first time, with the same key."""
    return _to(delivery, Event.MISS, sent_at=None, not_before=None, doubts=0)


def replayed(delivery: Delivery) -> Delivery:
    """An unknown one on an exact channel: the same key again has the effect of once."""
    return _to(delivery, Event.REPLAY, not_before=None, doubts=delivery.doubts + 1)


def asked(delivery: Delivery, words: str) -> Delivery:
    """An unknown one that only a person can judge."""
    return _to(delivery, Event.ASK, words=words, not_before=None, lease_until=None)


def hold(delivery: Delivery, words: str) -> Delivery:
    """Stays until a person releases it."""
    return _to(delivery, Event.HOLD, lease_until=None, words=words)


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
    """One that has not gone out, with another payload: the next claim gives it a new date and key.

    In a thread the card belongs to the first part.
    """
    card = None if delivery.part else card
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
    remote_id = delivery.remote_id or url.rstrip("/").rpartition("/")[2]
    return _to(delivery, Event.RESOLVE, url=url, remote_id=remote_id, not_before=None, doubts=0, words="")


def resolve_again(delivery: Delivery, slot: SlotTime) -> Delivery:
    """A person has looked and it is not there: the same payload with the same key."""
    if delivery.sent_at is None:
        raise NotAllowedNow("This delivery has not been sent.", hint="Release it, or cancel it.")
    return _to(delivery, Event.SEND_AGAIN, **_promise(slot), sent_at=None, doubts=0)


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
    return delivery.but(state=state, **changes)
