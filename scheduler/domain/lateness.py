"""What becomes of a delivery that is late: by default never a burst, or as its post asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum, StrEnum, auto
from functools import partial
from typing import NamedTuple

from scheduler.domain.delivery import State
from scheduler.domain.retry import GIVE_UP, GRACE, ON_TIME
from scheduler.domain.slots import at_wall


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


class Late(NamedTuple):
    """A scheduled delivery that may be late, as far as a verdict has to know it.

    `expires` is the wall time in its `zone` after which it must not go out, empty for never; `asked` is what its row or
    its article asks for. A later part of a thread `answers` the id there of the part before it, which went out at
    `answered_at`; of all others that is None.
    """

    code: str
    channel: str
    campaign: str
    zone: str
    due_at: datetime
    not_before: datetime | None
    sent_at: datetime | None
    expires: str
    asked: LateRule | None
    answers: str | None
    answered_at: datetime | None

    @property
    def ready_at(self) -> datetime:
        """When it may go out: its time, or the later one to which it was put off."""
        return max(self.due_at, self.not_before or self.due_at)


class Overdue(NamedTuple):
    """A delivery that should be out and has no outcome, though nothing explains it."""

    code: str
    channel: str
    state: State
    due_at: datetime
    wall_time: str


def verdict(late: Late, *, rule: Callable[[Late], LateRule], now: datetime) -> Lateness:
    """By the rule for it, unless it may be out there: then it only catches up or is held.

    What would go out after it has expired is skipped, however little late it is.
    """
    if late.answers is not None:
        return _of_part(late, now)
    judge = partial(lateness, due_at=late.due_at, not_before=late.not_before, now=now)
    if late.sent_at is not None or (late.not_before is None and now - late.due_at <= ON_TIME):
        return judge()
    if late.expires and at_wall(late.expires, late.zone).due_at < max(now, late.not_before or now):
        return Lateness.SKIP
    return judge(rule=rule(late))


def _of_part(late: Late, now: datetime) -> Lateness:
    """Half a thread is worse than a late one: it goes out up to GIVE_UP after the part before it."""
    if not late.answers:
        return Lateness.HOLD
    is_on_time = now - late.ready_at <= GRACE
    return Lateness.SEND if is_on_time or now - (late.answered_at or now) <= GIVE_UP else Lateness.HOLD
