"""What becomes of a delivery that is late: by default never a burst, or as its post asks for."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, StrEnum, auto

from scheduler.domain.retry import GIVE_UP, GRACE


class LateRule(StrEnum):
    """What a post asks for when it is late."""

    CATCH_UP = "catch up"
    SEND = "send"
    RESLOT = "reslot"
    SKIP = "skip"
    ASK = "ask"


class Lateness(Enum):
    """What to do with a delivery that is due."""

    SEND = auto()
    CATCH_UP = auto()
    RESLOT = auto()
    SKIP = auto()
    HOLD = auto()


def late_rule(words: str) -> LateRule:
    """As people write it: `Catch-up`. Raises ValueError with one sentence that names them all."""
    try:
        return LateRule(" ".join(words.casefold().replace("-", " ").replace("_", " ").split()))
    except ValueError:
        raise ValueError(f"it must be one of {', '.join(LateRule)}") from None


BY_RULE = {
    LateRule.SEND: Lateness.CATCH_UP,
    LateRule.RESLOT: Lateness.RESLOT,
    LateRule.SKIP: Lateness.SKIP,
    LateRule.ASK: Lateness.HOLD,
}


def lateness(
    *, due_at: datetime, not_before: datetime | None, now: datetime, rule: LateRule = LateRule.CATCH_UP
) -> Lateness:
    """Up to GRACE after its time (or the time it was postponed to) it is sent, whatever the rule.

    Then it catches up in its turn: up to GIVE_UP by default, later it is held; without end by `send`. `reslot` takes
    the next free slot, `skip` leaves it out, `ask` holds it.
    """
    if now - max(due_at, not_before or due_at) <= GRACE:
        return Lateness.SEND
    by_default = Lateness.CATCH_UP if now - due_at <= GIVE_UP else Lateness.HOLD
    return BY_RULE.get(rule, by_default)
