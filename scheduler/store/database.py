"""The connection: how SQLite is set up so that a commit is durable, and how its failures are told.

Journal DELETE with synchronous EXTRA: that is FULL, and the directory is synced when the journal goes, without which a
power cut could roll back the last commit. WAL before SQLite 3.51.3 can corrupt with two connections.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from scheduler.domain.errors import DatabaseUnusable

BUSY_SECONDS = 10
PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
    # Otherwise INSERT OR REPLACE would delete from the append-only tables behind their triggers' back.
    "PRAGMA recursive_triggers = ON",
)
CAUSES = {
    sqlite3.SQLITE_BUSY: (
        f"The database was locked by another program for {BUSY_SECONDS} seconds.",
        "Close what else has the file open, then try again.",
    ),
    sqlite3.SQLITE_FULL: ("The disk is full.", "Free some space; nothing is lost."),
    sqlite3.SQLITE_READONLY: ("The database can't be written to.", "Give this user the right to write to it."),
    sqlite3.SQLITE_CANTOPEN: (
        "The database can't be opened.",
        "Check that the folder exists and that this user may write in it.",
    ),
    sqlite3.SQLITE_NOTADB: ("This file is not a database.", "Name another file, or restore a backup."),
    sqlite3.SQLITE_CORRUPT: ("The database is damaged.", "Restore a backup."),
}


class Database:
    """One SQLite file. Readers see one moment; writers come one at a time and wait their turn.

    `turn` is for the writers of this process: SQLite would have them ask again and again, with a sleep in between.
    """

    def __init__(self, url: str) -> None:
        self.turn = Lock()
        self.path = _path(url)
        # The connection that wrote last is the one whose pages are still right.
        self._engine = create_engine(
            f"sqlite:///{self.path}", connect_args={"timeout": BUSY_SECONDS}, pool_use_lifo=True
        )
        self._writer = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        event.listen(self._engine, "connect", _set_up)
        event.listen(self._engine, "begin", _begin)

    @property
    def url(self) -> str:
        """The address with an absolute path, for another process."""
        return f"sqlite:///{self.path}"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A short transaction that sees one moment. Raises DatabaseUnusable."""
        with self._told_in_words(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A short transaction, durable when it is over. Raises DatabaseUnusable; IntegrityError is the caller's."""
        with self._told_in_words(), self.turn, self._writer.begin() as connection:
            yield connection

    @contextmanager
    def ask(self) -> Iterator[sqlite3.Connection]:
        """The driver's own connection, for single questions: each sees one moment. Raises DatabaseUnusable."""
        with self._told_in_words(), closing(self._engine.raw_connection()) as pooled:
            yield plain(pooled)

    @contextmanager
    def durable(self) -> Iterator[sqlite3.Connection]:
        """As `write` on the driver's own connection, for whoever has the turn. Raises DatabaseUnusable."""
        with self.ask() as connection:
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    @contextmanager
    def _told_in_words(self) -> Iterator[None]:
        try:
            yield
        except (IntegrityError, sqlite3.IntegrityError):
            raise
        except (DatabaseError, sqlite3.DatabaseError) as error:
            raise _in_words(error, self.path) from error


def plain(connection: PoolProxiedConnection) -> sqlite3.Connection:
    """The driver's connection beneath SQLAlchemy's."""
    driver: sqlite3.Connection = connection.driver_connection  # type: ignore[assignment]
    return driver


def _path(url: str) -> Path:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseUnusable("This is not a database URL.", hint="Write sqlite:///path/to/file.db.") from None
    if parsed.drivername != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise DatabaseUnusable("Only an SQLite file is supported.", hint="Write sqlite:///path/to/file.db.")
    path = Path(parsed.database).resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusable(f"The database's folder can't be made: {error.strerror}.", path=str(path)) from None
    return path


def _set_up(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN is deferred and comes late; `_begin` says it instead.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _in_words(error: DatabaseError | sqlite3.DatabaseError, path: Path) -> DatabaseUnusable:
    cause = error.orig if isinstance(error, DatabaseError) else error
    # The low byte is the primary result code; the rest only says where it came from.
    primary = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    sentence, hint = CAUSES.get(primary, (f"The database refused: {cause}.", ""))
    return DatabaseUnusable(sentence, hint=hint, path=str(path))
