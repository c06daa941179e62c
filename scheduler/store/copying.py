"""A database in a file of its own, of one moment, while others use it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from scheduler.domain.errors import DatabaseUnusable
from scheduler.store.database import Database
from scheduler.store.schema import REVISIONS, VERSION_TABLE


def copy(database: Database, path: Path) -> None:
    """Without the sessions of people, which are like passwords. Raises DatabaseUnusable."""
    with database.ask() as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA secure_delete = ON")
        with target:
            target.execute("DELETE FROM sessions")


def prove(path: Path) -> None:
    """Raises DatabaseUnusable for a file that is damaged, newer than this program or somebody else's."""
    try:
        with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)) as found:
            is_whole = found.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            revision = found.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608
    except sqlite3.DatabaseError:
        is_whole, revision = False, None
    if not is_whole or revision is None:
        raise DatabaseUnusable("The database in this backup is damaged.", hint="Take another backup.")
    if revision[0] not in REVISIONS:
        words = "This backup was made by a newer version of Quotidian."
        raise DatabaseUnusable(words, hint="Upgrade Quotidian first.")
