"""When a channel publishes: wall-clock times in an IANA zone, turned into UTC instants, each slot exactly once.

A wall time that a clock change skips is shifted forward by the gap; one that happens twice means the first.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GROUPS = {"daily": range(7), "weekdays": range(5), "weekend": range(5, 7)}
HORIZON = timedelta(days=3 * 366)
MINUTE = timedelta(minutes=1)
HALVES = frozenset({"am", "pm"})
"""Words that would be mistaken for categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySlot:
    """A weekday (Monday is 0) and a wall-clock time; only for posts of `categories`, where it names some."""

    weekday: int
    at: time
    categories: frozenset[str] = frozenset()

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
    """One instant at which a channel may publish, and the wall time that it stands for.

    `fold` is 1 for the second of two equal wall times. `categories` are those of its slot.
    """

    due_at: datetime
    wall_time: str
    zone: str
    fold: int = 0
    categories: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def said(self) -> str:
        """Its wall time as people read it."""
        return self.wall_time.replace("T", " ")

    @property
    def is_shifted(self) -> bool:
        """Whether a clock change skips its wall time, so that clocks show another one then."""
        return local(self.due_at, self.zone) != datetime.fromisoformat(self.wall_time)


def parse_slots(text: str) -> tuple[Slot, ...]:
    """`mon 08:30, weekdays 12:15 tip, every 5 minutes` as slots. Raises ValueError with one sentence.

    A slot that is written twice is one, for the categories of both.
    """
    slots: dict[tuple[int, time] | int, Slot] = {}
    for entry in text.split(","):
        words = " ".join(entry.split()).lower()
        for slot in _parse_entry(words) if words else ():
            if isinstance(slot, IntervalSlot):
                slots[slot.seconds] = slot
                continue
            same = slots.get((slot.weekday, slot.at))
            if isinstance(same, WeeklySlot):
                both = same.categories and slot.categories
                slot = replace(slot, categories=same.categories | slot.categories if both else frozenset())
            slots[slot.weekday, slot.at] = slot
    if not slots:
        raise ValueError("no slot is given; write for example: mon 08:30, thu 12:15")
    return tuple(slots.values())


def _parse_entry(entry: str) -> Iterator[Slot]:
    if interval := re.fullmatch(r"every (\d{1,5}) (second|minute|hour)s?", entry):
        unit = {"second": 1, "minute": 60, "hour": 3600}[interval[2]]
        if int(interval[1]) == 0:
            raise ValueError(f"'{entry}' would never move on")
        yield IntervalSlot(seconds=int(interval[1]) * unit)
        return
    day, _, words = entry.partition(" ")
    found = _parse_time(words) if day.isalpha() else None
    if not found:
        raise ValueError(f"'{entry}' is not a slot; write for example: mon 08:30")
    if day not in GROUPS and day[:3] not in WEEKDAYS:
        raise ValueError(f"'{day}' is not a day; use mon to sun, daily, weekdays or weekend")
    for weekday in GROUPS.get(day) or [WEEKDAYS.index(day[:3])]:
        yield WeeklySlot(weekday=weekday, at=found[0], categories=found[1])


def parse_times(text: str) -> Iterator[tuple[time, frozenset[str]]]:
    """The slots of one day, as `8:30, 12:15 tip, 5:00 pm`. Raises ValueError with one sentence."""
    for entry in text.split(","):
        words = " ".join(entry.split()).lower()
        found = _parse_time(words) if words else None
        if words and not found:
            raise ValueError(f"'{words}' is not a time; write for example: 8:30")
        if found:
            yield found


def _parse_time(words: str) -> tuple[time, frozenset[str]] | None:
    """A time of day, by a clock of 24 hours or of twelve, and categories behind it; None for other words."""
    found = re.fullmatch(r"(\d{1,2})(?::(\d{2}))?(?: ?([ap])\.?m\.?)?((?: [\w-]{1,40})*)", words)
    if not found or not (found[2] or found[3]) or not HALVES.isdisjoint(found[4].split()):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        said = f"{hour}:{minute:02}{f' {half}m' if half else ''}"
        raise ValueError(f"'{said}' is not a time of day; the last one is {'11:59 pm' if half else '23:59'}")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute), frozenset(found[4].split())


