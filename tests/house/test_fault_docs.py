"""The table of faults in the documents is the one that the tests try."""

from __future__ import annotations

from scheduler.testing.faults import Fault
from tests.house.pages import DOCS, rows, section, text_of
from tests.integration.matrix import EXPECTED

PAGE = DOCS / "explanation" / "never-twice.md"


def test_the_faults_and_what_comes_next_are_those_that_are_tried() -> None:
    told = [tuple(row) for row in rows(section(PAGE, "## Every fault at every step"))]
    tried = [(where.value, *(f"`{state}`" for state in after.values())) for where, after in EXPECTED.items()]

    assert told == tried


def test_the_number_of_faults_is_told() -> None:
    assert f"Each of the {len(Fault)} faults" in text_of(PAGE)
