"""What the pages say of tables of ready-made posts is what the program reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.readers.queuefiles import grid
from scheduler.readers.queuefiles.cells import moment_of
from scheduler.readers.queuefiles.files import FORMATS, read
from scheduler.readers.queuefiles.headers import ALIASES
from scheduler.readers.sizes import largest_of
from tests.house.pages import DOCS, ROOT, block, rows, section, text_of

REFERENCE = DOCS / "reference" / "queue-files.md"
HOW_TO = DOCS / "how-to" / "ready-made-posts.md"


def test_every_column_and_each_of_its_names_is_documented() -> None:
    told = {row[0].strip("`"): row[1].split(", ") for row in rows(section(REFERENCE, "## Columns"))}
    known = {str(field).replace("_", " "): list(names) for field, names in ALIASES.items()}
    assert {name: sorted([name, *others]) for name, others in told.items()} == {
        name: sorted({name, *others}) for name, others in known.items()
    }


def test_every_kind_of_file_is_documented_with_its_size() -> None:
    table = text_of(REFERENCE).split("## Columns")[0]
    for suffix in FORMATS:
        (row,) = [line for line in table.splitlines() if f"`{suffix}`" in line]
        assert f"{largest_of('x' + suffix) // 1_000_000} MB" in row
    for limit in (f"{grid.MOST_ROWS:,} rows", f"{grid.MOST_COLUMNS} columns", f"{grid.LONGEST_CELL:,} characters"):
        assert limit in table


@pytest.mark.parametrize(
    "words",
    [
        *("2026-12-01 09:00", "2026-12-01T09:00:00+01:00", "1.12.2026 9:00 Uhr", "1.12.26, 9 Uhr 30"),
        *("1 December 2026 at 9am", "Dec 1, 2026 9:00 AM", "1er décembre 2026 à 9h30"),
        *("1 de diciembre de 2026 a las 9:00", "46357.375", "2026/12/01 9:00 PM"),
    ],
)
def test_a_date_is_read_as_it_is_documented(words: str) -> None:
    assert words in text_of(REFERENCE)
    moment = moment_of(words, None, is_1904=False)
    assert moment.day
    assert (moment.day.isoformat(), moment.time is not None) == ("2026-12-01", True)


@pytest.mark.parametrize(
    ("page", "info", "posts"),
    [
        (HOW_TO, "csv posts/queue/december.csv", 3),
        (HOW_TO, "toml posts/queue/december.toml", 2),
        (ROOT / "posts" / "README.md", "csv", 2),
    ],
)
def test_the_example_tables_are_read_without_a_complaint(page: Path, info: str, posts: int) -> None:
    name = info.split()[-1] if " " in info else "posts.csv"
    file = read(name, block(page, info).encode())
    assert (len(file.rows), file.complaints, file.notes) == (posts, (), ())
