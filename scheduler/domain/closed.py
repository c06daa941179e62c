"""When nothing may go out: quiet hours, blocked days, and the closing days of a calendar."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from scheduler.domain.slots import local


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From one wall-clock time to another, which is not quiet any more; over midnight where it is the earlier one."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        """Whether a wall-clock time is quiet."""
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedDays:
    """From one day to another, both of them too; of every year where `yearly`, then the years say nothing."""

    first: date
    last: date
    yearly: bool = False

    def holds(self, day: date) -> bool:
        """Whether a day is blocked."""
        if not self.yearly:
            return self.first <= day <= self.last
        first, last, asked = ((one.month, one.day) for one in (self.first, self.last, day))
        return first <= asked <= last if first <= last else asked >= first or asked <= last

    def __str__(self) -> str:
        first, last = (f"{one:%m-%d}" if self.yearly else one.isoformat() for one in (self.first, self.last))
        return first if first == last else f"{first}..{last}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Closing:
    """From one instant (UTC) to another, which is open again; `name` is what the calendar calls it."""

    start: datetime
    end: datetime
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Everything that keeps one account silent. Of `closings`, none lies inside an earlier one: `merged` sees to it."""

    quiet: tuple[QuietHours, ...] = ()
    blocked: tuple[BlockedDays, ...] = ()
    closings: tuple[Closing, ...] = ()

    def why(self, due_at: datetime, zone: str) -> str:
        """Why nothing may go out at an instant (UTC), as an end of a sentence; empty when it may."""
        wall = local(due_at, zone)
        for days in self.blocked:
            if days.holds(wall.date()):
                return f"lies in the blocked days {days}"
        for hours in self.quiet:
            if hours.holds(wall.time()):
                return f"lies in the quiet hours {hours}"
        index = bisect_right(self._starts, due_at)
        if index and due_at < self.closings[index - 1].end:
            return f"lies in a closing of the calendar, “{self.closings[index - 1].name}”"
        return ""

    @cached_property
    def _starts(self) -> Sequence[datetime]:
        return [closing.start for closing in self.closings]


OPEN = Closed()


def merged(closings: Iterable[Closing]) -> tuple[Closing, ...]:
    """Sorted, and those that overlap as one, by the name of the first."""
    kept: list[Closing] = []
    for closing in sorted(closings):
        if kept and closing.start < kept[-1].end:
            end = max(closing.end, kept[-1].end)
            kept[-1] = Closing(start=kept[-1].start, end=end, name=kept[-1].name)
        elif closing.start < closing.end:
            kept.append(closing)
    return tuple(kept)


def parse_quiet(text: str) -> tuple[QuietHours, ...]:
    """`22:00-07:00, 12:30-13:30` as quiet hours; empty means none. Raises ValueError with one sentence."""
    return tuple(_quiet(entry.strip()) for entry in text.split(",") if entry.strip())


def _quiet(entry: str) -> QuietHours:
    found = re.fullmatch(r"(\d{1,2}):(\d{2}) ?- ?(\d{1,2}):(\d{2})", entry, re.ASCII)
    if not found:
        raise ValueError(f"'{entry}' is not a span of hours; write for example: 22:00-07:00")
    start, end = _time(found[1], found[2]), _time(found[3], found[4])
    if start == end:
        raise ValueError(f"'{entry}' would be quiet all day; leave the channel out instead")
    return QuietHours(start=start, end=end)


def _time(hour: str, minute: str) -> time:
    if (int(hour), int(minute)) == (24, 0):
        return time()
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError(f"'{hour}:{minute}' is not a time of day; the last one is 24:00")
    return time(int(hour), int(minute))


def parse_blocked(text: str) -> tuple[BlockedDays, ...]:
    """`2026-12-24, 12-24..01-02` as blocked days; empty means none. Raises ValueError with one sentence."""
    return tuple(_blocked(entry.strip()) for entry in text.split(",") if entry.strip())


def _blocked(entry: str) -> BlockedDays:
    first, _, last = (part.strip() for part in entry.partition(".."))
    last = last or first
    yearly = len(first) == 5
    if len(last) != len(first):
        raise ValueError(f"'{entry}' has a year on one side only; write it on both, or on neither for every year")
    days = BlockedDays(first=_day(first, entry), last=_day(last, entry), yearly=yearly)
    if not yearly and days.last < days.first:
        raise ValueError(f"'{entry}' ends before it begins")
    return days


def _day(text: str, entry: str) -> date:
    """A day without its year is told in a leap year, which has them all."""
    whole = f"2000-{text}" if len(text) == 5 else text
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", whole, re.ASCII):
            return date.fromisoformat(whole)
    except ValueError:
        pass
    raise ValueError(f"'{entry}' is not a day; write for example 2026-12-24, or 12-24..01-02 for every year")
