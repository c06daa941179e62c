"""Every slot exactly once through clock changes: a sample of zones; the bench takes them all."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.slots import at_instant, at_wall, local, parse_slots, upcoming

TIMES = ("00:30", "01:30", "02:00", "02:30", "03:00", "23:30")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CHANGES = [
    ("America/New_York", date(2027, 3, 14)),  # an hour forward at 02:00
    ("America/New_York", date(2027, 11, 7)),
    ("Europe/Dublin", date(2027, 3, 28)),  # winter is the exception there
    ("Australia/Lord_Howe", date(2027, 10, 3)),  # half an hour
    ("Australia/Lord_Howe", date(2027, 4, 4)),
    ("Antarctica/Troll", date(2027, 3, 28)),  # two hours
    ("Antarctica/Troll", date(2027, 10, 31)),
    ("America/Nuuk", date(2027, 3, 27)),  # shortly before midnight
    ("Africa/Cairo", date(2027, 4, 30)),  # at midnight
    ("Africa/Casablanca", date(2027, 2, 7)),  # before Ramadan
]
ZONES = sorted({zone for zone, _ in CHANGES})


def shown(day: date, at: str, zone: str) -> list[datetime]:
    """Every instant at which the clocks show this, found by looking at each minute of three days."""
    wall = datetime.combine(day, time.fromisoformat(at))
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    minutes = (noon + number * MINUTE for number in range(-36 * 60, 36 * 60))
    return [one for one in minutes if one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall]


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_a_slot_comes_once_at_the_first_time_that_clocks_show_it_or_shifted_by_the_gap(zone: str, day: date) -> None:
    start = datetime.combine(day - DAY, time(), tzinfo=UTC)
    before, after = (datetime.combine(day + by, time(12), tzinfo=ZoneInfo(zone)).utcoffset() for by in (-DAY, DAY))
    assert before is not None
    assert after is not None
    for at in TIMES:
        times = upcoming(parse_slots(f"daily {at}"), zone=zone, after=start)
        (of_day,) = (one for one in islice(times, 5) if one.wall_time == f"{day}T{at}")
        instants = shown(day, at, zone)
        shifted = datetime.fromisoformat(of_day.wall_time) + after - before
        assert of_day.due_at == instants[0] if instants else local(of_day.due_at, zone) == shifted


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_slots_that_a_clock_change_brings_together_all_come(zone: str, day: date) -> None:
    start = datetime.combine(day - 2 * DAY, time(12), tzinfo=UTC)
    slots = parse_slots(", ".join(f"daily {at}" for at in TIMES))
    times = list(islice(upcoming(slots, zone=zone, after=start), 4 * len(TIMES)))
    assert len({one.due_at for one in times}) == len(times)
    days = Counter(one.wall_time[:10] for one in times)
    assert [days[f"{day + by}"] for by in (-DAY, timedelta(0), DAY)] == [len(TIMES)] * 3


@given(
    zone=st.sampled_from(ZONES),
    minute=st.integers(0, 3 * 366 * 24 * 60),
)
def test_a_promise_says_its_instant_by_wall_time_zone_and_fold(zone: str, minute: int) -> None:
    due_at = datetime(2026, 1, 1, tzinfo=UTC) + minute * MINUTE
    told = at_instant(due_at, zone)
    assert at_wall(told.wall_time, zone, fold=told.fold) == told


def test_the_second_of_two_equal_times_has_a_fold_of_one() -> None:
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    folds = [at_instant(first + hours, "Europe/Madrid") for hours in (timedelta(0), timedelta(hours=1))]
    assert [(one.wall_time, one.fold) for one in folds] == [("2027-10-31T02:30", 0), ("2027-10-31T02:30", 1)]


def test_a_skipped_time_is_shifted_forward_whatever_its_fold() -> None:
    assert at_wall("2027-03-28T02:30", "Europe/Madrid", fold=1).due_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
