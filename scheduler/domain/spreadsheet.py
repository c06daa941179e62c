"""Rows as CSV that a spreadsheet opens as words, whatever an article or a network wrote into them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from scheduler.domain.shown import shown

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so would be computed, or could hide one that does."""


def sheet(rows: Iterable[Iterable[str]]) -> str:
    """CSV text, one line a row; cells that a spreadsheet would compute begin with an apostrophe."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[_harmless(cell) for cell in row] for row in rows])
    return shown(text.getvalue())


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
