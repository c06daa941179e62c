"""What `status` asks: how many stand where, what comes next, how late the last day was; counted where the rows are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, type_coerce

from scheduler.domain.delivery import State
from scheduler.store.columns import EPOCH, MICROSECOND, Instant, to_number
from scheduler.store.database import Database
from scheduler.store.tables import IS_SCHEDULED, READY_AT, deliveries, posts

REST = State.PUBLISHED
"""Nearly all are: they are what is left of all when the others are counted."""
# Left alone, SQLite would look at all that a channel ever sent.
LATE = f"""
    SELECT max(sent_at - due_at, 0) AS late FROM deliveries WHERE id IN (
        SELECT id FROM deliveries INDEXED BY ix_deliveries_published
        WHERE state = '{State.PUBLISHED.value}' AND sent_at > ? AND channel = ?
    ) ORDER BY late
"""  # noqa: S608
COMING = f"SELECT channel, due_at FROM deliveries WHERE state = '{State.SCHEDULED.value}'"  # noqa: S608
SECOND = 1_000_000


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
        """By the indexes on the channel and on the state."""
        of, state = deliveries.c.channel, deliveries.c.state
        others = select(of, state, func.count()).where(state.in_(set(State) - {REST})).group_by(of, state)
        with self._database.read() as connection:
            found = {(channel, at): number for channel, at, number in connection.execute(others)}
            for channel, number in connection.execute(select(of, func.count()).group_by(of)).all():
                found[channel, REST] = number - sum(found.get((channel, at), 0) for at in State)
        return found

    def posts(self) -> int:
        """How many there are."""
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(posts)) or 0

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
        query = select(func.count()).select_from(deliveries)
        query = query.where(IS_SCHEDULED, deliveries.c.channel == channel, is_due)
        with self._database.read() as connection:
            return connection.scalar(query) or 0

    def seconds_late(self, channel: str, *, since: datetime) -> Sequence[float]:
        """By the index on what is out."""
        with self._database.ask() as connection:
            return [late / SECOND for (late,) in connection.execute(LATE, (to_number(since), channel))]

    def planned(self) -> Iterator[Due]:
        """By the index on state and due instant, row by row: a long calendar would fill the memory."""
        with self._database.ask() as connection:
            for channel, due_at in connection.execute(COMING):
                yield Due(channel, EPOCH + due_at * MICROSECOND)
