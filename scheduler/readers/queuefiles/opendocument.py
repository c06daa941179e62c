"""ODS as LibreOffice and others write it: the first sheet with headers of posts, by its values."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from lxml import etree

from scheduler.domain.errors import FileUnusable
from scheduler.readers.archive import SPREADSHEET, parts_of
from scheduler.readers.queuefiles.grid import MOST_COLUMNS, MOST_ROWS, Broken, Grid, Line, Value, grid_of
from scheduler.readers.queuefiles.headers import field_of
from scheduler.readers.queuefiles.sheetmarks import NOT_WORKED_OUT, parser_options

_HEAD_LINES = 20
_MOST_SHEETS = 100
_MOST_SPACES = 100
_SPAN = re.compile(r"(-?)PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d{1,12})?S")
_ERROR = re.compile(r"#[A-Z/0!?]{3,10}|Err:\d{3}")


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """`after` is how many rows were read; `spans` are merged cells: their first and last places, and what they say."""

    title: str
    is_hidden: bool
    lines: list[Line] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    spans: list[tuple[int, int, int, int, Value]] = field(default_factory=list)
    after: int = 0

    @property
    def headers(self) -> int:
        """How many headers of posts the best of its first rows has."""
        heads = self.lines[:_HEAD_LINES]
        return max((len({field_of(str(value)) for value in line.values} - {None}) for line in heads), default=0)

    def spanned(self, row: int, column: int) -> Value:
        """What the merged cell says that covers a place."""
        covering = (one for *place, one in self.spans if place[0] <= row <= place[1] and place[2] <= column <= place[3])
        return next(covering, "")


def read(name: str, data: bytes) -> Grid:
    """The table. Raises FileUnusable."""
    parts = parts_of(name, data, SPREADSHEET)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise FileUnusable("This document has a password.", hint="Take it off, and save it again.", path=name)
    try:
        sheets = [sheet for sheet in _sheets(name, parts["content.xml"]) if sheet.lines and not sheet.is_hidden]
    except (etree.XMLSyntaxError, KeyError, ValueError, OverflowError) as error:
        raise FileUnusable("This workbook is damaged.", hint=SPREADSHEET.hint, path=name) from error
    if not sheets:
        raise FileUnusable("There is nothing in this workbook.", hint="Write a row a post, or delete it.", path=name)
    headed = [sheet for sheet in sheets if len(sheets) == 1 or sheet.headers > 1]
    chosen = (headed or sheets)[0]
    return grid_of(name, chosen.lines, notes=tuple(_notes(chosen, headed)))


def _sheets(name: str, xml: bytes) -> list[_Sheet]:
    """Raises FileUnusable for one that goes too far, etree.XMLSyntaxError, ValueError."""
    unseen: set[str] = set()
    sheets: list[_Sheet] = []
    for event, element in etree.iterparse(io.BytesIO(xml), events=("start", "end"), **parser_options()):
        kind = _local(element)
        if event == "start" and kind == "table":
            if len(sheets) == _MOST_SHEETS:
                break
            sheets.append(_Sheet(title=_said(element, "name"), is_hidden=_said(element, "style-name") in unseen))
        elif event == "end" and kind == "style":
            if any(_said(one, "display") == "false" for one in element):
                unseen.add(_said(element, "name"))
        elif event == "end" and kind == "table-row" and sheets:
            _take(name, sheets[-1], element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return sheets


def _take(name: str, sheet: _Sheet, row: etree._Element) -> None:
    first, times = sheet.after, _count(row, "number-rows-repeated")
    sheet.after += times
    values = _values(name, sheet, row)
    if not any(value != "" for value in values):
        return
    if sheet.after > 2 * MOST_ROWS:
        raise _too_far(name, sheet)
    if _said(row, "visibility") in ("collapse", "filter"):
        sheet.hidden += range(first + 1, sheet.after + 1)
        return
    # One more than is allowed with the headers: then the table is refused.
    room = max(MOST_ROWS + 2 - len(sheet.lines), 0)
    sheet.lines += (Line(number=first + index, values=values) for index in range(1, min(times, room) + 1))


def _values(name: str, sheet: _Sheet, row: etree._Element) -> tuple[Value, ...]:
    values: list[Value] = []
    at = 0
    for cell in row:
        if _local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        times, value = _count(cell, "number-columns-repeated"), _value(cell)
        if value == "" and _local(cell) == "covered-table-cell":
            value = sheet.spanned(sheet.after - 1, at)
        if value != "":
            if at + times > 2 * MOST_COLUMNS:
                raise _too_far(name, sheet)
            values += [""] * (at - len(values)) + [value] * times
            _spread(sheet, cell, at, value)
        at += times
    return tuple(values)


def _spread(sheet: _Sheet, cell: etree._Element, column: int, value: Value) -> None:
    """A merged cell says in each of its places what it says in the first."""
    rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
    if (rows, columns) != (1, 1) and len(sheet.spans) < MOST_ROWS // 10:
        row = sheet.after - 1
        sheet.spans.append((row, row + rows - 1, column, column + columns - 1, value))


def _value(cell: etree._Element) -> Value:
    words = "\n".join("".join(_words(one)) for one in cell if _local(one) == "p").strip()
    has_formula, kind = bool(_said(cell, "formula")), _kind(cell)
    if kind == "error" or (has_formula and _ERROR.fullmatch(words)):
        return Broken(words=words or "#ERROR")
    if has_formula and not kind and not words:
        return Broken(words=NOT_WORKED_OUT)
    if kind in _TYPED:
        attribute, typed = _TYPED[kind]
        try:
            return typed(_said(cell, attribute))
        except ValueError:
            return Broken(words=words or f"a broken {kind}")
    return words or _said(cell, "string-value")


def _kind(cell: etree._Element) -> str:
    """LibreOffice names an error in a namespace of its own, beside the standard's kind."""
    kinds = [value for key, value in cell.attrib.items() if str(key).endswith("}value-type")]
    return "error" if "error" in kinds else next(iter(kinds), "")


