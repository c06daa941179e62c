"""Where a workspace stands at this moment: one look for a person who passes by, or for a watchdog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.domain.pause import Pause
from scheduler.domain.revision import is_stale
from scheduler.ports import Deliveries
from scheduler.usecases.preflight import overdue
from scheduler.usecases.review import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelStatus:
    """One channel: what goes out next, if anything, and at which instant, if its post gets a yes in time.

    While it is paused nothing does.
    """

    channel: str
    next_at: datetime | None
    next_code: str
    paused: Pause | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Deliveries by state, what is overdue, the posts that wait for a yes, and each channel's next one."""

    counts: dict[State, int]
    overdue: tuple[Delivery, ...]
    waiting: tuple[int, ...]
    channels: tuple[ChannelStatus, ...]


def status(
    entries: Sequence[Entry], table: Deliveries, *, channels: Sequence[str], pauses: Mapping[str, Pause], now: datetime
) -> Status:
    """`channels` are those of the settings; one that only deliveries name is told too."""
    found = [delivery for entry in entries for delivery in entry.deliveries]
    counts = Counter(delivery.state for delivery in found)
    scheduled = [delivery for delivery in found if delivery.state is State.SCHEDULED]
    names = dict.fromkeys([*channels, *(delivery.channel for delivery in scheduled)])
    return Status(
        counts={state: counts[state] for state in State},
        overdue=tuple(overdue(table, paused=pauses, now=now)),
        waiting=tuple(entry.post.id for entry in entries if _waits(entry)),
        channels=tuple(_channel(name, scheduled, pauses.get(name)) for name in names),
    )


def ready_at(delivery: Delivery) -> datetime:
    """The instant at which it may go out: its own, or the later one to which it was put off."""
    return max(delivery.due_at, delivery.not_before or delivery.due_at)


def _waits(entry: Entry) -> bool:
    """Not for what stays back because its article changed: it asks for nothing."""
    if is_stale(entry.post):
        return False
    return not entry.post.may_go_out and any(delivery.state in LIVE for delivery in entry.deliveries)


def _channel(name: str, scheduled: Sequence[Delivery], paused: Pause | None) -> ChannelStatus:
    first = min((d for d in scheduled if d.channel == name), key=ready_at, default=None)
    return ChannelStatus(
        channel=name,
        next_at=ready_at(first) if first else None,
        next_code=first.code if first else "",
        paused=paused,
    )
