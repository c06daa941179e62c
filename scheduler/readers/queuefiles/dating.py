"""How the dates of a column are meant: what its header, the settings or its other cells say of their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.readers.queuefiles.columns import Column, Table, value_in
from scheduler.readers.queuefiles.dates import Order, decided, is_ambiguous, orders_of
from scheduler.readers.queuefiles.grid import Value
from scheduler.readers.queuefiles.headers import Field

SWAPPED = "It took some dates of this column for dates and left others as words: write them all as 2026-12-31 09:00."
_DAY_FIRST = re.compile(r"\b(?:dd?|tt?|jj?)[-/.](?:mm?)[-/.](?:y|j|a)", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"\bmm?[-/.](?:dd?|tt?|jj?)[-/.](?:y|j|a)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """By a column's index: the order of its numbers, where it is known. Of the `swapped` columns the spreadsheet took
    some days for months. `notes` tell which order was taken, and why."""

    orders: Mapping[int, Order | None]
    swapped: frozenset[int]
    is_1904: bool = False
    notes: tuple[str, ...] = ()


def dating_of(table: Table, declared: Order | None, *, is_1904: bool) -> Dating:
    """For the columns that hold dates; a header such as `Date (mm/dd/yyyy)` says more than `declared`."""
    orders: dict[int, Order | None] = {}
    swapped, notes = set(), []
    for column in (*table.of(Field.WHEN), *table.of(Field.EXPIRES)):
        words = [value for value in _values(table, column) if isinstance(value, str)]
        order, told = decided(words, _order_in(column.header) or declared)
        orders[column.index] = order
        if told and any(map(is_ambiguous, words)):
            notes.append(f"{_named(column)}: dates are read with the {order}, as “{told}” can't be meant otherwise.")
        real = any(may_be_swapped(value) for value in _values(table, column))
        if real and any(len(orders_of(one)) == 1 for one in words):
            swapped.add(column.index)
    return Dating(orders=orders, swapped=frozenset(swapped), is_1904=is_1904, notes=tuple(notes))


def may_be_swapped(value: Value) -> bool:
    """Whether a spreadsheet's date would be another one with day and month exchanged."""
    return isinstance(value, date) and value.day <= 12 and value.day != value.month


def _values(table: Table, column: Column) -> Iterator[Value]:
    return (value_in(line, column) for line in table.lines)


def _order_in(header: str) -> Order | None:
    if _DAY_FIRST.search(header):
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if _MONTH_FIRST.search(header) else None


def _named(column: Column) -> str:
    if not column.letter:
        return f"`{column.header}`"
    return f"Column {column.letter} “{column.header}”" if column.header else f"Column {column.letter}"