def instant(day: date, at: time, zone: str, *, fold: int = 0) -> datetime:
    """The UTC instant of a wall time; gap shifted forward, of a fold the one that is meant."""
    # A gap with fold 1 would be shifted back.
    wall = datetime.combine(day, at.replace(fold=0), tzinfo=ZoneInfo(zone))
    first = wall.astimezone(UTC)
    return max(first, wall.replace(fold=1).astimezone(UTC)) if fold else first


def at_wall(wall_time: str, zone: str, *, fold: int = 0) -> SlotTime:
    """What `2026-12-01T08:30` on the clocks of `zone` means. Raises ValueError, OverflowError for no such time."""
    wall = datetime.fromisoformat(wall_time)
    due_at = instant(wall.date(), wall.time(), zone, fold=fold)
    return SlotTime(due_at=due_at, wall_time=wall_time, zone=zone, fold=fold)


def at_instant(due_at: datetime, zone: str) -> SlotTime:
    """What the clocks of `zone` show at an instant (UTC)."""
    wall = due_at.astimezone(ZoneInfo(zone))
    precise = f":{wall:%S}" if wall.second else ""
    return SlotTime(due_at=due_at, wall_time=f"{wall:%Y-%m-%dT%H:%M}{precise}", zone=zone, fold=wall.fold)


def local(due_at: datetime, zone: str) -> datetime:
    """The naive wall-clock time of an instant, to the second."""
    return due_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0, fold=0)


def one_an_instant(times: Iterable[SlotTime]) -> Iterator[SlotTime]:
    """Sorted times, of which a clock change may bring two together: then the shifted one comes a minute later."""
    pending: list[SlotTime] = []
    for slot_time in times:
        while pending and pending[0].due_at < slot_time.due_at:
            yield pending.pop(0)
        _put(slot_time, pending)
    yield from pending


def _put(slot_time: SlotTime, pending: list[SlotTime]) -> None:
    same = next((other for other in pending if other.due_at == slot_time.due_at), None)
    if same is None:
        insort(pending, slot_time)
    elif slot_time.is_shifted:
        _put(_a_minute_later(slot_time), pending)
    elif same.is_shifted:
        pending[pending.index(same)] = slot_time
        _put(_a_minute_later(same), pending)


def _a_minute_later(slot_time: SlotTime) -> SlotTime:
    due_at, wall = slot_time.due_at + MINUTE, datetime.fromisoformat(slot_time.wall_time) + MINUTE
    later = at_wall(f"{wall:%Y-%m-%dT%H:%M}", slot_time.zone)
    # Where that is no longer skipped, it means another instant.
    later = later if later.due_at == due_at else at_instant(due_at, slot_time.zone)
    return replace(later, categories=slot_time.categories)


def upcoming(slots: Sequence[Slot], *, zone: str, after: datetime) -> Iterator[SlotTime]:
    """Every slot time later than `after` (UTC), earliest first, each instant once, up to three years ahead."""
    streams = [times_of(slot, zone, after) for slot in slots]
    return (slot_time for slot_time in one_an_instant(merge(*streams)) if slot_time.due_at > after)


def times_of(
    slot: Slot, zone: str, after: datetime, offset: Callable[[date], timedelta] = lambda _: timedelta(0)
) -> Iterator[SlotTime]:
    """One slot's times in order, some of them before `after`; `offset` moves a weekly slot's time within its day."""
    if isinstance(slot, IntervalSlot):
        yield from _interval_times(slot, zone, after)
        return
    # A clock change may shift a time beyond midnight.
    for day in slot.days_from(after.astimezone(ZoneInfo(zone)).date() - timedelta(days=2)):
        wall = datetime.combine(day, slot.at) + offset(day)
        due_at = instant(wall.date(), wall.time(), zone)
        yield SlotTime(due_at=due_at, wall_time=f"{wall:%Y-%m-%dT%H:%M}", zone=zone, categories=slot.categories)


def _interval_times(slot: IntervalSlot, zone: str, after: datetime) -> Iterator[SlotTime]:
    count = int(after.timestamp()) // slot.seconds + 1
    end = after + HORIZON
    while (due_at := datetime.fromtimestamp(count * slot.seconds, UTC)) <= end:
        yield at_instant(due_at, zone)
        count += 1
