"""One account's calendar: its slots with their jitter, less what is closed, never two posts nearer than it allows."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from heapq import merge

from scheduler.domain.closed import OPEN, Closed
from scheduler.domain.slots import MINUTE, Slot, SlotTime, WeeklySlot, instant, one_an_instant, times_of

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES


class Booked:
    """The instants at which an account's posts are planned; grows while a plan is made."""

    def __init__(self, instants: Iterable[datetime] = ()) -> None:
        self._instants = sorted(instants)

    def add(self, at: datetime) -> None:
        """One more."""
        insort(self._instants, at)

    def near(self, at: datetime, spacing: timedelta) -> datetime | None:
        """One that is nearer than `spacing`, or the very same."""
        index = bisect_left(self._instants, at)
        around = self._instants[max(index - 1, 0) : index + 1]
        return next((other for other in around if other == at or abs(other - at) < spacing), None)


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """When an account may publish. `jitter` is in minutes to either side, `spacing` the least time between two posts.

    Jitter is drawn from the account's name and the date, so that a plan made twice is the same; it never leaves its day
    or the allowed hours, and brings no slot nearer to the next one than `spacing`.
    """

    account: str
    slots: tuple[Slot, ...]
    zone: str
    jitter: int = 0
    spacing: timedelta = timedelta(0)
    closed: Closed = OPEN

    def times(self, *, after: datetime) -> Iterator[SlotTime]:
        """Every slot time later than `after` (UTC) that is not closed, earliest first, up to three years ahead."""
        streams = [self._times_of(slot, after) for slot in self.slots]
        for slot_time in one_an_instant(merge(*streams)):
            if slot_time.due_at > after and self.is_open(slot_time.due_at):
                yield slot_time

    def free(self, *, after: datetime, booked: Booked, category: str = "") -> Iterator[SlotTime]:
        """Those for posts of `category` that keep their distance from what is booked at the moment they are asked for.

        Where slots name the category, only those are for it; otherwise only those that name none.
        """
        for slot_time in self.times(after=after):
            if self.takes(slot_time, category) and booked.near(slot_time.due_at, self.spacing) is None:
                yield slot_time

    def takes(self, slot_time: SlotTime, category: str) -> bool:
        """Whether a slot is for posts of `category`."""
        if category.casefold() in self._categories:
            return category.casefold() in slot_time.categories
        return not slot_time.categories

    def why_not(self, slot_time: SlotTime, booked: Booked) -> str:
        """Why nothing can be planned at a time of one's own choice, as a sentence; empty when it can."""
        said = slot_time.said
        if closed := self.closed.why(slot_time.due_at, self.zone):
            return f"{said} {closed}."
        near = booked.near(slot_time.due_at, self.spacing)
        if near == slot_time.due_at:
            return f"{said} is taken by another post on {self.account}."
        if near is not None:
            minutes = self.spacing // MINUTE
            return f"{said} is less than {minutes} minutes from another post on {self.account}."
        return ""

    def is_open(self, at: datetime) -> bool:
        """Whether anything may go out at an instant (UTC)."""
        return not self.why_closed(at)

    def why_closed(self, at: datetime) -> str:
        """Why nothing may, as an end of a sentence."""
        return self.closed.why(at, self.zone)

    @cached_property
    def _categories(self) -> frozenset[str]:
        weekly = (slot for slot in self.slots if isinstance(slot, WeeklySlot))
        return frozenset(category for slot in weekly for category in slot.categories)

    def _times_of(self, slot: Slot, after: datetime) -> Iterator[SlotTime]:
        if not self.jitter or not isinstance(slot, WeeklySlot):
            return times_of(slot, self.zone, after)
        return times_of(slot, self.zone, after, lambda day: self._offset(slot, day))

    def _offset(self, slot: WeeklySlot, day: date) -> timedelta:
        """Drawn evenly from the minutes that are allowed; none where the slot itself is not, as it is left out."""
        wall = datetime.combine(day, slot.at)
        allowed = self._allowed[slot]
        if 0 not in allowed:
            return timedelta(0)
        drawn = hashlib.sha256(f"{self.account} {day.isoformat()} {slot.at:%H:%M}".encode()).digest()
        offset = allowed[int.from_bytes(drawn[:8]) % len(allowed)] * MINUTE
        # A slot that is open is not lost for a minute that is closed.
        return offset if self._is_open_on_walls(wall + offset) else timedelta(0)

    @cached_property
    def _allowed(self) -> Mapping[WeeklySlot, Sequence[int]]:
        """How many minutes each slot may go to either side without coming into quiet hours."""
        return {
            slot: [minutes for minutes in reach if self._is_loud(slot, minutes)] for slot, reach in self._reach.items()
        }

    def _is_loud(self, slot: WeeklySlot, minutes: int) -> bool:
        at = (datetime.combine(date(2000, 1, 2), slot.at) + minutes * MINUTE).time()
        return not any(quiet.holds(at) for quiet in self.closed.quiet)

    def _is_open_on_walls(self, wall: datetime) -> bool:
        return not self.closed.closings or self.is_open(instant(wall.date(), wall.time(), self.zone))

    @cached_property
    def _reach(self) -> Mapping[WeeklySlot, range]:
        """How many minutes each slot may go to either side: its share of what the spacing leaves to its neighbours."""
        ordered = sorted(
            ((_minute(slot), slot) for slot in self.slots if isinstance(slot, WeeklySlot)), key=lambda item: item[0]
        )
        least = max(self.spacing // MINUTE, 1)
        reach = {}
        for index, (minute, slot) in enumerate(ordered):
            before = (minute - ordered[index - 1][0] - 1) % WEEK_MINUTES + 1
            after = (ordered[(index + 1) % len(ordered)][0] - minute - 1) % WEEK_MINUTES + 1
            of_day = minute % DAY_MINUTES
            back = min(self.jitter, max(before - least, 0) // 2, of_day)
            on = min(self.jitter, max(after - least, 0) // 2, DAY_MINUTES - 1 - of_day)
            reach[slot] = range(-back, on + 1)
        return reach


def _minute(slot: WeeklySlot) -> int:
    return slot.weekday * DAY_MINUTES + slot.at.hour * 60 + slot.at.minute
