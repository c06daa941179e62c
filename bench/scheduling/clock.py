"""Does each slot come exactly once through every clock change? `python bench/scheduling/clock.py [FIRST LAST]` (years).

Every offset change in every zone of the installed tzdata, a daily slot at each of some times of day and at the wall
times at which the clock jumps and lands, from the day before to the day after. What is expected is worked out from
offsets alone. APScheduler's CronTrigger is asked the same in the same run.
"""

from __future__ import annotations

import sys
import time as stopwatch
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import takewhile
from zoneinfo import ZoneInfo, reset_tzpath

import tzdata
from apscheduler.triggers.cron import CronTrigger

from scheduler.domain.slots import WeeklySlot
from scheduler.domain.timetable import Timetable

TIMES = (time(0, 30), time(1, 30), time(2), time(2, 30), time(3))
DAY = timedelta(days=1)
NEAR = timedelta(hours=12)
MOST_FIRES = 12
"""A trigger that fires for ever at one time is stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The instant (UTC) from which a zone's offset is another one."""

    zone: str
    at: datetime
    before: timedelta
    after: timedelta

    @property
    def days(self) -> tuple[date, ...]:
        """The local days before, of and after it."""
        of_it = {(self.at + offset).date() for offset in (self.before, self.after)}
        return tuple(min(of_it) + number * DAY for number in range(-1, (max(of_it) - min(of_it)).days + 2))

    @property
    def times(self) -> tuple[time, ...]:
        """Those that every change is asked, and the wall times at which it jumps and lands."""
        own = ((self.at + offset).time().replace(second=0) for offset in (self.before, self.after))
        return tuple(sorted({*TIMES, *own}))

    def expected(self, day: date, at: time) -> datetime:
        """The first instant at which the clocks show it; where none is, as if they had not changed yet."""
        wall = datetime.combine(day, at, tzinfo=UTC)
        early, late = wall - self.before, wall - self.after
        shown = [instant for instant in (early, late) if instant + self._offset(instant) == wall]
        return min(shown, default=early)

    def _offset(self, instant: datetime) -> timedelta:
        return self.before if instant < self.at else self.after


def changes(zone: str, first: int, last: int) -> Iterator[Change]:
    """Every offset change of a zone in these years, to the second."""
    info = ZoneInfo(zone)

    def offset(instant: datetime) -> timedelta:
        return instant.astimezone(info).utcoffset() or timedelta(0)

    at, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while at < end:
        if offset(at) != offset(at + DAY):
            low, high = at, at + DAY
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if offset(middle) == offset(at) else (low, middle)
            yield Change(zone=zone, at=high, before=offset(at), after=offset(high))
        at += DAY


def ours(change: Change, times: Iterable[time], start: datetime, end: datetime) -> list[datetime]:
    """When our slots come, all of them on one account."""
    slots = tuple(WeeklySlot(weekday=day, at=at) for at in times for day in range(7))
    table = Timetable(account="account", slots=slots, zone=change.zone)
    return [one.due_at for one in takewhile(lambda one: one.due_at < end, table.times(after=start))]


def crons(change: Change, at: time, start: datetime, end: datetime) -> Iterator[datetime]:
    """When a cron trigger fires, asked as its scheduler asks: a little after each time, what comes next."""
    zone = ZoneInfo(change.zone)
    trigger = CronTrigger(hour=at.hour, minute=at.minute, timezone=zone)
    now, before = start, None
    for _ in range(MOST_FIRES):
        before = trigger.get_next_fire_time(before, now.astimezone(zone))
        fired = before.astimezone(UTC)
        if fired >= end:
            return
        yield fired
        now = max(now, fired) + timedelta(milliseconds=1)


def judged(wanted: list[datetime], came: Iterable[datetime]) -> Counter[str]:
    """How many of the slots were missed, came more than once, or came at another time."""
    found: Counter[datetime] = Counter()
    wrong = 0
    for instant in came:
        nearest = min(wanted, key=lambda one: abs(one - instant))
        if abs(nearest - instant) < NEAR:
            found[nearest] += 1
            wrong += instant != nearest
    missed = sum(found[one] == 0 for one in wanted)
    return Counter(slots=len(wanted), missed=missed, doubled=sum(count > 1 for count in found.values()), shifted=wrong)


def examine(change: Change) -> dict[str, Counter[str]]:
    """Each slot alone, by us and by the cron trigger, and all of them on one account."""
    found = {name: Counter[str]() for name in ("ours", "cron", "together")}
    every: list[datetime] = []
    for at in change.times:
        wanted = [change.expected(day, at) for day in change.days]
        every += wanted
        start, end = wanted[0] - NEAR, wanted[-1] + NEAR
        found["ours"] += judged(wanted, ours(change, [at], start, end))
        found["cron"] += judged(wanted, crons(change, at, start, end))
    came = ours(change, change.times, min(every) - timedelta(minutes=1), max(every) + timedelta(minutes=30))
    lost = len(every) - len(came)
    found["together"] += Counter(
        slots=len(every), missed=max(lost, 0), doubled=len(came) - len(set(came)) + max(-lost, 0)
    )
    return found


def main(first: int, last: int) -> int:
    """Prints the counts; 1 where one of our slots did not come exactly once at its time."""
    reset_tzpath([])
    begun = stopwatch.perf_counter()
    totals = {name: Counter[str]() for name in ("ours", "cron", "together")}
    early = Counter[str]()
    zones = (files("tzdata") / "zones").read_text().split()
    count = 0
    for zone in zones:
        for change in changes(zone, first, last):
            count += 1
            found = examine(change)
            for name, counts in found.items():
                totals[name] += counts
            if change.at.year in (2026, 2027):
                early += found["cron"]
    seconds = stopwatch.perf_counter() - begun
    print(
        f"tzdata {tzdata.IANA_VERSION}: {len(zones)} zones, {count} offset changes {first} to {last}, {seconds:.0f} s"
    )
    for name, words in (("ours", "our slots"), ("together", "all on one account"), ("cron", "CronTrigger")):
        counts = totals[name]
        print(f"{words:20}" + ", ".join(f"{counts[key]} {key}" for key in ("slots", "missed", "doubled", "shifted")))
    print(f"{'CronTrigger 2026-27':20}{early['missed']} missed, {early['doubled']} doubled")
    return int(any(totals[name][key] for name in ("ours", "together") for key in ("missed", "doubled", "shifted")))


if __name__ == "__main__":
    years = [int(word) for word in sys.argv[1:3]] or [2026, 2036]
    sys.exit(main(years[0], years[-1]))
