"""Where a workspace stands at this moment: one look for a person who passes by, or for a watchdog."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.domain.lateness import Overdue
from scheduler.domain.pause import Pause
from scheduler.domain.revision import is_stale
from scheduler.usecases.review import Entry

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


def status(
    entries: Sequence[Entry],
    overdue: Sequence[Overdue],
    *,
    channels: Sequence[str],
    pauses: Mapping[str, Pause],
    now: datetime,
) -> Status:
    """`channels` are those of the settings; one that only deliveries name is told too."""
    found = [delivery for entry in entries for delivery in entry.deliveries]
    counts = Counter(delivery.state for delivery in found)
    by_channel: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in found:
        by_channel[delivery.channel].append(delivery)
    planned = (name for name, mine in by_channel.items() if any(one.state is State.SCHEDULED for one in mine))
    names = dict.fromkeys([*channels, *planned])
    return Status(
        counts={state: counts[state] for state in State},
        overdue=tuple(overdue),
        waiting=tuple(entry.post.id for entry in entries if _waits(entry)),
        channels=tuple(_channel(name, by_channel[name], pauses.get(name), now) for name in names),
    )


def ready_at(delivery: Delivery) -> datetime:
    """The instant at which it may go out: its own, or the later one to which it was put off."""
    return max(delivery.due_at, delivery.not_before or delivery.due_at)


def _waits(entry: Entry) -> bool:
    """Not for what stays back because its article changed: it asks for nothing."""
    if is_stale(entry.post):
        return False
    return not entry.post.may_go_out and any(delivery.state in LIVE for delivery in entry.deliveries)


def _channel(name: str, mine: Sequence[Delivery], paused: Pause | None, now: datetime) -> ChannelStatus:
    scheduled = [delivery for delivery in mine if delivery.state is State.SCHEDULED]
    first = min(scheduled, key=ready_at, default=None)
    next_at = ready_at(first) if first else None
    counts = Counter(delivery.state for delivery in mine)
    return ChannelStatus(
        channel=name,
        next_at=next_at,
        next_code=first.code if first else "",
        paused=paused,
        counts={state: counts[state] for state in State},
        queued=len(scheduled),
        due=sum(ready_at(delivery) <= now for delivery in scheduled),
        late_seconds=max((now - next_at).total_seconds(), 0.0) if next_at else 0.0,
        last_day=_punctuality(mine, now),
    )


def _punctuality(mine: Sequence[Delivery], now: datetime) -> Punctuality:
    late = sorted(
        max((one.sent_at - one.due_at).total_seconds(), 0.0)
        for one in mine
        if one.state is State.PUBLISHED and one.sent_at and one.sent_at > now - DAY
    )
    return Punctuality(
        sent=len(late),
        p50_seconds=_at(late, 50),
        p99_seconds=_at(late, 99),
        most_seconds=_at(late, 100),
    )


def _at(ordered: Sequence[float], percent: int) -> float | None:
    """The smallest that so many per cent don't exceed."""
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else None
