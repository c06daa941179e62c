"""ODS files as bytes: a tiny writer of the XML that LibreOffice makes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
CALC = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A cell of a kind, with its value as the standard writes it, and the words that are shown."""

    kind: str = ""
    value: str = ""
    words: str = ""
    attributes: str = ""


COVERED = Typed(kind="covered")
"""Lies under a merged cell."""


def moment(value: str) -> Typed:
    """A day, or a day with its time."""
    return Typed(kind="date", value=value, words="as the country writes it")


def clock(value: str) -> Typed:
    """`PT09H00M00S`."""
    return Typed(kind="time", value=value, words="9:00 AM")


def document(
    rows: Sequence[Sequence[str | Typed]],
    *,
    hidden: Sequence[int] = (),
    repeated: Mapping[int, int] | None = None,
    before: Mapping[str, Sequence[Sequence[str | Typed]]] | None = None,
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A spreadsheet whose sheet `Posts` has these rows, counted from 1; other sheets stand `before` it."""
    tables = "".join(_table(title, content) for title, content in (before or {}).items())
    tables += _table("Posts", rows, hidden, repeated or {})
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{NAMES}{CALC}>{body}</office:document-content>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"content.xml": content.encode(), **(parts or {})}.items():
            archive.writestr(name, data)
    return file.getvalue()


def _table(
    title: str,
    rows: Sequence[Sequence[str | Typed]],
    hidden: Sequence[int] = (),
    repeated: Mapping[int, int] | None = None,
) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        marks = ' table:visibility="collapse"' if number in hidden else ""
        marks += f' table:number-rows-repeated="{(repeated or {}).get(number, 1)}"'
        lines.append(f"<table:table-row{marks}>{''.join(map(_cell, row))}</table:table-row>")
    rest = '<table:table-row table:number-rows-repeated="1048000">'
    rest += '<table:table-cell table:number-columns-repeated="16384"/>'
    return f'<table:table table:name="{escape(title)}">{"".join(lines)}{rest}</table:table-row></table:table>'


def _cell(cell: str | Typed) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if cell == COVERED:
        return "<table:covered-table-cell/>"
    if isinstance(cell, str):
        cell = Typed(kind="string", words=cell)
    attribute = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(cell.kind, "value")
    value = f' office:{attribute}="{cell.value}"' if cell.value else ""
    kind = f' office:value-type="{cell.kind}"' if cell.kind else ""
    words = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.words.split("\n"))
    return f"<table:table-cell{kind}{value} {cell.attributes}>{words}</table:table-cell>"
