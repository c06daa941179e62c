"""An account's calendar: spacing, quiet hours and closed days hold whatever is asked for; jitter stays in bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.closed import Closed, Closing, merged, parse_blocked, parse_quiet
from scheduler.domain.slots import MINUTE, at_instant, at_wall, local, parse_slots
from scheduler.domain.timetable import Booked, Timetable
from scheduler.testing.samples import NINE

ZONES = ["America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "America/Nuuk", "Africa/Cairo", "Etc/UTC"]
HOURS = st.integers(0, 24 * 4 - 1).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
DAYS = st.sampled_from(["mon", "wed", "sat", "sun", "daily", "weekdays"])
SLOTS = st.lists(st.tuples(DAYS, HOURS).map(" ".join), min_size=1, max_size=6).map(", ".join)
QUIET = st.lists(st.tuples(HOURS, HOURS).filter(lambda span: span[0] != span[1]).map("-".join), max_size=2).map(
    ", ".join
)
BLOCKED = st.sampled_from(["", "12-24..01-02", "2027-03-28", "2026-11-25..2026-12-03, 02-29, 10-31"])
STARTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + minute * MINUTE)
DAYS_ON = [timedelta(days=number) for number in range(20)]
CLOSINGS = st.lists(st.tuples(st.integers(0, 60 * 24), st.integers(0, 72)), max_size=4)


@st.composite
def timetables(draw: st.DrawFn) -> Timetable:
    """Any calendar that settings can make."""
    hours = draw(CLOSINGS)
    spans = [(datetime(2026, 11, 1, tzinfo=UTC) + start * 60 * MINUTE, hours * 60 * MINUTE) for start, hours in hours]
    return Timetable(
        account="account",
        slots=parse_slots(draw(SLOTS)),
        zone=draw(st.sampled_from(ZONES)),
        jitter=draw(st.sampled_from([0, 5, 45, 120])),
        spacing=draw(st.sampled_from([0, 1, 30, 240])) * MINUTE,
        closed=Closed(
            quiet=parse_quiet(draw(QUIET)),
            blocked=parse_blocked(draw(BLOCKED)),
            closings=merged(Closing(start=start, end=start + length) for start, length in spans),
        ),
    )


def planned(table: Timetable, start: datetime, wishes: list[int]) -> list[datetime]:
    """What a plan makes: posts with a time of their own where they may be, then posts in slots around them."""
    booked, found = Booked(), []
    for minute in wishes:
        wanted = at_instant(start + minute * MINUTE, table.zone)
        if not table.why_not(wanted, booked):
            booked.add(wanted.due_at)
            found.append(wanted.due_at)
    for slot_time in islice(table.free(after=start, booked=booked), 25):
        booked.add(slot_time.due_at)
        found.append(slot_time.due_at)
    return found


@given(table=timetables(), start=STARTS, wishes=st.lists(st.integers(1, 40 * 24 * 60), max_size=6))
def test_spacing_quiet_hours_and_closed_days_always_hold(table: Timetable, start: datetime, wishes: list[int]) -> None:
    found = planned(table, start, wishes)
    least = max(table.spacing, timedelta(microseconds=1))
    assert all(later - earlier >= least for earlier, later in pairwise(sorted(found)))
    for due_at in found:
        wall = local(due_at, table.zone)
        assert due_at > start
        assert not any(quiet.holds(wall.time()) for quiet in table.closed.quiet)
        assert not any(days.holds(wall.date()) for days in table.closed.blocked)
        assert not any(closing.start <= due_at < closing.end for closing in table.closed.closings)


@given(table=timetables(), start=STARTS)
def test_slot_times_come_in_order_each_instant_once_and_the_same_again(table: Timetable, start: datetime) -> None:
    times = list(islice(table.times(after=start), 40))
    assert all(earlier.due_at < later.due_at for earlier, later in pairwise(times))
    later = times[len(times) // 2].due_at if times else start
    assert list(islice(table.times(after=later), 10)) == [one for one in times if one.due_at > later][:10]


@given(at=HOURS, jitter=st.integers(1, 120), account=st.sampled_from(["main", "second"]))
def test_jitter_stays_within_its_minutes_and_its_day_and_is_drawn_anew_for_each_day(
    at: str, jitter: int, account: str
) -> None:
    table = Timetable(account=account, slots=parse_slots(f"daily {at}"), zone="Etc/UTC", jitter=jitter)
    times = list(islice(table.times(after=NINE), 50))
    base = time.fromisoformat(at)
    offsets = [one.due_at - datetime.combine(one.due_at.date(), base, tzinfo=UTC) for one in times]
    assert all(abs(offset) <= jitter * MINUTE for offset in offsets)
    assert [one.due_at.date() for one in times] == [times[0].due_at.date() + timedelta(number) for number in range(50)]
    assert len(set(offsets)) > 1
    assert all(at_wall(one.wall_time, one.zone) == one for one in times)


def test_jitter_never_brings_slots_nearer_than_the_spacing_nor_into_quiet_hours() -> None:
    table = Timetable(
        account="main",
        slots=parse_slots("daily 08:00, daily 10:00, daily 21:50"),
        zone="Europe/Madrid",
        jitter=60,
        spacing=90 * MINUTE,
        closed=Closed(quiet=parse_quiet("22:00-07:30")),
    )
    times = list(islice(table.times(after=NINE - timedelta(hours=10)), 300))
    assert len({one.wall_time[:10] for one in times}) == 100
    assert all(later.due_at - earlier.due_at >= table.spacing for earlier, later in pairwise(times))
    assert all("07:30" <= one.wall_time[11:] < "22:00" for one in times)


def test_jitter_loses_no_slot_to_a_closing_beside_it() -> None:
    closing = [Closing(start=NINE.replace(hour=10) + day, end=NINE.replace(hour=11) + day) for day in DAYS_ON]
    table = Timetable(
        account="main",
        slots=parse_slots("daily 11:00"),
        zone="Etc/UTC",
        jitter=45,
        closed=Closed(closings=tuple(closing)),
    )
    times = list(islice(table.times(after=NINE), len(DAYS_ON)))
    assert len({one.due_at.date() for one in times}) == len(DAYS_ON)
    assert times[-1].due_at.date() == NINE.date() + DAYS_ON[-1]
    assert len({one.due_at.time() for one in times}) > 1


@pytest.mark.parametrize(
    ("wall", "words"),
    [
        ("2026-12-24T10:00", "2026-12-24 10:00 lies in the blocked days 12-24..01-02."),
        ("2027-01-02T10:00", "lies in the blocked days 12-24..01-02."),
        ("2026-11-24T06:59", "lies in the quiet hours 22:00-07:00."),
        ("2026-11-24T10:29", "is less than 30 minutes from another post on main."),
        ("2026-11-24T10:00", "is taken by another post on main."),
        ("2026-11-26T15:00", "lies in a closing of the calendar, “Team day”."),
        ("2026-11-24T07:00", ""),
        ("2026-11-24T10:30", ""),
        ("2027-01-03T10:00", ""),
    ],
)
def test_a_time_of_ones_own_is_refused_with_the_reason(wall: str, words: str) -> None:
    closing = Closing(start=NINE + 3 * timedelta(days=1), end=NINE + timedelta(days=4), name="Team day")
    closed = Closed(quiet=parse_quiet("22:00-07:00"), blocked=parse_blocked("12-24..01-02"), closings=(closing,))
    table = Timetable(account="main", slots=(), zone="Etc/UTC", spacing=30 * MINUTE, closed=closed)
    why_not = table.why_not(at_wall(wall, "Etc/UTC"), Booked([datetime(2026, 11, 24, 10, tzinfo=UTC)]))
    assert why_not.endswith(words)
    assert bool(why_not) == bool(words)


def test_a_category_has_its_slots_and_what_has_none_takes_the_others() -> None:
    table = Timetable(
        account="main", slots=parse_slots("mon 08:00 Tip, tue 08:00, wed 08:00 tip offer"), zone="Etc/UTC"
    )

    def first(category: str) -> list[str]:
        times = islice(table.free(after=NINE, booked=Booked(), category=category), 2)
        return [f"{one.due_at:%a}" for one in times]

    assert first("tip") == first("TIP") == ["Wed", "Mon"]
    assert first("offer") == ["Wed", "Wed"]
    assert first("quote") == first("") == ["Tue", "Tue"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("22-07", "'22-07' is not a span of hours"),
        ("25:00-07:00", "'25:00' is not a time of day"),
        ("08:00-08:00", "quiet all day"),
    ],
)
def test_impossible_quiet_hours_are_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_quiet(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24.12.2026", "is not a day; write for example 2026-12-24"),
        ("2026-02-30", "is not a day"),
        ("13-01", "is not a day"),
        ("2026-12-24..01-02", "has a year on one side only"),
        ("2026-12-24..2026-12-01", "ends before it begins"),
    ],
)
def test_impossible_days_are_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_blocked(text)


def test_quiet_hours_end_with_their_last_minute_also_at_midnight() -> None:
    (evening,) = parse_quiet("20:00-24:00")
    assert [evening.holds(time(hour)) for hour in (19, 20, 23, 0)] == [False, True, True, False]


def test_leap_days_are_days_like_others() -> None:
    (days,) = parse_blocked("02-28..03-01")
    assert [days.holds(date(2028, 2, day)) for day in (27, 28, 29)] == [False, True, True]


def test_a_slot_written_twice_is_for_the_categories_of_both() -> None:
    assert parse_slots("mon 08:00 tip, mon 08:00 offer")[0] == parse_slots("mon 8:00 offer tip")[0]
    assert parse_slots("daily 08:00, mon 08:00 tip") == parse_slots("daily 08:00")
