"""Upgrades one database with Alembic, in a process of its own: the worker that waits for years never loads Alembic.

The URL comes on standard input, where nobody else on the machine can read it.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config

from scheduler.store.database import Database
from scheduler.store.schema import REVISIONS


def configuration() -> Config:
    """Alembic's settings: where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def upgrade(url: str) -> None:
    """Copies the file first, then runs every missing migration in one transaction."""
    database = Database(url)
    _back_up(database.path)
    config = configuration()
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    database.close()


def _back_up(path: Path) -> None:
    copy = path.with_name(f"{path.name}.before-{REVISIONS[-1]}")
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    part.replace(copy)


if __name__ == "__main__":
    upgrade(sys.stdin.read())
