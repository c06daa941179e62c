"""Which column holds what: told by the headers, wherever they stand, or by Hootsuite's order where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.errors import FileUnusable
from scheduler.readers.queuefiles.dates import Moment, orders_of, read_moment
from scheduler.readers.queuefiles.grid import Grid, Line, Value, letter
from scheduler.readers.queuefiles.headers import Field, field_of
from scheduler.readers.queuefiles.mojibake import repaired
from scheduler.readers.queuefiles.times import Unreadable

_HEAD_LINES = 20
_HEADERLESS = (Field.WHEN, Field.TEXT, Field.LINK, Field.PICTURE)
_HINT = "Give the columns headers such as text, when and channels; docs/reference/queue-files.md tells them all."


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its index, its letter or nothing, what stands above it, and what it holds."""

    index: int
    letter: str
    header: str
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows below the headers, and what is in which column; a field may have several."""

    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...]

    def of(self, field: Field) -> tuple[Column, ...]:
        """The columns of a field, leftmost first."""
        return tuple(column for column in self.columns if column.field is field)


def table_of(name: str, grid: Grid) -> Table:
    """Raises FileUnusable where no column holds a post's words."""
    at = _header_row(grid.lines)
    if at is None:
        return _without_headers(name, grid)
    headers = [repaired(str(value)) for value in grid.lines[at].values]
    fields = [field_of(header) for header in headers]
    columns = [
        Column(index=index, letter=letter(index) if grid.has_letters else "", header=header, field=field)
        for index, (header, field) in enumerate(zip(headers, fields, strict=True))
        if field is not None
    ]
    if Field.TEXT not in fields:
        known = ", ".join(f"“{header}”" for header in headers if header)
        line = grid.lines[at].number or None
        raise FileUnusable(f"No column holds the posts' words: {known}.", hint=_HINT, path=name, line=line)
    lines = grid.lines[at + 1 :]
    unknown = tuple(_unknown(headers, fields, lines, grid.has_letters))
    return Table(lines=lines, columns=tuple(columns), notes=(*grid.notes, *unknown))


def _header_row(lines: Sequence[Line]) -> int | None:
    """The first row that names most: two columns at least, or the text."""
    best, most = None, 0
    for at, line in enumerate(lines[:_HEAD_LINES]):
        fields = {field for value in line.values if isinstance(value, str) and (field := field_of(value))}
        if len(fields) > most and (len(fields) > 1 or Field.TEXT in fields):
            best, most = at, len(fields)
    return best


def _unknown(
    headers: Sequence[str], fields: Sequence[Field | None], lines: Sequence[Line], lettered: bool
) -> Iterator[str]:
    """Columns that hold something nobody asked for are named, never dropped in silence."""
    found = []
    for index, (header, field) in enumerate(zip(headers, fields, strict=True)):
        if field is None and any(index < len(line.values) and line.values[index] != "" for line in lines):
            found.append(f"“{header}”" if header else f"column {letter(index)}")
    beyond = max((len(line.values) for line in lines), default=0)
    found += [f"column {letter(index)}" for index in range(len(headers), beyond)] if lettered else []
    if found:
        yield f"Left out, as nobody knows what it is: {', '.join(found)}."


def _without_headers(name: str, grid: Grid) -> Table:
    """Hootsuite's upload has none: a time, the words, a link, a picture."""
    first = grid.lines[0]
    words = [str(value) for value in first.values]
    if not 2 <= len(words) <= len(_HEADERLESS) or not _is_moment(first.values[0]) or not words[1]:
        raise FileUnusable("No row of this table names its columns.", hint=_HINT, path=name, line=first.number or None)
    columns = tuple(
        Column(index=index, letter=letter(index), header="", field=field) for index, field in enumerate(_HEADERLESS)
    )
    note = "It has no headers, so its columns are taken for time, words, link and picture, as Hootsuite's are."
    return Table(lines=grid.lines, columns=columns, notes=(*grid.notes, note))


def _is_moment(value: Value) -> bool:
    if not isinstance(value, str):
        return True
    try:
        found: Moment | None = read_moment(value) if value else None
    except Unreadable:
        return bool(orders_of(value))
    return found is not None and found.day is not None


def value_in(line: Line, column: Column) -> Value:
    """A cell; empty where the row ends before it."""
    return line.values[column.index] if column.index < len(line.values) else ""
