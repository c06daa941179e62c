"""XLSX as Excel, LibreOffice, Google and Numbers write it: the first sheet with headers of posts, by its values."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from scheduler.domain.errors import FileUnusable
from scheduler.readers.archive import WORKBOOK, packed, parts_of
from scheduler.readers.queuefiles.grid import MOST_COLUMNS, MOST_ROWS, Broken, Grid, Line, Value, grid_of
from scheduler.readers.queuefiles.headers import field_of
from scheduler.readers.queuefiles.sheetmarks import Marks, marks_of, parser_options

_HEAD_LINES = 20
_MOST_SHEETS = 100
_FARTHEST = (2 * MOST_ROWS, 2 * MOST_COLUMNS)
"""Stray cells this far out are let be; a sheet that goes farther would take all memory."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(name: str, data: bytes) -> Grid:
    """The table. Raises FileUnusable."""
    parts = parts_of(name, data, WORKBOOK)
    try:
        root = etree.fromstring(_part(parts, "xl/workbook"), etree.XMLParser(**parser_options()))
        marks = _marks(name, root, parts)
        with CalamineWorkbook.from_filelike(packed(parts)) as workbook:
            title, others = _chosen(name, workbook, marks)
            lines = list(_lines(workbook.get_sheet_by_name(title), marks[title]))
    except (CalamineError, etree.XMLSyntaxError, KeyError, ValueError, OverflowError) as error:
        raise FileUnusable("This workbook is damaged.", hint=WORKBOOK.hint, path=name) from error
    properties = root.find("{*}workbookPr")
    is_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
    return grid_of(name, lines, notes=tuple(_notes(title, others, marks[title])), is_1904=is_1904)


def _part(parts: Mapping[str, bytes], start: str, end: str = ".xml") -> bytes:
    return next(data for path, data in parts.items() if path.startswith(start) and path.endswith(end))


def _marks(name: str, workbook: etree._Element, parts: Mapping[str, bytes]) -> dict[str, Marks]:
    """Of each worksheet, by its title. Raises FileUnusable for one that goes too far."""
    relations = etree.fromstring(_part(parts, "xl/_rels/workbook", ".rels"), etree.XMLParser(**parser_options()))
    paths = {one.get("Id"): posixpath.join("xl", one.get("Target", "")).lstrip("/") for one in relations}
    paths = {key: path.removeprefix("xl/") if path.startswith("xl/xl/") else path for key, path in paths.items()}
    found = {}
    for sheet in islice(workbook.iterfind("{*}sheets/{*}sheet"), _MOST_SHEETS):
        # Of the namespace there are two, one a strict reading of the standard.
        path = paths.get(next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), ""), "")
        if path not in parts:
            continue
        marks = found[sheet.get("name", "")] = marks_of(parts[path])
        if marks.farthest[0] > _FARTHEST[0] or marks.farthest[1] > _FARTHEST[1]:
            message = f"The sheet “{sheet.get('name', '')}” goes beyond {MOST_ROWS} rows or {MOST_COLUMNS} columns."
            raise FileUnusable(message, hint="Delete what lies far out, or keep the posts alone.", path=name)
    return found


def _chosen(name: str, workbook: CalamineWorkbook, marks: Mapping[str, Marks]) -> tuple[str, list[str]]:
    """The first sheet that can be seen and has headers of posts, else the first with anything; and the others."""
    seen = [one.name for one in workbook.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
    filled = [title for title in seen if title in marks and marks[title].farthest != (0, 0)]
    if not filled:
        raise FileUnusable("There is nothing in this workbook.", hint="Write a row a post, or delete it.", path=name)
    headed = [title for title in filled if len(filled) == 1 or _headers(workbook.get_sheet_by_name(title)) > 1]
    title = (headed or filled)[0]
    return title, [other for other in headed if other != title]


def _headers(sheet: CalamineSheet) -> int:
    """How many headers of posts the best of its first rows has."""
    rows = sheet.to_python(skip_empty_area=False, nrows=_HEAD_LINES)
    return max((len({field_of(str(cell)) for cell in row} - {None}) for row in rows), default=0)


def _lines(sheet: CalamineSheet, marks: Marks) -> Iterator[Line]:
    rows: list[list[Value]] = [[_value(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (number, column), words in marks.broken.items():
        if number < len(rows) and column < len(rows[number]):
            rows[number][column] = Broken(words=words)
        elif number < len(rows):
            rows[number] += [""] * (column - len(rows[number])) + [Broken(words=words)]
    _spread(sheet, rows)
    for number, row in enumerate(rows):
        if number not in marks.hidden:
            yield Line(number=number + 1, values=tuple(row))


def _spread(sheet: CalamineSheet, rows: list[list[Value]]) -> None:
    """A merged cell says in each of its places what it says in the first."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])


def _value(cell: Value) -> Value:
    """Excel writes what XML can't hold as `_x000D_`."""
    if not isinstance(cell, str):
        return cell
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _notes(title: str, others: list[str], marks: Marks) -> Iterator[str]:
    if others:
        yield f"Only the sheet “{title}” is read, not {', '.join(f'“{other}”' for other in others)}."
    if hidden := sorted(number + 1 for number in marks.hidden if number < marks.farthest[0]):
        listed = ", ".join(map(str, hidden[:5])) + (" …" if len(hidden) > 5 else "")
        yield f"Hidden rows are left out: {listed}."
