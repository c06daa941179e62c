"""Brings a database to the schema that this program knows; Alembic is loaded only in a child, only for an upgrade."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from scheduler.domain.errors import DatabaseUnusable
from scheduler.store.database import Database
from scheduler.store.triggers import metadata

# Oldest first; a test compares them with the files in migrations/versions.
REVISIONS = tuple(f"{number:04}" for number in range(1, 18))
VERSION_TABLE = "alembic_version"
UPGRADE_SECONDS = 600
PACKAGE_ROOT = Path(__file__).parents[2]


def bring_up_to_date(database: Database) -> None:
    """Makes a new database, upgrades an older one. Raises DatabaseUnusable for a newer or a foreign one."""
    with database.read() as connection:
        revision = _revision(connection)
    if revision == REVISIONS[-1]:
        return
    if revision is None:
        with database.write() as connection:
            _create(connection)
    elif revision == "" or revision in REVISIONS:
        _upgrade_in_a_child(database)
    else:
        raise DatabaseUnusable(
            "The database was made by a newer version of Quotidian.",
            hint="Upgrade Quotidian, or restore the backup that was made before the upgrade.",
            path=str(database.path),
        )


def _revision(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if VERSION_TABLE not in tables:
        raise DatabaseUnusable("This database belongs to another program.", hint="Name another file.")
    return connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) or ""  # noqa: S608


def _create(connection: Connection) -> None:
    # Somebody may have made it between the look and this transaction.
    if _revision(connection) is None:
        metadata.create_all(connection, checkfirst=False)
        connection.execute(text(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text(f"INSERT INTO {VERSION_TABLE} VALUES (:head)"), {"head": REVISIONS[-1]})  # noqa: S608


def _upgrade_in_a_child(database: Database) -> None:
    database.close()
    done = subprocess.run(
        [sys.executable, "-P", "-m", "scheduler.store.upgrade"],
        input=database.url,
        text=True,
        capture_output=True,
        timeout=UPGRADE_SECONDS,
        env={**os.environ, "PYTHONPATH": str(PACKAGE_ROOT)},
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise DatabaseUnusable(f"The database could not be upgraded: {reason}", path=str(database.path))
