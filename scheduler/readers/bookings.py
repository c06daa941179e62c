"""Reads what a booking page or an analytics program counted: a table with the code of a post in each row.

Links carry the code as `utm_content`; programs export it under names of their own. Sources: the help pages of Google
Analytics 4 (Session manual ad content, Key events), Matomo (Campaign Content) and Plausible (UTM Content) on exports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath

from scheduler.domain.bookings import Bookings, Brought, joined
from scheduler.domain.errors import FileUnusable
from scheduler.readers import loading
from scheduler.readers.queuefiles import opendocument, separated, workbook
from scheduler.readers.queuefiles.grid import Grid, Line, Value
from scheduler.readers.queuefiles.headers import plain
from scheduler.readers.work import BookingsRequest

FORMATS: Mapping[str, Callable[[str, bytes], Grid]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), separated.read),
    **dict.fromkeys((".xlsx", ".xlsm"), workbook.read),
    ".ods": opendocument.read,
}
CODES = (
    *("utm content", "code", "content", "ad content", "session manual ad content", "manual ad content"),
    *("first user manual ad content", "campaign content", "anzeigeninhalt", "kampagneninhalt", "contenu"),
    *("contenu de la campagne", "contenido", "contenido del anuncio"),
)
CLICKS = (
    *("clicks", "sessions", "visits", "visitors", "unique visitors", "users", "total users", "klicks", "sitzungen"),
    *("besuche", "besucher", "clics", "visites", "visiteurs", "sesiones", "visitas", "visitantes"),
)
BOOKINGS = (
    *("bookings", "booking", "appointments", "conversions", "key events", "goals", "goal completions", "orders"),
    *("buchungen", "termine", "schlüsselereignisse", "réservations", "rendez vous", "conversiones", "reservas"),
    *("citas", "eventos clave"),
)
CODE = re.compile(r"[a-z0-9]{4,12}")
THOUSANDS = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+|\d+")
HEADERS_WITHIN, MOST_TROUBLES, LARGEST = 30, 5, 1_000_000_000
NO_CODES = "Export it with the column of `utm_content`, which holds the codes of posts."


def read_bookings(request: BookingsRequest) -> Bookings:
    """All files together; one that can't be read is told of, and the others count."""
    return joined(tuple(_read_one(name, request) for name in request.names))


def read(name: str, data: bytes) -> Bookings:
    """One file. Raises FileUnusable."""
    form = FORMATS.get(PurePath(name).suffix.lower())
    if form is None:
        hint = "Save the table as .csv, .xlsx or .ods."
        raise FileUnusable("Bookings are read from .csv, .xlsx and .ods.", hint=hint, path=name)
    lines = iter(form(name, data).lines)
    columns = _columns(name, lines)
    troubles: list[str] = []
    by_code: dict[str, Brought] = {}
    for line in lines:
        code = str(_at(line, columns["code"])).strip().lower()
        if not CODE.fullmatch(code):
            continue
        try:
            by_code[code] = by_code.get(code, Brought()) + _brought(line, columns)
        except ValueError as error:
            troubles.append(f"{name}, row {line.number}: “{error}” is no number, so the row doesn't count.")
    more = len(troubles) - MOST_TROUBLES
    return Bookings(
        by_code=by_code,
        has_clicks="clicks" in columns,
        has_bookings="bookings" in columns or "clicks" not in columns,
        troubles=(*troubles[:MOST_TROUBLES], *([f"{name}: {more} more such rows."] if more > 0 else [])),
    )


def _read_one(name: str, request: BookingsRequest) -> Bookings:
    try:
        return read(name, loading.load(name, root=request.folder, folder=request.folder))
    except FileUnusable as error:
        return Bookings(troubles=(f"{name}: {error.message} {error.hint}".strip(),))


def _columns(name: str, lines: Iterator[Line]) -> dict[str, int]:
    """Where the code and the numbers stand, by the first row that names a column of codes; remarks may stand above."""
    for line, _ in zip(lines, range(HEADERS_WITHIN), strict=False):
        headers = [plain(value) if isinstance(value, str) else "" for value in line.values]
        found = {
            field: at
            for field, names in (("code", CODES), ("clicks", CLICKS), ("bookings", BOOKINGS))
            if (at := next((headers.index(plain(one)) for one in names if plain(one) in headers), None)) is not None
        }
        if "code" in found:
            return found
    raise FileUnusable("No column of this table holds the codes of posts.", hint=NO_CODES, path=name)


def _brought(line: Line, columns: Mapping[str, int]) -> Brought:
    """Of one row; in a table without numbers each row is one booking."""
    clicks = _number(_at(line, columns["clicks"])) if "clicks" in columns else 0
    if "bookings" in columns:
        return Brought(clicks=clicks, bookings=_number(_at(line, columns["bookings"])))
    return Brought(clicks=clicks, bookings=0 if "clicks" in columns else 1)


def _at(line: Line, at: int) -> Value:
    return line.values[at] if at < len(line.values) else ""


def _number(value: Value) -> int:
    """A whole number that isn't negative, as programs and people write it; an empty cell is none."""
    words = str(value).strip()
    if isinstance(value, float) and value.is_integer():
        words = str(int(value))
    if words in ("", "-", "–"):
        return 0
    if isinstance(value, bool) or not THOUSANDS.fullmatch(words):
        raise ValueError(words[:40])
    number = int(re.sub(r"\D", "", words))
    if number > LARGEST:
        raise ValueError(words[:40])
    return number
