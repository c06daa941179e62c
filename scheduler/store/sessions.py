"""Who is signed in to the dashboard: kept here, so that a session can be ended, and outlives a restart."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select

from scheduler.domain.session import Session
from scheduler.store.database import Database
from scheduler.store.tables import sessions


class StoredSessions:
    """Keeps ports.Sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, session: Session, *, now: datetime) -> None:
        """What is over goes by the way."""
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.until <= now))
            connection.execute(insert(sessions).values(**asdict(session)))

    def get(self, key: str) -> Session | None:
        """None when it was ended or never was."""
        with self._database.read() as connection:
            row = connection.execute(select(sessions).where(sessions.c.key == key)).first()
        return Session(**row._mapping) if row else None

    def end(self, key: str) -> None:
        """For good."""
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.key == key))

    def end_all(self) -> None:
        """As the password is another."""
        with self._database.write() as connection:
            connection.execute(delete(sessions))
