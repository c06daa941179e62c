"""What the XML of a worksheet tells and a library that reads its values doesn't: how far it goes, which cells hold an
error or a formula that nobody worked out, which rows are hidden."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

NOT_WORKED_OUT = "a formula without its value"
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Of one sheet. Places are (row, column), counted from 0; `farthest` is outside of every cell that holds anything,
    row and column each for itself."""

    broken: Mapping[Place, str]
    hidden: frozenset[int]
    farthest: Place


def marks_of(xml: bytes) -> Marks:
    """Raises etree.XMLSyntaxError, ValueError."""
    broken: dict[Place, str] = {}
    hidden = set()
    rows = columns = 0
    number = -1
    for row in _rows(xml):
        number = int(row.get("r", number + 2)) - 1
        if row.get("hidden") in ("1", "true"):
            hidden.add(number)
        for column, cell in _cells(row):
            if words := _trouble(cell):
                broken[number, column] = words
            if len(cell):
                rows, columns = max(rows, number + 1), max(columns, column + 1)
    return Marks(broken=broken, hidden=frozenset(hidden), farthest=(rows, columns))


def parser_options() -> dict[str, bool]:
    """Nothing is fetched, no entity is followed, no tree grows beyond bounds."""
    return {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def _rows(xml: bytes) -> Iterator[etree._Element]:
    for _, row in etree.iterparse(io.BytesIO(xml), tag="{*}row", **parser_options()):
        yield row
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = -1
    for cell in row.iterchildren("{*}c"):
        letters = cell.get("r", "").rstrip("0123456789")
        column = _column(letters) if letters else column + 1
        yield column, cell


def _column(letters: str) -> int:
    number = 0
    for one in letters[:4]:
        number = number * 26 + ord(one.upper()) - ord("A") + 1
    return number - 1


def _trouble(cell: etree._Element) -> str:
    kind, value = cell.get("t", "n"), cell.find("{*}v")
    words = (value.text or "") if value is not None else ""
    if kind == "e":
        return words or "#ERROR"
    return NOT_WORKED_OUT if cell.find("{*}f") is not None and not words and kind != "str" else ""
