"""Which channels stand still: asked at every claim, so that a pause holds for a running worker too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import delete, insert, select

from scheduler.domain.audit import AuditEntry
from scheduler.domain.pause import Pause
from scheduler.store.database import Database
from scheduler.store.records import add_audit
from scheduler.store.tables import pauses


class StoredPauses:
    """Keeps ports.Pauses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Mapping[str, Pause]:
        """The longest pause first."""
        with self._database.read() as connection:
            rows = connection.execute(select(pauses).order_by(pauses.c.since, pauses.c.channel))
            return {row.channel: Pause(**row._mapping) for row in rows}

    def add(self, pause: Pause, entry: AuditEntry) -> bool:
        """The channel is the key."""
        with self._database.write() as connection:
            row = insert(pauses).prefix_with("OR IGNORE").values(**asdict(pause))
            added = connection.execute(row).rowcount == 1
            if added:
                add_audit(connection, entry)
        return added

    def end(self, channel: str, entry: AuditEntry) -> bool:
        """The row goes; the audit log keeps both."""
        with self._database.write() as connection:
            ended = connection.execute(delete(pauses).where(pauses.c.channel == channel)).rowcount == 1
            if ended:
                add_audit(connection, entry)
        return ended
