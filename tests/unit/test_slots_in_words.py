"""Slots in rows, in one line and in words: each way says exactly the slots, whatever the settings allow."""

from __future__ import annotations

import re
from datetime import time

import pytest
from babel.dates import format_time, get_day_names
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.slotrows import line_of, rows_of
from scheduler.domain.slots import WEEKDAYS, IntervalSlot, Slot, WeeklySlot, parse_slots, parse_times
from scheduler.web.dashboard.slotwords import slots_in_words

DAYS = st.sampled_from([*WEEKDAYS, "daily", "weekdays", "weekend", "Monday", "THU"])
TIMES = st.builds("{}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
FEW_TIMES = st.sampled_from(["8:30", "12:15", "5:00 pm", "0:00"])
CATEGORIES = st.sampled_from(["", " tip", " quote tip", " am-news", " und"])
WEEKLY = st.builds("{} {}{}".format, DAYS, TIMES | FEW_TIMES, CATEGORIES)
EVERY = st.builds("every {} {}".format, st.integers(1, 99_999), st.sampled_from(["seconds", "minute", "hours"]))
TEXTS = st.lists(WEEKLY | EVERY, min_size=1, max_size=25).map(", ".join)


@given(TEXTS)
def test_one_line_says_exactly_the_slots(text: str) -> None:
    slots = parse_slots(text)
    assert set(parse_slots(line_of(slots))) == set(slots)


@given(st.lists(WEEKLY, min_size=1, max_size=25).map(", ".join))
def test_rows_say_exactly_the_slots(text: str) -> None:
    slots = parse_slots(text)
    rows = rows_of(slots)
    assert rows
    read = {WeeklySlot(weekday=d, at=at, categories=c) for d, row in enumerate(rows) for at, c in parse_times(row)}
    assert read == set(slots)


def heard(words: str, locale: str) -> set[Slot]:
    """The slots that a listener takes from the words."""
    names = {name: day for day, name in get_day_names("abbreviated", locale=locale).items()}
    clocks = {format_time(time(n // 60, n % 60), "short", locale=locale): time(n // 60, n % 60) for n in range(1440)}
    found: set[Slot] = set()
    for phrase in re.split("; ", words) if "; " in words else words.split(", "):
        if every := re.fullmatch(r"every (\d+) (second|minute|hour)s?", phrase, re.IGNORECASE):
            seconds = int(every[1]) * {"second": 1, "minute": 60, "hour": 3600}[every[2]]
            found.add(IntervalSlot(seconds=seconds))
            continue
        told, _, categories = phrase.partition(" for ")
        at = re.search(r"(?<!\w)\d", told)
        assert at
        days = days_heard(told[: at.start()].strip(), names)
        named = frozenset(parts(categories)) if categories else frozenset()
        for clock in parts(told[at.start() :]):
            found |= {WeeklySlot(weekday=day, at=clocks[clock], categories=named) for day in days}
    return found


def parts(words: str) -> list[str]:
    return re.split(", | and ", words)


def days_heard(words: str, names: dict[str, int]) -> list[int]:
    if words.lower() == "every day":
        return list(range(7))
    days: list[int] = []
    for piece in parts(words):
        first, _, last = piece.partition(" to ")
        days += range(names[first], names[last or first] + 1)
    return days


@given(TEXTS, st.sampled_from(["en", "en_US", "de"]))
def test_words_say_exactly_the_slots(text: str, locale: str) -> None:
    slots = parse_slots(text)
    assert heard(slots_in_words(slots, locale=locale), locale) == set(slots)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("weekdays 17:00, thu 08:30", "Mon to Fri 5:00 PM, Thu 8:30 AM"),
        ("weekdays 8:30, weekend 10:00", "Mon to Fri 8:30 AM, Sat and Sun 10:00 AM"),
        ("mon 08:30, wed 12:15, fri 16:30", "Mon 8:30 AM, Wed 12:15 PM, Fri 4:30 PM"),
        ("daily 8:30, daily 12:15", "Every day 8:30 AM and 12:15 PM"),
        ("mon 9:00, wed 9:00, fri 9:00, tue 9:30 tip", "Mon, Wed and Fri 9:00 AM; Tue 9:30 AM for tip"),
        ("every 5 minutes", "Every 5 minutes"),
    ],
)
def test_people_hear_slots_as_they_would_say_them(text: str, words: str) -> None:
    assert slots_in_words(parse_slots(text), locale="en_US").replace("\u202f", " ").replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("text", "at"), [("8:30", time(8, 30)), ("5:00 PM", time(17)), ("12 am", time(0)), ("12:15 p.m.", time(12, 15))]
)
def test_times_may_be_told_by_either_clock(text: str, at: time) -> None:
    assert list(parse_times(text)) == [(at, frozenset())]
    assert parse_slots(f"mon {text}") == (WeeklySlot(weekday=0, at=at),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("25:00", "'25:00' is not a time of day; the last one is 23:59"),
        ("13:00 pm", "'13:00 pm' is not a time of day; the last one is 11:59 pm"),
        ("8", "'8' is not a time; write for example: 8:30"),
        ("8:30; 9:00", "'8:30; 9:00' is not a time"),
        ("mon 8:30", "'mon 8:30' is not a time"),
        ("8:30 tip pm", "'8:30 tip pm' is not a time"),
    ],
)
def test_a_time_that_is_none_is_told_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        list(parse_times(text))
