"""Which channels and campaigns stand still: asked at every claim, so that a pause holds for a running worker too."""

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
        return {pause.channel: pause for pause in self._all() if pause.channel}

    def campaigns(self) -> Mapping[str, Pause]:
        """The longest pause first."""
        return {pause.campaign: pause for pause in self._all() if pause.campaign}

    def add(self, pause: Pause, entry: AuditEntry) -> bool:
        """The two names are the key; what stands and what comes are weighed in one transaction."""
        same = select(pauses).where(pauses.c.channel == pause.channel, pauses.c.campaign == pause.campaign)
        with self._database.write() as connection:
            row = connection.execute(same).one_or_none()
            added = row is None or Pause(**row._mapping).gives_way_to(pause)
            if added:
                connection.execute(insert(pauses).prefix_with("OR REPLACE").values(**asdict(pause)))
                add_audit(connection, entry)
        return added

    def end(self, channel: str, entry: AuditEntry, *, campaign: str = "", over_at: datetime | None = None) -> bool:
        """The row goes; the audit log keeps both."""
        gone = delete(pauses).where(pauses.c.channel == channel, pauses.c.campaign == campaign)
        if over_at is not None:
            gone = gone.where(pauses.c.until <= over_at)
        with self._database.write() as connection:
            ended = connection.execute(gone).rowcount == 1
            if ended:
                add_audit(connection, entry)
        return ended

    def _all(self) -> list[Pause]:
        query = select(pauses).order_by(pauses.c.since, pauses.c.channel, pauses.c.campaign)
        with self._database.read() as connection:
            return [Pause(**row._mapping) for row in connection.execute(query)]
