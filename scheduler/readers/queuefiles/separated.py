"""CSV as spreadsheets export it: any encoding, any of four separators, quoted cells with line ends in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from scheduler.readers.queuefiles.encodings import decoded
from scheduler.readers.queuefiles.grid import LONGEST_CELL, Grid, Line, grid_of
from scheduler.readers.queuefiles.headers import field_of

SEPARATORS = (",", ";", "\t", "|")
UNCLOSED = "A quotation mark in this row is never closed, or stands inside of quoted words."
_HEAD_LINES = 20
_LONGEST = 2 * LONGEST_CELL
"""As far as is looked for the end of a quotation: a mark that is never closed must not swallow the file."""


def read(name: str, data: bytes) -> Grid:
    """The table. Raises FileUnusable."""
    text, note = decoded(name, data)
    text, separator = _announced(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = _lines(text, separator or _likeliest(text))
    return grid_of(name, lines, notes=(note,) if note else ())


def _announced(text: str) -> tuple[str, str]:
    """Excel's own first line, `sep=;`, which it never shows."""
    head, _, rest = text.partition("\n")
    head = head.strip('" ')
    return (rest, head[4]) if head[:4].lower() == "sep=" and head[4:] in SEPARATORS else (text, "")


def _likeliest(text: str) -> str:
    """The separator that makes the most headers of the first lines; the one that makes equal rows where none does."""

    def worth(separator: str) -> tuple[int, int, int]:
        rows = [line.values for line in islice(_lines(text, separator), _HEAD_LINES)]
        known = max((len({field_of(str(cell)) for cell in row} - {None}) for row in rows), default=0)
        widths = [len(row) for row in rows if len(row) > 1]
        return known, len(widths), -len(set(widths))

    return max(SEPARATORS, key=worth)


def _lines(text: str, separator: str) -> Iterator[Line]:
    """Every row, empty ones too, so that they are counted as the spreadsheet does."""
    mark = re.escape(separator)
    quoted = re.compile(rf'[ \t]*"([^"]{{0,{_LONGEST}}}(?:""[^"]{{0,{_LONGEST}}}){{0,500}})"[ \t]*(?={mark}|\n|\Z)')
    bare = re.compile(rf"[^{mark}\n]*")
    at, number, values, trouble = 0, 1, [], ""
    while at <= len(text):
        found = quoted.match(text, at) or bare.match(text, at)
        if found is None:
            break
        is_quoted = found.re is quoted
        cell = found[1].replace('""', '"') if is_quoted else found[0]
        trouble = trouble or ("" if is_quoted or not cell.lstrip().startswith('"') else UNCLOSED)
        values.append(cell.strip())
        at = found.end() + 1
        if found.end() == len(text) or text[found.end()] == "\n":
            yield Line(number=number, values=tuple(values), trouble=trouble)
            number, values, trouble = number + 1, [], ""
