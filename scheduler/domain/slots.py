"""When a channel publishes: wall-clock times in an IANA zone, turned into UTC instants.

A wall time that a clock change skips is shifted forward by the gap; one that happens twice means the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GROUPS = {"daily": range(7), "weekdays": range(5), "weekend": range(5, 7)}
HORIZON = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySlot:
    """A weekday (Monday is 0) and a wall-clock time."""

    weekday: int
    at: time

    def days_from(self, first: date) -> Iterator[date]:
        """Every day of this slot from `first` on, as far as the horizon."""
        day = first + timedelta(days=(self.weekday - first.weekday()) % 7)
        while day - first <= HORIZON:
            yield day
            day += timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalSlot:
    """Every so many seconds, counted from midnight UTC of 1 January 1970: for trying things out."""

    seconds: int


Slot = WeeklySlot | IntervalSlot


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SlotTime:
    """One instant at which a channel may publish, and the wall time that it stands for."""

    due_at: datetime
    wall_time: str
    zone: str


def parse_slots(text: str) -> tuple[Slot, ...]:
    """`mon 08:30, weekdays 12:15, every 5 minutes` as slots. Raises ValueError with one sentence."""
    slots = tuple(slot for entry in text.split(",") if entry.strip() for slot in _parse_entry(entry.strip().lower()))
    if not slots:
        raise ValueError("no slot is given; write for example: mon 08:30, thu 12:15")
    return slots


def _parse_entry(entry: str) -> Iterator[Slot]:
    if interval := re.fullmatch(r"every (\d{1,5}) (second|minute|hour)s?", entry):
        unit = {"second": 1, "minute": 60, "hour": 3600}[interval[2]]
        if int(interval[1]) == 0:
            raise ValueError(f"'{entry}' would never move on")
        yield IntervalSlot(seconds=int(interval[1]) * unit)
        return
    weekly = re.fullmatch(r"([a-z]+) (\d{1,2}):(\d{2})", entry)
    if not weekly:
        raise ValueError(f"'{entry}' is not a slot; write for example: mon 08:30")
    day, hour, minute = weekly[1], int(weekly[2]), int(weekly[3])
    if hour > 23 or minute > 59:
        raise ValueError(f"'{hour}:{minute:02}' is not a time of day; the last one is 23:59")
    if day not in GROUPS and day[:3] not in WEEKDAYS:
        raise ValueError(f"'{day}' is not a day; use mon to sun, daily, weekdays or weekend")
    for weekday in GROUPS.get(day) or [WEEKDAYS.index(day[:3])]:
        yield WeeklySlot(weekday=weekday, at=time(hour, minute))


def instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a wall time; gap shifted forward, the first of a fold."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def upcoming(slots: Sequence[Slot], *, zone: str, after: datetime) -> Iterator[SlotTime]:
    """Every slot time later than `after` (UTC), earliest first, each instant once, up to three years ahead."""
    streams = [_times(slot, zone, after) for slot in slots]
    last: datetime | None = None
    for slot_time in merge(*streams):
        if slot_time.due_at != last:
            yield slot_time
            last = slot_time.due_at


def free(slots: Sequence[Slot], *, zone: str, after: datetime, taken: Collection[datetime]) -> Iterator[SlotTime]:
    """Those of `upcoming` that nobody has taken."""
    return (slot_time for slot_time in upcoming(slots, zone=zone, after=after) if slot_time.due_at not in taken)


def _times(slot: Slot, zone: str, after: datetime) -> Iterator[SlotTime]:
    if isinstance(slot, IntervalSlot):
        yield from _interval_times(slot, zone, after)
        return
    yesterday = after.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    for day in slot.days_from(yesterday):
        due_at = instant(day, slot.at, zone)
        if due_at > after:
            yield SlotTime(due_at=due_at, wall_time=f"{day.isoformat()}T{slot.at:%H:%M}", zone=zone)


def _interval_times(slot: IntervalSlot, zone: str, after: datetime) -> Iterator[SlotTime]:
    count = int(after.timestamp()) // slot.seconds + 1
    end = after + HORIZON
    while (due_at := datetime.fromtimestamp(count * slot.seconds, UTC)) <= end:
        wall = due_at.astimezone(ZoneInfo(zone))
        yield SlotTime(due_at=due_at, wall_time=f"{wall:%Y-%m-%dT%H:%M:%S}", zone=zone)
        count += 1
