"""A file of ready-made posts from its bytes, whichever format it has: what happens in the child process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath

from scheduler.domain.errors import FileUnusable
from scheduler.domain.readymade import Cell, Complaint, QueueFile, Row
from scheduler.readers import loading
from scheduler.readers.language import SAMPLE_CHARACTERS, guess
from scheduler.readers.queuefiles import opendocument, separated, tables, workbook
from scheduler.readers.queuefiles.columns import Table, table_of, value_in
from scheduler.readers.queuefiles.dates import Order
from scheduler.readers.queuefiles.dating import dating_of
from scheduler.readers.queuefiles.grid import Grid, Value
from scheduler.readers.queuefiles.headers import Field
from scheduler.readers.queuefiles.mojibake import repaired
from scheduler.readers.queuefiles.request import SUFFIXES, QueueRequest
from scheduler.readers.queuefiles.rows import RowReader, readings

_BADLY_QUOTED = 'Write "" for a quotation mark inside of quoted words, or save the table as .xlsx.'
_PREFILLED = frozenset({Field.CHANNELS, Field.CATEGORY, Field.TEMPLATE, Field.HASHTAGS, Field.ID})
"""Columns that people fill far down before they write any words."""
FORMATS: Mapping[str, Callable[[str, bytes], Grid]] = {
    **dict.fromkeys(SUFFIXES, separated.read),
    **dict.fromkeys((".xlsx", ".xlsm"), workbook.read),
    ".ods": opendocument.read,
    ".toml": tables.read,
}


def read_all(request: QueueRequest) -> tuple[QueueFile, ...]:
    """Each file, or why it can't be read."""
    return tuple(_read_one(name, request) for name in request.names)


def read(name: str, data: bytes, *, order: Order | None = None) -> QueueFile:
    """The posts of one file, and what is to be complained about. Raises FileUnusable."""
    form = FORMATS.get(PurePath(name).suffix.lower())
    if form is None:
        raise FileUnusable(
            "Posts are read from .xlsx, .ods, .csv and .toml.", hint="Save the table as one of these.", path=name
        )
    grid = form(name, data)
    table = table_of(name, grid)
    dating = dating_of(table, order, is_1904=grid.is_1904)
    rows: list[Row] = []
    complaints: list[Complaint] = []
    wordless: list[int] = []
    for reader in readings(table, dating):
        if reader.line.trouble:
            whole = Cell(row=reader.line.number)
            complaints.append(Complaint(cell=whole, message=reader.line.trouble, hint=_BADLY_QUOTED))
        elif _is_prefilled(table, reader):
            wordless.append(reader.line.number)
        elif row := reader.read():
            rows.append(row)
        else:
            complaints += reader.complaints
    notes = (*table.notes, *dating.notes, *_notes(table, wordless))
    language = guess("\n".join(row.text for row in rows)[:SAMPLE_CHARACTERS])
    return QueueFile(name=name, language=language, rows=tuple(rows), complaints=tuple(complaints), notes=notes)


def _read_one(name: str, request: QueueRequest) -> QueueFile:
    try:
        data = loading.load(name, root=request.root, folder=request.folder)
        return read(name, data, order=request.order)
    except FileUnusable as error:
        refusal = Complaint(cell=Cell(row=error.line or 0), message=error.message, hint=error.hint)
        return QueueFile(name=name, rows=(), refusal=refusal)


def _is_prefilled(table: Table, reader: RowReader) -> bool:
    """Whether a row holds nothing but what is filled down a whole column."""
    filled = {column.field for column in table.columns if value_in(reader.line, column) != ""}
    return filled <= _PREFILLED


def _notes(table: Table, wordless: list[int]) -> Iterator[str]:
    if wordless:
        yield f"Rows without words are left out: {_listed(wordless)}."
    put_right = [
        line.number for line in table.lines if any(_was_mangled(value_in(line, column)) for column in table.columns)
    ]
    if put_right:
        rows = _listed(put_right)
        yield f"Characters that a wrong encoding had changed (such as â€™ for ’) were put right in rows {rows}."


def _was_mangled(value: Value) -> bool:
    return isinstance(value, str) and repaired(value) != value


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
