"""Slots in words, by the locale: `Mon to Fri 5:00 PM, Thu 8:30 AM`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time
from itertools import groupby

from babel.dates import format_time, get_day_names

from scheduler.domain.slotrows import groups_of, interval_words
from scheduler.domain.slots import WEEKDAYS, IntervalSlot, Slot

SHORTEST_RUN = 3
"""So many days in a row are told by the first and the last."""


def slots_in_words(slots: Sequence[Slot], *, locale: str) -> str:
    """Each exactly once; days that have the same times stand together, and so do times that have the same days."""
    phrases = [*_weekly(slots, locale), *(interval_words(one) for one in slots if isinstance(one, IntervalSlot))]
    words = ("; " if any(", " in phrase for phrase in phrases) else ", ").join(phrases)
    return words[:1].upper() + words[1:]


def day_names(locale: str) -> tuple[str, ...]:
    """From Monday on, as headings have them."""
    names = get_day_names("wide", context="stand-alone", locale=locale)
    return tuple(names[day] for day in range(len(WEEKDAYS)))


def _weekly(slots: Sequence[Slot], locale: str) -> Iterator[str]:
    together: dict[tuple[tuple[int, ...], frozenset[str]], list[time]] = {}
    for one in groups_of(slots):
        together.setdefault((one.days, one.categories), []).append(one.at)
    for (days, categories), times in together.items():
        clocks = _joined([format_time(at, "short", locale=locale) for at in times])
        # A line never ends between a day and its time.
        yield f"{_days(days, locale)}\u00a0{clocks}{f' for {_joined(sorted(categories))}' if categories else ''}"


def _days(days: Sequence[int], locale: str) -> str:
    if len(days) == len(WEEKDAYS):
        return "every day"
    names = get_day_names("abbreviated", locale=locale)
    pieces: list[str] = []
    for _, same in groupby(enumerate(days), key=lambda each: each[1] - each[0]):
        run = [names[day] for _, day in same]
        pieces += [f"{run[0]} to {run[-1]}"] if len(run) >= SHORTEST_RUN else run
    return _joined(pieces)


def _joined(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
