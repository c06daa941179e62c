"""The delivery table as far as times go: a long calendar is read without what its deliveries say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, type_coerce

from scheduler.domain.delivery import Booking, State
from scheduler.domain.slots import SlotTime
from scheduler.domain.zonerules import Promise
from scheduler.store.columns import Instant
from scheduler.store.database import Database
from scheduler.store.tables import IS_LIVE, IS_SCHEDULED, READY_AT, deliveries, posts


class _Booked(NamedTuple):
    code: str
    post_id: int
    channel: str
    due_at: datetime
    state: State


class StoredCalendar:
    """Keeps ports.Calendar and ports.Promises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def bookings(self, *, channel: str = "") -> Sequence[Booking]:
        """Five columns a row."""
        query = select(*(deliveries.c[name] for name in _Booked._fields)).order_by(deliveries.c.due_at)
        if channel:
            query = query.where(deliveries.c.channel == channel)
        with self._database.read() as connection:
            return [_Booked(*row) for row in connection.execute(query)]

    def held(self, channel: str, *, since: datetime) -> Sequence[datetime]:
        """By the index that keeps live deliveries apart."""
        mine = (IS_LIVE, deliveries.c.channel == channel, deliveries.c.due_at >= since)
        return self._instants(select(deliveries.c.due_at).where(*mine).order_by(deliveries.c.due_at))

    def coming(self, channel: str, *, since: datetime, until: datetime) -> Sequence[datetime]:
        """By the index on what is ready."""
        ready_at = type_coerce(READY_AT, Instant)
        mine = (IS_SCHEDULED, deliveries.c.channel == channel, ready_at.between(since, until))
        return self._instants(select(ready_at).where(*mine).order_by(ready_at))

    def unplanned(self, channels: Sequence[str]) -> Sequence[int]:
        """One look into the index on deliveries a post."""
        own = (deliveries.c.post_id == posts.c.id, deliveries.c.channel.in_(channels))
        count = select(func.count(deliveries.c.channel.distinct())).where(*own).scalar_subquery()
        query = select(posts.c.article_id).distinct().where(count < len(channels)).order_by(posts.c.article_id)
        with self._database.read() as connection:
            return connection.scalars(query).all()

    def _instants(self, query: Select[Any]) -> Sequence[datetime]:
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def promises(self, *, after: datetime) -> Sequence[Promise]:
        """By the index on state and due instant."""
        columns = (deliveries.c[name] for name in ("code", "channel", "due_at", "wall_time", "zone", "fold"))
        is_to_come = (deliveries.c.state == State.SCHEDULED, deliveries.c.due_at > after)
        with self._database.read() as connection:
            return [
                Promise(code=code, channel=channel, time=SlotTime(due_at=due, wall_time=wall, zone=zone, fold=fold))
                for code, channel, due, wall, zone, fold in connection.execute(
                    select(*columns).where(*is_to_come).order_by(deliveries.c.due_at)
                )
            ]
