"""A table as a spreadsheet shows it, whichever format it comes from: numbered lines of cells, within bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from scheduler.domain.errors import FileUnusable

MOST_ROWS = 10_000
MOST_COLUMNS = 100
LONGEST_CELL = 4_000
_SPLIT = "Split it into several files."


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A cell without a value that counts: an error such as #REF!, or a formula that nobody worked out."""

    words: str


Value = str | bool | int | float | date | datetime | time | timedelta | Broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: its number as the spreadsheet shows it, counted from 1, and in a sentence why it can't be read."""

    number: int
    values: tuple[Value, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows that hold anything. `is_1904` tells from which day the spreadsheet counts; `has_letters` whether its
    columns are known by letters."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    is_1904: bool = False
    has_letters: bool = True


def grid_of(name: str, lines: Iterable[Line], *, notes: tuple[str, ...] = (), is_1904: bool = False) -> Grid:
    """Without empty rows and the empty cells at the end of a row. Raises FileUnusable when there are too many."""
    kept: list[Line] = []
    for line in lines:
        values = list(line.values)
        while values and values[-1] == "":
            values.pop()
        if len(values) > MOST_COLUMNS:
            message = f"This table has over {MOST_COLUMNS} columns."
            raise FileUnusable(message, hint="Delete those that say nothing of posts.", path=name, line=line.number)
        if values:
            kept.append(replace(line, values=tuple(values)))
        # One more for the headers.
        if len(kept) > MOST_ROWS + 1:
            raise FileUnusable(f"This table has over {MOST_ROWS} rows.", hint=_SPLIT, path=name)
    if not kept:
        raise FileUnusable("There is nothing in this table.", hint="Write a row a post, or delete it.", path=name)
    return Grid(lines=tuple(kept), notes=notes, is_1904=is_1904)


def letter(index: int) -> str:
    """The letters over a column, counted from 0: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
