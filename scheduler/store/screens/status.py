"""What `status` asks: how many stand where, what comes next, how late the last day was; counted where the rows are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, type_coerce

from scheduler.domain.delivery import State
from scheduler.store.columns import MICROSECOND, Instant
from scheduler.store.database import Database
from scheduler.store.indices import IS_OUT
from scheduler.store.tables import IS_SCHEDULED, READY_AT, deliveries


class Due(NamedTuple):
    """A scheduled delivery as far as a forecast has to know it."""

    channel: str
    due_at: datetime
    state: State = State.SCHEDULED


class StoredStatusScreen:
    """Keeps usecases.status.Glance."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self) -> Mapping[tuple[str, State], int]:
        """One walk through the index on channel, due instant and state."""
        by = (deliveries.c.channel, deliveries.c.state)
        with self._database.read() as connection:
            rows = connection.execute(select(*by, func.count()).group_by(*by))
            return {(channel, state): number for channel, state, number in rows}

    def first(self, channel: str) -> tuple[str, datetime] | None:
        """By the index on what is ready."""
        at = type_coerce(READY_AT, Instant)
        query = select(deliveries.c.code, at).where(IS_SCHEDULED, deliveries.c.channel == channel)
        with self._database.read() as connection:
            row = connection.execute(query.order_by(READY_AT, deliveries.c.id).limit(1)).first()
        return (row[0], row[1]) if row else None

    def due(self, channel: str, *, now: datetime) -> int:
        """By the same index."""
        is_due = type_coerce(READY_AT, Instant) <= now
        query = select(func.count()).where(IS_SCHEDULED, deliveries.c.channel == channel, is_due)
        with self._database.read() as connection:
            return connection.scalar(query.select_from(deliveries)) or 0

    def seconds_late(self, channel: str, *, since: datetime) -> Sequence[float]:
        """By the index on what is out."""
        late = func.max(deliveries.c.sent_at - deliveries.c.due_at, 0)
        query = select(type_coerce(late, READY_AT.type).label("late")).select_from(deliveries)
        query = query.where(IS_OUT, deliveries.c.sent_at > since, deliveries.c.channel == channel)
        with self._database.read() as connection:
            return [number * MICROSECOND.total_seconds() for number in connection.scalars(query.order_by("late"))]

    def planned(self) -> Iterator[Due]:
        """By the index on state and due instant, row by row: a long calendar would fill the memory."""
        query = select(deliveries.c.channel, deliveries.c.due_at).where(deliveries.c.state == State.SCHEDULED)
        with self._database.read() as connection:
            for channel, due_at in connection.execute(query):
                yield Due(channel, due_at)
