"""Days of a calendar: none is lost, none comes twice, and each clock change is on its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.clockchange import LocalDay, clock_change

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ZONES = ["America/New_York", "Europe/Dublin", "Australia/Lord_Howe", "Antarctica/Troll", "Africa/Cairo", "Asia/Beirut"]
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("zone", "day", "shows", "becomes"),
    [
        ("America/New_York", date(2026, 11, 1), "02:00", "01:00"),
        ("America/New_York", date(2027, 3, 14), "02:00", "03:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), "02:00", "02:30"),
        ("Asia/Beirut", date(2026, 3, 29), "00:00", "01:00"),
        ("America/Havana", date(2026, 11, 1), "01:00", "00:00"),
    ],
)
def test_a_day_names_the_time_at_which_its_clocks_change(zone: str, day: date, shows: str, becomes: str) -> None:
    change = clock_change(LocalDay.of(day, zone), zone)
    assert change is not None
    assert (change.shows.date(), change.becomes.date()) == (day, day)
    assert (f"{change.shows:%H:%M}", f"{change.becomes:%H:%M}") == (shows, becomes)


@given(zone=st.sampled_from(ZONES), day=DAYS)
def test_days_follow_each_other_without_a_gap(zone: str, day: date) -> None:
    this, other = LocalDay.of(day, zone), LocalDay.of(day + DAY, zone)
    assert this.end == other.start
    assert this.end - this.start >= 21 * HOUR


@given(zone=st.sampled_from(ZONES), day=DAYS)
def test_a_day_has_a_clock_change_where_its_length_says_so(zone: str, day: date) -> None:
    span = LocalDay.of(day, zone)
    change = clock_change(span, zone)
    before = (span.start - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).utcoffset()
    after = (span.end - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).utcoffset()
    assert before is not None
    assert after is not None
    assert (change.shift if change else timedelta(0)) == after - before


def test_a_plain_day_has_no_clock_change() -> None:
    span = LocalDay.of(date(2026, 6, 1), "America/New_York")
    assert span.start == datetime.combine(span.day, time(4), tzinfo=UTC)
    assert clock_change(span, "America/New_York") is None
