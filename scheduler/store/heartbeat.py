"""The worker's sign of life: one row, written again and again."""

from __future__ import annotations

from dataclasses import asdict, fields

from sqlalchemy import insert, select

from scheduler.domain.heartbeat import Heartbeat
from scheduler.store.database import Database
from scheduler.store.tables import heartbeat

NAMES = tuple(field.name for field in fields(Heartbeat))


class StoredHeartbeat:
    """What the worker writes and people ask for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def beat(self, sign: Heartbeat) -> None:
        """In place of the last one."""
        with self._database.write() as connection:
            connection.execute(insert(heartbeat).prefix_with("OR REPLACE").values(id=1, **asdict(sign)))

    def last(self) -> Heartbeat | None:
        """By the only key."""
        with self._database.read() as connection:
            row = connection.execute(select(*(heartbeat.c[name] for name in NAMES))).one_or_none()
        return Heartbeat(**row._mapping) if row else None
