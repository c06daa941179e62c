"""Slots: wall-clock times become instants, each exactly once, through every clock change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.slots import IntervalSlot, WeeklySlot, parse_slots, upcoming

INSTANTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis takes naive bounds and adds the zone itself
    datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
SLOTS = st.sampled_from(["mon 08:30", "daily 02:30", "weekdays 12:00", "every 7 hours"])
ZONES = ["America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago", "Etc/UTC"]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("mon 08:30", (WeeklySlot(weekday=0, at=time(8, 30)),)),
        ("Friday 9:05", (WeeklySlot(weekday=4, at=time(9, 5)),)),
        ("weekend 10:00", tuple(WeeklySlot(weekday=day, at=time(10)) for day in (5, 6))),
        ("every 5 minutes", (IntervalSlot(seconds=300),)),
    ],
)
def test_slots_are_written_as_people_say_them(text: str, slots: tuple[object, ...]) -> None:
    assert parse_slots(text) == slots


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mon 25:00", "'25:00' is not a time of day"),
        ("noday 08:00", "'noday' is not a day"),
        ("08:30", "is not a slot; write for example: mon 08:30"),
        ("every 0 seconds", "would never move on"),
        (" , ", "no slot is given"),
    ],
)
def test_an_impossible_slot_is_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_slots(text)


def test_a_wall_time_that_the_clock_change_skips_is_shifted_forward() -> None:
    after = datetime(2027, 3, 13, 12, tzinfo=UTC)
    slot = next(upcoming(parse_slots("sun 02:30"), zone="America/Los_Angeles", after=after))
    assert slot.wall_time == "2027-03-14T02:30"
    assert f"{slot.due_at.astimezone(ZoneInfo('America/Los_Angeles')):%H:%M}" == "03:30"


def test_a_wall_time_that_happens_twice_means_the_first() -> None:
    after = datetime(2027, 10, 31, 0, tzinfo=UTC)
    slot = next(upcoming(parse_slots("sun 02:30"), zone="Europe/Berlin", after=after))
    assert slot.due_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@given(
    zone=st.sampled_from(ZONES),
    start=INSTANTS,
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_a_daily_slot_comes_once_on_each_of_400_days(zone: str, start: datetime, at: time) -> None:
    times = list(islice(upcoming(parse_slots(f"daily {at:%H:%M}"), zone=zone, after=start), 400))
    days = [datetime.fromisoformat(each.wall_time).date() for each in times]
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
    assert len({each.due_at for each in times}) == 400


@given(
    text=st.lists(st.sampled_from(["mon 08:30", "daily 02:30", "weekdays 12:00", "every 7 hours"]), min_size=1).map(
        ", ".join
    ),
    zone=st.sampled_from(ZONES),
    start=INSTANTS,
)
def test_slots_come_in_order_and_never_twice(text: str, zone: str, start: datetime) -> None:
    times = [each.due_at for each in islice(upcoming(parse_slots(text), zone=zone, after=start), 60)]
    assert times == sorted(set(times))
    assert times[0] > start
