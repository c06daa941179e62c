"""Slots as people write them down: a row a day of the week, or in one line, as short as it can be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from scheduler.domain.slots import GROUPS, WEEKDAYS, IntervalSlot, Slot, WeeklySlot

UNITS = (("hour", 3600), ("minute", 60), ("second", 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A time of day on several days of the week (Monday is 0), for posts of `categories` where it names some."""

    days: tuple[int, ...]
    at: time
    categories: frozenset[str] = frozenset()


def groups_of(slots: Iterable[Slot]) -> list[Group]:
    """Weekly slots of one time and one purpose together, by their first day."""
    days: dict[tuple[time, frozenset[str]], list[int]] = {}
    for slot in slots:
        if isinstance(slot, WeeklySlot):
            days.setdefault((slot.at, slot.categories), []).append(slot.weekday)
    found = [Group(days=tuple(sorted(on)), at=at, categories=named) for (at, named), on in days.items()]
    return sorted(found, key=lambda one: (one.days[0], one.at, sorted(one.categories)))


def rows_of(
    slots: Sequence[Slot], clock: Callable[[time], str] = lambda at: f"{at.hour}:{at:%M}"
) -> tuple[str, ...] | None:
    """The times of each day from Monday on, as `8:30, 12:15 tip`; None where slots are no times of a day."""
    if any(isinstance(slot, IntervalSlot) for slot in slots):
        return None
    weekly = sorted((slot for slot in slots if isinstance(slot, WeeklySlot)), key=lambda slot: slot.at)
    return tuple(
        ", ".join(" ".join([clock(slot.at), *sorted(slot.categories)]) for slot in weekly if slot.weekday == day)
        for day in range(len(WEEKDAYS))
    )


def line_of(slots: Iterable[Slot]) -> str:
    """What the settings say of them."""
    slots = tuple(slots)
    entries = [
        " ".join([name, f"{one.at:%H:%M}", *sorted(one.categories)])
        for one in groups_of(slots)
        for name in _names(one.days)
    ]
    return ", ".join([*entries, *(interval_words(one) for one in slots if isinstance(one, IntervalSlot))])


def interval_words(slot: IntervalSlot) -> str:
    """`every 5 minutes`."""
    unit, seconds = next(each for each in UNITS if slot.seconds % each[1] == 0)
    number = slot.seconds // seconds
    return f"every {number} {unit}{'' if number == 1 else 's'}"


def _names(days: Sequence[int]) -> Iterator[str]:
    """`daily`, `weekdays` and `weekend` where they fit, and what is left by its name."""
    left = set(days)
    for name, group in GROUPS.items():
        if left.issuperset(group):
            yield name
            left.difference_update(group)
    yield from (WEEKDAYS[day] for day in sorted(left))
