"""Leafing through rows by time: from one place to the next, without ever reading more than a page or a search may."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, tuple_

SCANNED = 2_000
"""So many rows are looked through for words at once; the page then offers to go on."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page begins: right before the row of this instant (UTC) and id."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf(Generic[T]):
    """One page, newest first. `after` is where the next one begins, None at the end; `looked_back_to` is set when the
    search for words stopped on its way."""

    rows: tuple[T, ...]
    after: Place | None = None
    looked_back_to: datetime | None = None


def every(read: Callable[[Place | None], Leaf[T]]) -> Iterator[T]:
    """All rows of all pages, a lot at a time: whoever writes meanwhile doesn't wait for the end."""
    before: Place | None = None
    while True:
        leaf = read(before)
        yield from leaf.rows
        before = leaf.after
        if before is None:
            return


def leaf_of(
    connection: Connection, query: Select[Any], words: str, most: int, but: Collection[str] = ()
) -> Leaf[Row[Any]]:
    """Rows of (id, at, those to look for words in), as many as wanted out of as many as may be looked through."""
    scans = bool(words or but)
    limit = SCANNED if scans else most + 1
    found: list[Row[Any]] = []
    last, looked = None, 0
    for row in connection.execute(query.limit(limit)):
        if len(found) == most:
            return Leaf(rows=tuple(found), after=last)
        last, looked = Place(at=row.at, id=row.id), looked + 1
        if row[2] not in but and any(words.casefold() in (text or "").casefold() for text in row[2:]):
            found.append(row)
    if last and scans and looked == limit:
        return Leaf(rows=tuple(found), after=last, looked_back_to=last.at)
    return Leaf(rows=tuple(found))


def older_than(at: ColumnElement[Any], number: ColumnElement[Any], place: Place | None) -> list[ColumnElement[bool]]:
    """Twice, as the index is on the instant alone."""
    return [] if place is None else [at <= place.at, tuple_(at, number) < (place.at, place.id)]


def newer_than(at: ColumnElement[Any], number: ColumnElement[Any], place: Place | None) -> list[ColumnElement[bool]]:
    return [] if place is None else [at >= place.at, tuple_(at, number) > (place.at, place.id)]
