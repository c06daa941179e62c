"""The networks' own record outlives its writers, and half a line is no post."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from scheduler.testing.ledger import FileLedger
from scheduler.testing.samples import NINE, outgoing


def test_everybody_sees_what_anybody_adds(tmp_path: Path) -> None:
    one, two = FileLedger(tmp_path / "record"), FileLedger(tmp_path / "record")
    first = one.add(replace(outgoing(tmp_path, code="first01"), text="Two\nlines"), NINE)
    second = two.add(outgoing(tmp_path, code="second2"), NINE)

    assert list(one.everything()) == list(two.everything()) == [first, second]
    assert two.of("first01") == [first]


def test_a_writer_that_died_in_the_middle_leaves_no_post(tmp_path: Path) -> None:
    ledger = FileLedger(tmp_path / "record")
    with (tmp_path / "record").open("a") as file:
        file.write('\n{"remote_id": "1", "co')
    assert ledger.everything() == []
    added = ledger.add(outgoing(tmp_path), NINE)

    assert list(ledger.everything()) == [added]


def test_who_may_not_any_more_adds_nothing(tmp_path: Path) -> None:
    ledger = FileLedger(tmp_path / "record")

    assert ledger.add(outgoing(tmp_path), NINE, may=lambda: False) is None
    assert os.path.getsize(tmp_path / "record") == 0
