"""Which channels stand still: asked at every claim, so that a pause holds for a running worker too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

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
        """The channel is the key; what stands and what comes are weighed in one transaction."""
        with self._database.write() as connection:
            row = connection.execute(select(pauses).where(pauses.c.channel == pause.channel)).one_or_none()
            added = row is None or Pause(**row._mapping).gives_way_to(pause)
            if added:
                connection.execute(insert(pauses).prefix_with("OR REPLACE").values(**asdict(pause)))
                add_audit(connection, entry)
        return added

    def end(self, channel: str, entry: AuditEntry, *, over_at: datetime | None = None) -> bool:
        """The row goes; the audit log keeps both."""
        standing = delete(pauses).where(pauses.c.channel == channel)
        if over_at is not None:
            standing = standing.where(pauses.c.until <= over_at)
        with self._database.write() as connection:
            ended = connection.execute(standing).rowcount == 1
            if ended:
                add_audit(connection, entry)
        return ended
