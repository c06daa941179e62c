"""Dates and times as people write them: read, or refused, and never taken for another day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.readers.queuefiles.dates import (
    Ambiguous,
    Moment,
    Order,
    decided,
    from_datetime,
    from_number,
    read_moment,
)
from scheduler.readers.queuefiles.times import Unreadable, read_time

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
TIMES = st.times().map(lambda one: one.replace(microsecond=0, tzinfo=None))
FORMS = (
    *(
        "%Y-%m-%d %H:%M:%S",
        "%Y/%m/%d %I:%M:%S %p",
        "%Y-%m-%dT%H:%M:%S",
        "%d.%m.%Y %H:%M:%S Uhr",
        "%d %B %Y at %H:%M:%S",
    ),
    *("%B %d, %Y %I:%M:%S %p", "%a, %d.%m.%Y, %H:%M:%S", "%d-%b-%y %H:%M:%S", "%A, %B %d, %Y, %H:%M:%S"),
)


@given(day=DAYS, at=TIMES, form=st.sampled_from(FORMS))
def test_whatever_day_and_time_are_written_are_read(day: date, at: time, form: str) -> None:
    moment = read_moment(datetime.combine(day, at).strftime(form))
    assert (moment.day, moment.time and moment.time.at) == (day, at)


@given(day=DAYS, order=st.sampled_from(Order), mark=st.sampled_from("/-"))
def test_a_date_of_figures_is_the_day_that_was_meant_or_refused(day: date, order: Order, mark: str) -> None:
    form = mark.join(("%d", "%m", "%Y") if order is Order.DAY_FIRST else ("%m", "%d", "%Y"))
    words = day.strftime(form)
    assert read_moment(words, order).day == day
    if day.day > 12 or day.day == day.month:
        assert read_moment(words).day == day
    else:
        with pytest.raises(Ambiguous):
            read_moment(words)


@given(days=st.lists(DAYS, min_size=1, max_size=8), order=st.sampled_from(Order))
def test_a_column_never_decides_for_the_wrong_order(days: list[date], order: Order) -> None:
    form = "%d/%m/%Y" if order is Order.DAY_FIRST else "%m/%d/%Y"
    found, told = decided([day.strftime(form) for day in days], None)
    assert found in (None, order)
    assert (found is None) == all(day.day <= 12 or day.day == day.month for day in days)
    assert bool(told) == (found is not None)


def test_a_column_that_contradicts_itself_or_the_settings_decides_nothing() -> None:
    assert decided(["13/04/2027", "04/13/2027"], None) == (None, "")
    assert decided(["13/04/2027", "03/04/2027"], Order.MONTH_FIRST) == (None, "")
    assert decided(["03/04/2027"], Order.MONTH_FIRST) == (Order.MONTH_FIRST, "")


@given(day=DAYS.filter(lambda day: day >= date(2000, 3, 1)), at=TIMES)
def test_a_spreadsheets_number_is_its_second_in_both_systems(day: date, at: time) -> None:
    seconds = at.hour * 3600 + at.minute * 60 + at.second
    serial = (day - date(1899, 12, 30)).days + seconds / 86_400
    for number, is_1904 in ((serial, False), (serial - 1462, True)):
        found = from_number(number, is_1904=is_1904)
        assert found.day == day
        assert (found.time.at if found.time else time(0)) == at


def test_a_thousandth_of_a_second_before_nine_is_nine() -> None:
    found = from_datetime(datetime.fromisoformat("2026-12-01T08:59:59.999"))
    assert found == read_moment("2026-12-01 09:00")


@pytest.mark.parametrize(
    ("words", "hour", "minute"),
    [
        *(("9am", 9, 0), ("9 a.m.", 9, 0), ("9:30PM", 21, 30), ("12am", 0, 0), ("12:15 pm", 12, 15), ("21h30", 21, 30)),
        *(("9 Uhr", 9, 0), ("9:05 Uhr", 9, 5), ("9 Uhr 30", 9, 30), ("9.30", 9, 30), ("00:00", 0, 0), ("noon", 12, 0)),
        *(("09:00:00.000", 9, 0), ("9 h", 9, 0), ("9:00 p. m.", 21, 0)),
    ],
)
def test_a_time_of_day_is_read_as_it_is_said(words: str, hour: int, minute: int) -> None:
    assert read_time(words).at == time(hour, minute)


@pytest.mark.parametrize(
    "words", ["9", "25:00", "9:75", "15:00 pm", "0 am", "24:01", "midnight", "9:00 EST", "soon", ""]
)
def test_what_may_be_another_time_is_refused(words: str) -> None:
    with pytest.raises(Unreadable):
        read_time(words)


@pytest.mark.parametrize(
    ("words", "minutes"), [("9:00Z", 0), ("9:00+01:00", 60), ("9:00 -0530", -330), ("9:00 UTC+2", 120)]
)
def test_an_offset_is_kept(words: str, minutes: int) -> None:
    assert read_time(words).offset == minutes


def test_midnight_at_the_end_of_a_day_is_the_next_days() -> None:
    found = read_moment("2026-12-01 24:00").time
    assert found
    assert (found.at, found.next_day) == (time(0), True)


@pytest.mark.parametrize(
    "words",
    [
        *("30.02.2027", "2027-02-29 9:00", "31/11/2026", "2026-13-01", "4 March 10am", "4.3. 9:00", "Dec-26"),
        *("Mon 2026-12-01 9:00", "tomorrow 9am", "1999-12-31 9:00", "12 Foo 2026", "2026-12-01 9", "9am 2026-12-01"),
    ],
)
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_moment(words)
    assert caught.value.message
    assert caught.value.hint


def test_the_name_of_the_day_tells_which_number_is_the_month() -> None:
    assert read_moment("Tue 12/01/2026") == Moment(day=date(2026, 12, 1))
    assert read_moment("Di., 01/12/2026") == Moment(day=date(2026, 12, 1))


@given(st.text(alphabet="0123456789/-.: apmT+ZMarDec,", max_size=30))
def test_whatever_is_written_is_a_moment_or_refused(words: str) -> None:
    with suppress(Unreadable):
        assert isinstance(read_moment(words), Moment)
