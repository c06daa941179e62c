"""What posts brought is read from the tables that booking pages and analytics programs export."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.bookings import Bookings, Brought, joined
from scheduler.domain.errors import FileUnusable
from scheduler.readers.bookings import read
from tests.sheet import Cell, workbook

ANALYTICS = """\
# ----------------------------------------
# Traffic acquisition: Session manual ad content
# Start date: 20261001
# ----------------------------------------

Session manual ad content,Sessions,Engaged sessions,Key events
k3f9x2a,"1,204",900,17
(not set),88,3,0
u65qqz8,9,4,
"""
LIST = "Termin;Name;utm_content\n12.10.2026;A. B.;k3f9x2a\n13.10.2026;C. D.;K3F9X2A\n14.10.2026;E. F.;\n"
VISITS = "Campaign Content\tVisits\nk3f9x2a\t3\n"


def test_an_export_of_analytics_tells_clicks_and_bookings_by_code() -> None:
    found = read("october.csv", ANALYTICS.encode())
    assert found.by_code == {"k3f9x2a": Brought(clicks=1204, bookings=17), "u65qqz8": Brought(clicks=9)}
    assert (found.has_clicks, found.has_bookings, found.troubles) == (True, True, ())


def test_in_a_list_without_numbers_each_row_is_a_booking() -> None:
    found = read("bookings.csv", LIST.encode("cp1252"))
    assert found.by_code == {"k3f9x2a": Brought(bookings=2)}
    assert (found.has_clicks, found.has_bookings) == (False, True)


def test_visits_alone_say_nothing_of_bookings() -> None:
    found = read("visits.tsv", VISITS.encode())
    assert found.by_code == {"k3f9x2a": Brought(clicks=3)}
    assert (found.has_clicks, found.has_bookings) == (True, False)


def test_a_spreadsheet_is_read_as_well() -> None:
    data = workbook([["Code", "Bookings"], ["k3f9x2a", Cell(number=4)], ["u65qqz8", Cell(number=2.0)]])
    assert read("bookings.xlsx", data).by_code == {"k3f9x2a": Brought(bookings=4), "u65qqz8": Brought(bookings=2)}


@pytest.mark.parametrize("cell", ["many", "-3", "1.5", "12,34", "1e9", "9" * 30, "TRUE", "=1+1"])
def test_what_is_no_whole_number_is_told_with_its_row_and_does_not_count(cell: str) -> None:
    found = read("october.csv", f'code;clicks\nk3f9x2a;"{cell}"\nu65qqz8;5\n'.encode())
    assert found.by_code == {"u65qqz8": Brought(clicks=5)}
    assert found.troubles[0].startswith("october.csv, row 2: “")


def test_a_thousand_wrong_rows_are_told_in_a_few_lines() -> None:
    rows = "".join(f"k3f9{number:04},x\n" for number in range(1_000))
    assert len(read("october.csv", f"code,clicks\n{rows}".encode()).troubles) == 6


@pytest.mark.parametrize(
    ("name", "text"),
    [("october.csv", "When,Who\n1,2\n"), ("october.csv", ""), ("october.csv", "x"), ("october.pdf", "code\n")],
)
def test_a_table_without_codes_is_refused_with_a_way_out(name: str, text: str) -> None:
    with pytest.raises(FileUnusable) as told:
        read(name, text.encode())
    assert told.value.hint
    assert told.value.path == name


def test_files_tell_of_times_of_their_own_and_add_up() -> None:
    one = Bookings(by_code={"k3f9x2a": Brought(clicks=3)}, has_clicks=True)
    other = Bookings(by_code={"k3f9x2a": Brought(bookings=1)}, has_bookings=True, troubles=("x",))
    both = joined((one, other))
    assert both.by_code == {"k3f9x2a": Brought(clicks=3, bookings=1)}
    assert (both.has_clicks, both.has_bookings, both.troubles) == (True, True, ("x",))


CODES = st.text("abcdefghkmnpqrstuvwxyz23456789", min_size=4, max_size=9)


@given(st.lists(st.tuples(CODES, st.integers(0, 10**6), st.integers(0, 10**4)), min_size=1, max_size=40))
def test_nothing_that_was_counted_is_lost_or_counted_twice(rows: list[tuple[str, int, int]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([("utm_content", "clicks", "bookings"), *((c, f"{n:,}", b) for c, n, b in rows)])
    found = read("all.csv", text.getvalue().encode())
    assert sum(one.clicks for one in found.by_code.values()) == sum(clicks for _, clicks, _ in rows)
    assert sum(one.bookings for one in found.by_code.values()) == sum(bookings for _, _, bookings in rows)
