"""The whole state machine of a delivery, as one table: what may happen in which state, and where that leads."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from scheduler.domain.delivery import State


class Event(StrEnum):
    """What may happen to a delivery; the words complete `A … delivery can't be …`."""

    CLAIM = "claimed"
    GIVE_BACK = "given back"
    INTEND = "sent"
    RECEIVE = "marked as published"
    REFUSE = "refused"
    TRY_AGAIN = "put off"
    LOSE = "lost sight of"
    WAIT = "looked for later"
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


# Nothing leads from sending to scheduled but TRY_AGAIN, which needs proof of refusal. A receipt is one in any state.
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
    (State.CLAIMED, Event.HOLD): State.HELD,
    (State.CLAIMED, Event.ASK): State.HELD,
    (State.SENDING, Event.RECEIVE): State.PUBLISHED,
    (State.SENDING, Event.REFUSE): State.FAILED,
    (State.SENDING, Event.TRY_AGAIN): State.SCHEDULED,
    (State.SENDING, Event.LOSE): State.UNKNOWN,
    (State.SENDING, Event.ASK): State.HELD,
    (State.SCHEDULED, Event.RECEIVE): State.PUBLISHED,
    (State.CLAIMED, Event.RECEIVE): State.PUBLISHED,
    (State.FAILED, Event.RECEIVE): State.PUBLISHED,
    (State.HELD, Event.RECEIVE): State.PUBLISHED,
    (State.HELD, Event.WAIT): State.HELD,
    (State.UNKNOWN, Event.RECEIVE): State.PUBLISHED,
    (State.UNKNOWN, Event.WAIT): State.UNKNOWN,
    (State.UNKNOWN, Event.MISS): State.SCHEDULED,
    (State.UNKNOWN, Event.REPLAY): State.SCHEDULED,
    (State.UNKNOWN, Event.ASK): State.HELD,
    (State.UNKNOWN, Event.RESOLVE): State.PUBLISHED,
    (State.HELD, Event.RESOLVE): State.PUBLISHED,
    (State.HELD, Event.SEND_AGAIN): State.SCHEDULED,
    (State.HELD, Event.RELEASE): State.SCHEDULED,
    (State.HELD, Event.EDIT): State.HELD,
    (State.HELD, Event.CANCEL): State.CANCELLED,
    (State.CANCELLED, Event.HOLD): State.HELD,
    (State.FAILED, Event.RETRY): State.SCHEDULED,
}
