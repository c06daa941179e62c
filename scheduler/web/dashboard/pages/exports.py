"""The log's pages as files, filtered as on the screen, sent row by row so that no length fills the memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice

from scheduler.domain.spreadsheet import sheet
from scheduler.store.screens.leafing import every
from scheduler.store.screens.log import LOT, LogRow
from scheduler.usecases.exports import Record, change_record, told, try_record
from scheduler.web.dashboard.pages.log import asked_of, but, filter_of
from scheduler.web.dashboard.pages.log import told as told_of
from scheduler.web.dashboard.visit import Answer, Page, Visit

Rows = Callable[[Visit], Iterator[Record]]


def deliveries(visit: Visit) -> Iterator[Record]:
    """One record a delivery."""
    read = partial(visit.app.store.log_screen.deliveries, filter_of(asked_of(visit), visit), most=LOT)
    return (_delivery(row, visit) for row in every(lambda before: read(before=before)))


def tries(visit: Visit) -> Iterator[Record]:
    """One record a try."""
    read = partial(visit.app.store.log_screen.tries, filter_of(asked_of(visit), visit), most=LOT)
    return (try_record(one, visit.zone) for one in every(lambda before: read(before=before)))


def changes(visit: Visit) -> Iterator[Record]:
    """One record a change."""
    asked = asked_of(visit)
    read = partial(visit.app.store.log_screen.changes, filter_of(asked, visit), but=but(asked), most=LOT)
    return (change_record(one, visit.zone) for one in every(lambda before: read(before=before)))


def _delivery(row: LogRow, visit: Visit) -> Record:
    return {
        "due_at": told(row.due_at, visit.zone),
        "sent_at": told(row.sent_at, visit.zone) if row.sent_at else "",
        "code": row.code,
        "channel": row.channel,
        "article": row.article,
        "post": row.post_id,
        "state": row.state.value,
        "approved_by": row.approved_by,
        "tries": len(row.tries),
        "url": row.url,
        "what_happened": told_of(row, visit.now),
        "text": row.text,
    }


def as_csv(name: str, rows: Rows, visit: Visit) -> Answer:
    """For a spreadsheet, which computes none of it."""
    return _file(f"{name}.csv", "text/csv; charset=utf-8", _lines(rows(visit)))


def as_json(name: str, rows: Rows, visit: Visit) -> Answer:
    """One array."""
    return _file(f"{name}.json", "application/json", _array(rows(visit)))


def _lines(records: Iterator[Record]) -> Iterator[bytes]:
    first = next(records, None)
    if first is None:
        return
    yield sheet([first]).encode()
    for lot in _lots(chain([first], records)):
        yield sheet([str(value) for value in record.values()] for record in lot).encode()


def _array(records: Iterator[Record]) -> Iterator[bytes]:
    yield b"["
    comma = b""
    for lot in _lots(records):
        yield comma + b",\n".join(json.dumps(record, ensure_ascii=True).encode() for record in lot)
        comma = b",\n"
    yield b"]\n"


def _lots(records: Iterable[Record]) -> Iterator[list[Record]]:
    left = iter(records)
    while lot := list(islice(left, LOT)):
        yield lot


def _file(name: str, kind: str, chunks: Iterator[bytes]) -> Answer:
    return Answer(chunks=chunks, kind=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


KINDS: tuple[tuple[str, str, Rows], ...] = (
    ("/log", "deliveries", deliveries),
    ("/log/tries", "tries", tries),
    ("/log/changes", "changes", changes),
)
PAGES = tuple(
    Page(path=f"{path}.{ending}", view=partial(make, name, rows))
    for path, name, rows in KINDS
    for ending, make in (("csv", as_csv), ("json", as_json))
)
