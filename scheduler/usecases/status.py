"""Where a workspace stands at this moment: one look for a person who passes by, or for a watchdog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain.delivery import State
from scheduler.domain.lateness import Overdue
from scheduler.domain.pause import Pause

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctuality:
    """How late, in seconds, what went out within the last day was sent: half and 99 % of it at most so much."""

    sent: int
    p50_seconds: float | None
    p99_seconds: float | None
    most_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelStatus:
    """One channel: what goes out next, if anything, and at which instant, if its post gets a yes in time.

    While it is paused nothing does. Of those that are `queued`, so many are `due`, the first of them
    for `late_seconds`.
    """

    channel: str
    next_at: datetime | None
    next_code: str
    paused: Pause | None
    counts: dict[State, int]
    queued: int
    due: int
    late_seconds: float
    last_day: Punctuality


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Deliveries by state, what is overdue, the posts that wait for a yes, and each channel's next one."""

    counts: dict[State, int]
    overdue: tuple[Overdue, ...]
    waiting: tuple[int, ...]
    channels: tuple[ChannelStatus, ...]


class Glance(Protocol):
    """What is counted where the deliveries are kept."""

    def counts(self) -> Mapping[tuple[str, State], int]:
        """How many of each channel are in each state."""
        ...

    def first(self, channel: str) -> tuple[str, datetime] | None:
        """The code of what a channel may send next, and from when on."""
        ...

    def due(self, channel: str, *, now: datetime) -> int:
        """How many a channel might send now."""
        ...

    def seconds_late(self, channel: str, *, since: datetime) -> Sequence[float]:
        """Of each that a channel sent since then, the smallest first."""
        ...


def status(
    glance: Glance,
    *,
    overdue: Sequence[Overdue],
    waiting: Sequence[int],
    channels: Sequence[str],
    pauses: Mapping[str, Pause],
    now: datetime,
) -> Status:
    """`channels` are those of the settings; one that only what is scheduled names is told too."""
    found = glance.counts()
    names = dict.fromkeys([*channels, *(name for name, state in found if state is State.SCHEDULED)])
    return Status(
        counts={state: sum(found.get((name, state), 0) for name in {name for name, _ in found}) for state in State},
        overdue=tuple(overdue),
        waiting=tuple(waiting),
        channels=tuple(_channel(name, glance, found, pauses.get(name), now) for name in names),
    )


def _channel(
    name: str, glance: Glance, found: Mapping[tuple[str, State], int], paused: Pause | None, now: datetime
) -> ChannelStatus:
    counts = {state: found.get((name, state), 0) for state in State}
    code, next_at = glance.first(name) or ("", None)
    return ChannelStatus(
        channel=name,
        next_at=next_at,
        next_code=code,
        paused=paused,
        counts=counts,
        queued=counts[State.SCHEDULED],
        due=glance.due(name, now=now),
        late_seconds=max((now - next_at).total_seconds(), 0.0) if next_at else 0.0,
        last_day=_punctuality(glance.seconds_late(name, since=now - DAY)),
    )


def _punctuality(late: Sequence[float]) -> Punctuality:
    return Punctuality(
        sent=len(late),
        p50_seconds=_at(late, 50),
        p99_seconds=_at(late, 99),
        most_seconds=_at(late, 100),
    )


def _at(ordered: Sequence[float], percent: int) -> float | None:
    """The smallest that so many per cent don't exceed."""
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else None
