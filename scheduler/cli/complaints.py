"""Rows that can't be posts, told as every other error: one sentence, the cell, the way out."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.errors import RowUnusable
from scheduler.usecases.ingest import Taken


def errors_of(taken: Taken) -> Iterator[RowUnusable]:
    """One for each complaint about a file's rows, from the first row on."""
    for one in taken.complaints:
        cell = one.cell
        column = " ".join(part for part in (cell.column, f"“{cell.header}”" if cell.header else "") if part)
        yield RowUnusable(one.message, hint=one.hint, path=taken.name, row=cell.row, column=column, value=cell.value)
