"""Workbooks as bytes: a tiny writer of the XML that Excel, LibreOffice, Google Sheets and Numbers have in common."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from scheduler.readers.queuefiles.grid import letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DAY, DAY_AND_TIME, TIME = 1, 2, 3
"""Styles of number cells, by their place in the sheet's list."""
STYLES = (0, 14, 22, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number in a style, or a cell as raw XML: `kind` and `inside` are the `t` and the children of its element."""

    number: float | None = None
    style: int = 0
    kind: str = ""
    inside: str = ""


def stamp(serial: float) -> Cell:
    """A date with its time."""
    return Cell(number=serial, style=DAY_AND_TIME)


def workbook(
    rows: Sequence[Sequence[str | Cell]],
    *,
    is_1904: bool = False,
    hidden: Sequence[int] = (),
    merged: Sequence[str] = (),
    more: Mapping[str, Sequence[Sequence[str | Cell]]] | None = None,
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook whose sheet `Posts` has these rows, counted from 1; `more` sheets follow."""
    sheets = {"Posts": rows, **(more or {})}
    words: list[str] = []
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _book(tuple(sheets), is_1904),
        "xl/_rels/workbook.xml.rels": _relations(_targets(len(sheets))),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>'
        + "".join(f'<xf numFmtId="{number}"/>' for number in STYLES)
        + "</cellXfs></styleSheet>",
    }
    for index, content in enumerate(sheets.values(), 1):
        first = index == 1
        files[f"xl/worksheets/sheet{index}.xml"] = _sheet(
            content, words, hidden if first else (), merged if first else ()
        )
    shared = "".join(f'<si><t xml:space="preserve">{escape(word)}</t></si>' for word in words)
    files["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    return _zipped({name: text.encode() for name, text in files.items()} | dict(parts or {}))


def _book(titles: Sequence[str], is_1904: bool) -> str:
    properties = '<workbookPr date1904="1"/>' if is_1904 else "<workbookPr/>"
    sheets = "".join(
        f'<sheet name="{escape(title)}" sheetId="{index}" r:id="rId{index}"/>' for index, title in enumerate(titles, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{sheets}</sheets></workbook>'


def _targets(count: int) -> dict[str, tuple[str, str]]:
    sheets = {f"rId{index}": ("worksheet", f"worksheets/sheet{index}.xml") for index in range(1, count + 1)}
    styles = {f"rId{count + 1}": ("styles", "styles.xml"), f"rId{count + 2}": ("sharedStrings", "sharedStrings.xml")}
    return sheets | styles


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    all_of = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{all_of}</Relationships>'


def _sheet(rows: Sequence[Sequence[str | Cell]], words: list[str], hidden: Sequence[int], merged: Sequence[str]) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{letter(column)}{number}", cell, words) for column, cell in enumerate(row))
        mark = ' hidden="1"' if number in hidden else ""
        lines.append(f'<row r="{number}"{mark}>{cells}</row>')
    joined = "".join(f'<mergeCell ref="{reference}"/>' for reference in merged)
    merges = f"<mergeCells>{joined}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{merges}</worksheet>'


def _cell(place: str, cell: str | Cell, words: list[str]) -> str:
    if cell == "":
        return f'<c r="{place}" s="0"/>'
    if isinstance(cell, str):
        words.append(cell)
        return f'<c r="{place}" t="s"><v>{len(words) - 1}</v></c>'
    if cell.number is not None:
        return f'<c r="{place}" s="{cell.style}"><v>{cell.number!r}</v></c>'
    kind = f' t="{cell.kind}"' if cell.kind else ""
    return f'<c r="{place}"{kind}>{cell.inside}</c>'


def _zipped(files: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()
