"""New databases as copies of one, and commits that wait for no disk: a test's time goes into what it tells of.

Tables are made in earnest in tests/integration/test_store_opening.py and by every command that is a process of its own;
what of a commit outlasts a power cut is shown by tests/integration/test_power_cut.py.
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
from scheduler.store import database
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
def quick_databases(blank_database: Path) -> Iterator[None]:
    """For the tests of a folder whose conftest has it."""

    def bring(opened: Database) -> None:
        if not opened.path.exists():
            _copy(blank_database, opened.path)
        bring_up_to_date(opened)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "bring_up_to_date", bring)
        patch.setattr(database, "PRAGMAS", (*database.PRAGMAS, "PRAGMA synchronous = OFF"))
        yield


def _copy(model: Path, path: Path) -> None:
    """Whole at once, and never over one that somebody else was quicker to make. What fails here, the real way tells."""
    whole = path.with_name(uuid4().hex)
    with suppress(OSError):
        shutil.copyfile(model, whole)
        os.link(whole, path)
    with suppress(OSError):
        whole.unlink()
