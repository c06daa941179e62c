"""New databases as copies of one: a fiftieth of a second less for each test that has a workspace of its own.

A real one is made by tests/integration/test_store_opening.py, and by every command that runs as a process of its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from scheduler import store
from scheduler.store.database import Database
from scheduler.store.schema import bring_up_to_date


@pytest.fixture(scope="session")
def blank_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that was made in earnest, with nothing in it."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    made = Database(f"sqlite:///{path}")
    bring_up_to_date(made)
    made.close()
    return path


@pytest.fixture(scope="module", autouse=True)
def copied_databases(blank_database: Path) -> Iterator[None]:
    """For the tests of a folder whose conftest has it."""

    def bring(database: Database) -> None:
        if not database.path.exists():
            _copy(blank_database, database.path)
        bring_up_to_date(database)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "bring_up_to_date", bring)
        yield


def _copy(model: Path, path: Path) -> None:
    """Whole at once, and never over one that somebody else was quicker to make. What fails here, the real way tells."""
    whole = path.with_name(uuid4().hex)
    with suppress(OSError):
        shutil.copyfile(model, whole)
        os.link(whole, path)
    with suppress(OSError):
        whole.unlink()
