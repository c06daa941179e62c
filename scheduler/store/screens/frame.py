"""What every page tells in its frame: how many things wait, and what should be out by now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select, type_coerce

from scheduler.domain.delivery import State
from scheduler.store.columns import Instant
from scheduler.store.database import Database
from scheduler.store.tables import IS_SCHEDULED, READY_AT, deliveries, posts

NEWS = timedelta(days=30)
"""A failure that nobody cared for in so long a time asks for nothing any more."""


class StoredFrameScreen:
    """Counts, each up to `most`, so that none reads more than a screen of rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def troubles(self, *, now: datetime, most: int) -> int:
        """Deliveries of which nobody knows, and those that failed lately: by the index on state and due instant."""
        unknown = select(deliveries.c.id).where(deliveries.c.state == State.UNKNOWN).limit(most)
        is_new = deliveries.c.due_at > now - NEWS
        failed = select(deliveries.c.id).where(deliveries.c.state == State.FAILED, is_new).limit(most)
        return min(self._count(unknown) + self._count(failed), most)

    def overdue(self, channel: str, *, before: datetime, most: int) -> int:
        """What had its yes and should have left a channel `before` an instant: by the index on what is ready."""
        is_ready = type_coerce(READY_AT, Instant) < before
        of = deliveries.join(posts, posts.c.id == deliveries.c.post_id)
        query = select(deliveries.c.id).select_from(of).where(IS_SCHEDULED, deliveries.c.channel == channel, is_ready)
        return self._count(query.where(posts.c.may_go_out).limit(most))

    def _count(self, query: Select[Any]) -> int:
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(query.subquery())) or 0
