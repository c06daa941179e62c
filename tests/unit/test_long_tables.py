"""Tables and documents that are told as they come: they fit eighty columns, and are whole in a pipe."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cli.common import GAP
from scheduler.cli.streaming import LEAST, LOT, SHORT, array_of, table_of, widths_of

COLUMNS = ["when", "channel", "code", "outcome", "article", "what happened"]
ROW = ["2026-11-22 08:30", "bluesky", "k3f9x2a", "published", "Five ways to look after your back", "It is out. " * 9]
CELLS = st.lists(st.text(alphabet="ab c", max_size=90), min_size=6, max_size=6)


def test_what_is_short_stays_whole_at_eighty_columns_and_the_long_ones_share_the_rest() -> None:
    widths = widths_of(COLUMNS, [ROW], 80)
    assert sum(widths) + GAP * (len(COLUMNS) - 1) <= 80
    assert widths[:4] == [16, 7, 7, 9]
    assert min(widths) >= min(LEAST, *map(len, COLUMNS))


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_a_column_is_never_wider_than_what_stands_in_it(rows: list[list[str]]) -> None:
    widths = widths_of(COLUMNS, rows, 80)
    for at, width in enumerate(widths):
        needed = max(len(COLUMNS[at]), *(len(row[at]) for row in rows))
        assert width == needed if needed <= SHORT else LEAST <= width <= needed


def test_the_first_rows_are_told_before_the_last_ones_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []

    def rows() -> Iterator[list[str]]:
        for _ in range(LOT + 1):
            yield ROW
        told.append(capsys.readouterr().out)

    table_of(COLUMNS, rows(), empty="Nothing.")
    assert told[0].splitlines()[0] == "\t".join(COLUMNS)
    assert len(told[0].splitlines()) == LOT + 1


@pytest.mark.parametrize("count", [0, 1, LOT, LOT + 1])
def test_a_document_that_is_written_as_it_comes_is_one_document(capsys: pytest.CaptureFixture[str], count: int) -> None:
    documents = [{"words": f"\x1b[2J„Grüße“ {number}"} for number in range(count)]
    array_of(documents)
    printed = capsys.readouterr().out
    assert json.loads(printed) == documents
    assert "\x1b" not in printed
