"""The time that a person names: now, next, or what the clock on their wall says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import TimeUnusable
from scheduler.domain.slots import SlotTime
from scheduler.testing.samples import NINE, delivery
from scheduler.usecases.move import target_of

ZONES = ("Europe/Madrid", "America/Los_Angeles", "Australia/Lord_Howe", "Etc/UTC", "Pacific/Apia")


def at(words: str, *, zone: str = "Europe/Madrid", now: datetime = NINE, of: Delivery | None = None) -> SlotTime:
    aim = target_of(words, zone=zone, now=now).at
    assert aim
    return aim(of or delivery())


def test_now_is_this_very_instant_told_in_the_brands_zone() -> None:
    assert at("now") == SlotTime(due_at=NINE, wall_time="2026-11-23T10:00", zone="Europe/Madrid")


def test_next_names_no_time_by_itself() -> None:
    assert target_of("next", zone="Etc/UTC", now=NINE).at is None


@pytest.mark.parametrize("words", ["2026-12-01 08:30", "2026-12-01T08:30"])
def test_a_date_and_time_are_those_of_the_brands_zone(words: str) -> None:
    assert at(words).due_at == datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
    assert at(words).wall_time == "2026-12-01T08:30"


def test_a_time_that_the_clock_change_skips_is_shifted_by_the_gap() -> None:
    slot = at("2027-03-28 02:30")
    assert (slot.due_at, slot.wall_time) == (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "2027-03-28T03:30")


def test_of_a_time_that_happens_twice_the_first_is_meant() -> None:
    slot = at("2027-10-31 02:30")
    assert (slot.due_at, slot.wall_time) == (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "2027-10-31T02:30")


@pytest.mark.parametrize("words", ["2026-11-23 09:59", "2026-01-01 08:30", "1999-12-31 23:59", "0001-01-01 00:00"])
def test_what_has_passed_is_refused_and_now_is_offered(words: str) -> None:
    with pytest.raises(TimeUnusable, match=f"{words} has passed") as refused:
        at(words)
    assert "`now`" in refused.value.hint


@pytest.mark.parametrize("words", ["9999-12-31 23:59", "2030-01-01 08:30"])
def test_what_is_years_ahead_is_refused(words: str) -> None:
    with pytest.raises(TimeUnusable, match="over 3 years ahead"):
        at(words)


@pytest.mark.parametrize(
    "words", ["", "tomorrow", "2026-13-01 08:30", "2026-02-30 08:30", "2026-12-01 25:00", "2026-12-01", "08:30", "१२"]
)
def test_what_is_no_time_is_refused_with_the_form(words: str) -> None:
    with pytest.raises(TimeUnusable, match="is not a time") as refused:
        at(words)
    assert "2026-12-01 08:30" in refused.value.hint


@given(
    st.integers(2 * 24 * 60, 1000 * 24 * 60).map(
        lambda minutes: NINE.replace(tzinfo=None) + timedelta(minutes=minutes)
    ),
    st.sampled_from(ZONES),
)
def test_whoever_looks_at_the_wall_clock_at_that_instant_sees_what_was_promised(wall: datetime, zone: str) -> None:
    slot = at(f"{wall:%Y-%m-%d %H:%M}", zone=zone)
    seen = slot.due_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert f"{seen:%Y-%m-%dT%H:%M}" == slot.wall_time
    assert timedelta(0) <= seen - wall <= timedelta(hours=1)
