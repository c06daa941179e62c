"""The days of a calendar: what is planned, which slots are free, what is closed, where clocks change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain, islice, takewhile

from scheduler.bootstrap import App
from scheduler.domain.clockchange import ClockChange, LocalDay, clock_change
from scheduler.domain.closed import OPEN, Closed, parse_blocked
from scheduler.domain.errors import SettingsUnusable
from scheduler.domain.slots import IntervalSlot, SlotTime, at_wall, local
from scheduler.domain.standing import Standing
from scheduler.domain.timetable import Timetable
from scheduler.store.screens.calendar import PlannedTile

MOST_SLOTS = 1_000
"""Of one channel, in what one page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSlot:
    """A time at which a channel publishes and has nothing planned."""

    channel: str
    time: SlotTime

    @property
    def due_at(self) -> datetime:
        """UTC."""
        return self.time.due_at


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """One day as it is shown: the first of its deliveries, how many there are of each standing, its free slots."""

    span: LocalDay
    zone: str
    today: date
    tiles: Sequence[PlannedTile]
    counts: Mapping[Standing, int]
    free: Sequence[FreeSlot]
    closed: str = ""

    @property
    def date(self) -> date:
        """On the clocks of the zone."""
        return self.span.day

    @property
    def is_past(self) -> bool:
        """Whether it is over."""
        return self.date < self.today

    @property
    def total(self) -> int:
        """All its deliveries."""
        return sum(self.counts.values())

    @property
    def hidden(self) -> int:
        """Those that it has no room for."""
        return self.total - len(self.tiles)

    @property
    def hidden_needs(self) -> int:
        """Those of them that need somebody."""
        return needs(self.counts) - sum(tile.standing.needs_you for tile in self.tiles)

    @property
    def quiet(self) -> Sequence[tuple[int, str]]:
        """What nobody has to care for, as numbers and words: `3 scheduled`."""
        told = (Standing.PUBLISHED, Standing.SENDING, Standing.SCHEDULED)
        return [(self.counts[one], one.value) for one in told if self.counts.get(one)]

    @cached_property
    def change(self) -> ClockChange | None:
        """Where clocks change."""
        return clock_change(self.span, self.zone)

    @property
    def shifted(self) -> Sequence[SlotTime]:
        """The times of this day that its clock change skips, as they were meant."""
        if self.change is None or self.change.shift < timedelta(0):
            return ()
        planned = (at_wall(tile.wall_time, tile.zone) for tile in self.tiles if tile.zone == self.zone)
        times = chain(planned, (slot.time for slot in self.free))
        return sorted({time for time in times if time.is_shifted})

    @property
    def entries(self) -> Sequence[PlannedTile | FreeSlot]:
        """What is planned and what is free, in the order of the day; nothing free behind what isn't shown."""
        last = self.tiles[-1].due_at if self.hidden and self.tiles else self.span.end
        shown = [slot for slot in self.free if slot.due_at <= last]
        return sorted([*self.tiles, *shown], key=lambda one: (one.due_at, one.channel))


def needs(counts: Mapping[Standing, int]) -> int:
    """How many wait for somebody."""
    return sum(number for one, number in counts.items() if one.needs_you)


@dataclass(frozen=True, kw_only=True)
class Planner:
    """Makes days. `channels` are those that are looked at, `trouble` tells why no slot can be told as free."""

    app: App
    now: datetime
    channels: Sequence[str]

    @property
    def zone(self) -> str:
        """The workspace's."""
        return self.app.settings.time_zone

    @cached_property
    def today(self) -> date:
        """On the clocks of the zone."""
        return local(self.now, self.zone).date()

    @cached_property
    def trouble(self) -> SettingsUnusable | None:
        """Where the closing days can't be read."""
        try:
            _ = self.app.channels.closings
        except SettingsUnusable as error:
            return error
        return None

    def days(self, first: date, count: int, *, most: int) -> list[CalendarDay]:
        """So many days, each with the first `most` of its deliveries."""
        wanted = [LocalDay.of(first + timedelta(days=index), self.zone) for index in range(count)]
        spans = [(day.start, day.end) for day in wanted]
        screen = self.app.store.calendar_screen
        only = self.channels if len(self.channels) < len(self.app.settings.channels) else ()
        tiles = screen.tiles(spans, channels=only, most=most)
        counts = screen.counts(spans, channels=only)
        free = list(self._free(wanted[0].start, wanted[-1].end))
        return [
            CalendarDay(
                span=day,
                zone=self.zone,
                today=self.today,
                tiles=tiles[index],
                counts=Counter(counts[index]),
                free=[slot for slot in free if day.start <= slot.due_at < day.end],
                closed=closed_words(day, self._closed, self.zone),
            )
            for index, day in enumerate(wanted)
        ]

    @cached_property
    def _closed(self) -> Closed:
        if self.trouble:
            return OPEN
        return Closed(blocked=parse_blocked(self.app.settings.blocked), closings=self.app.channels.closings)

    def _free(self, start: datetime, end: datetime) -> Iterator[FreeSlot]:
        """What is free from now on; a channel that publishes every so many minutes is for trying out, and has none."""
        after = max(start - timedelta(microseconds=1), self.now)
        if self.trouble or after >= end:
            return
        for name in self.channels:
            table = self.app.channels.calendar(name)
            if not any(isinstance(slot, IntervalSlot) for slot in table.slots):
                yield from self._free_of(table, after, end)

    def _free_of(self, table: Timetable, after: datetime, end: datetime) -> Iterator[FreeSlot]:
        times = list(islice(takewhile(lambda time: time.due_at < end, table.times(after=after)), MOST_SLOTS))
        instants = [time.due_at for time in times]
        taken = self.app.store.calendar_screen.taken(table.account, instants, spacing=table.spacing)
        return (FreeSlot(channel=table.account, time=time) for time in times if time.due_at not in taken)


def closed_words(day: LocalDay, closed: Closed, zone: str) -> str:
    """Why nothing goes out on a day, or on a part of it; empty where something may."""
    if any(days.holds(day.day) for days in closed.blocked):
        return "Closed: a blocked day"
    for closing in closed.closings:
        if closing.start <= day.start and closing.end >= day.end:
            return f"Closed: {closing.name}"
        if closing.start < day.end and closing.end > day.start:
            start, end = (local(min(max(at, day.start), day.end), zone) for at in (closing.start, closing.end))
            return f"Closed {start:%H:%M} to {end:%H:%M}: {closing.name}"
    return ""
