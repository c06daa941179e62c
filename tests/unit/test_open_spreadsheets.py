"""ODS, and midnight: cells as LibreOffice and exports write them, and documents that are out to harm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scheduler.domain.errors import FileUnusable
from scheduler.readers.queuefiles.files import read
from tests.opendocument import COVERED, Typed, clock, document, moment
from tests.sheet import TIME, Cell, stamp, workbook
from tests.unit.test_twenty_spreadsheets import FAMILY, NINE, WALK, Made, check, csv

OPEN = {
    "LibreOffice, ODS": Made(
        name="posts.ods",
        data=document(
            [
                ["Text", "Datum", "Uhrzeit"],
                [WALK, moment("2026-12-01T09:00:00"), ""],
                [f"{FAMILY}\nTwo lines", moment("2026-12-01"), clock("PT09H00M00S")],
                ["No time", moment("2026-12-01"), ""],
                ["Formula", Typed(kind="string", words="#REF!", attributes='table:formula="of:=[.Z9]"'), ""],
                ["Unworked", Typed(attributes='table:formula="of:=NOW()"'), ""],
                ["Hidden", "1.12.2026 9:00 Uhr", ""],
                ["Words", "13.12.2026 9:00 Uhr", ""],
            ],
            hidden=[7],
            before={"Ideas": [["one", "two"], ["three", "four"]]},
        ),
        posts={2: (WALK, NINE), 3: (f"{FAMILY}\nTwo lines", NINE), 8: ("Words", "2026-12-13T09:00")},
        refused=("B4", "B5", "B6"),
        note="Hidden rows are left out: 7.",
    ),
    "LibreOffice, ODS with merged and repeated cells": Made(
        name="posts.ods",
        data=document(
            [
                ["Post", "When"],
                ["One", Typed(kind="date", value="2026-12-01T09:00:00", attributes='table:number-rows-spanned="2"')],
                ["Two", COVERED],
                ["Three", ""],
            ],
        ),
        posts={2: ("One", NINE), 3: ("Two", NINE), 4: ("Three", "")},
    ),
    "Google, CSV of a column of days": Made(
        name="posts.csv",
        data=csv("Post,Date", "One,2026-12-01 00:00:00", "Two,2026-12-01 09:00:00"),
        posts={3: ("Two", NINE)},
        refused=("B2",),
    ),
    "pandas, CSV with the time beside the day": Made(
        name="posts.csv",
        data=csv("Post,Date,Time", "One,2026-12-01 00:00:00,09:00:00", "Two,2026-12-01,00:00"),
        posts={2: ("One", NINE), 3: ("Two", "2026-12-01T00:00")},
    ),
    "Excel, a day at midnight and a column of times": Made(
        name="posts.xlsx",
        data=workbook(
            [
                ["Post", "Date", "Time"],
                ["One", stamp(46357.0), Cell(number=0.375, style=TIME)],
                ["Two", stamp(46357.0), ""],
            ]
        ),
        posts={2: ("One", NINE)},
        refused=("B3",),
    ),
}


@pytest.mark.parametrize("made", OPEN.values(), ids=OPEN)
def test_every_cell_is_read_as_it_was_meant_or_refused(made: Made) -> None:
    check(made)


HARM = {
    "empty": lambda: document([]),
    "locked": lambda: document([["text"]], parts={"META-INF/manifest.xml": b"<m><encryption-data/></m>"}),
    "rows": lambda: document([["text"], ["One"]], repeated={2: 2_000_000}),
    "columns": lambda: document([["text", Typed(words="x", attributes='table:number-columns-repeated="9999999"')]]),
    "entities": lambda: document([], parts={"content.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
    "broken": lambda: document([], parts={"content.xml": b"<a"}),
    "counts": lambda: document([["text", Typed(words="x", attributes='table:number-columns-repeated="many"')]]),
    "large": lambda: document([], parts={"content.xml": b" " * 25_000_000}),
    "deep": lambda: document([], parts={"content.xml": b"<a>" * 100_000}),
    "other": lambda: workbook([["text"], ["One"]]),
}


@pytest.mark.parametrize("make", HARM.values(), ids=HARM)
def test_a_document_that_is_out_to_harm_or_no_table_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(FileUnusable) as caught:
        read("posts.ods", make())
    assert caught.value.path == "posts.ods"
    assert caught.value.hint