def _moment(said: str) -> date:
    return datetime.fromisoformat(said) if "T" in said else date.fromisoformat(said)


def _span(said: str) -> timedelta:
    found = _SPAN.fullmatch(said)
    if found is None:
        raise ValueError(said)
    span = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4]))
    return -span if found[1] else span


_TYPED: Mapping[str, tuple[str, Callable[[str], Value]]] = {
    **dict.fromkeys(("float", "percentage", "currency"), ("value", float)),
    "date": ("date-value", _moment),
    "time": ("time-value", _span),
    "boolean": ("boolean-value", lambda said: said == "true"),
}


def _words(element: etree._Element) -> Iterator[str]:
    """Without notes, which are no children of a paragraph."""
    yield element.text or ""
    for one in element:
        match _local(one):
            case "s":
                yield " " * min(_count(one, "c"), _MOST_SPACES)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case _:
                yield from _words(one)
        yield one.tail or ""


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _said(element: etree._Element, name: str) -> str:
    """An attribute by its name, of whichever version of the namespace."""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}" + name)), "")


def _count(element: etree._Element, name: str) -> int:
    return max(int(_said(element, name) or 1), 1)


def _too_far(name: str, sheet: _Sheet) -> FileUnusable:
    message = f"The sheet “{sheet.title}” goes beyond {MOST_ROWS} rows or {MOST_COLUMNS} columns."
    return FileUnusable(message, hint="Delete what lies far out, or keep the posts alone.", path=name)


def _notes(sheet: _Sheet, headed: list[_Sheet]) -> Iterator[str]:
    if others := [f"“{one.title}”" for one in headed if one is not sheet]:
        yield f"Only the sheet “{sheet.title}” is read, not {', '.join(others)}."
    if sheet.hidden:
        listed = ", ".join(map(str, islice(sheet.hidden, 5))) + (" …" if len(sheet.hidden) > 5 else "")
        yield f"Hidden rows are left out: {listed}."
