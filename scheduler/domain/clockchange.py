"""The days on which clocks change, as the days of a calendar are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from scheduler.domain.slots import instant, local

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalDay:
    """A date on the clocks of a zone: from one instant (UTC) to another, which is of the next day."""

    day: date
    start: datetime
    end: datetime

    @classmethod
    def of(cls, day: date, zone: str) -> LocalDay:
        """Of 23, 24 or 25 hours, as it comes."""
        start, end = (instant(one, time(), zone) for one in (day, day + timedelta(days=1)))
        return cls(day=day, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """At one instant (UTC) clocks that would show `shows` are set to `becomes`, both wall times."""

    at: datetime
    shows: datetime
    becomes: datetime

    @property
    def shift(self) -> timedelta:
        """By how much they are put forward; negative when they go back."""
        return self.becomes - self.shows


def clock_change(day: LocalDay, zone: str) -> ClockChange | None:
    """The change of a day, if it has one; one at its very start belongs to it."""
    before, after = day.start - SECOND, day.end - SECOND
    offset = _offset(before, zone)
    if _offset(after, zone) == offset:
        return None
    while after - before > SECOND:
        middle = before + (after - before) // 2 // SECOND * SECOND
        before, after = (middle, after) if _offset(middle, zone) == offset else (before, middle)
    return ClockChange(at=after, shows=after.replace(tzinfo=None) + offset, becomes=local(after, zone))


def _offset(at: datetime, zone: str) -> timedelta:
    return local(at, zone) - at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
