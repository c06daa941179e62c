"""The delivery table as far as times go: a long calendar is read without what its deliveries say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from scheduler.domain.delivery import Booking, State
from scheduler.domain.slots import SlotTime
from scheduler.domain.zonerules import Promise
from scheduler.store.database import Database
from scheduler.store.tables import deliveries


class _Booked(NamedTuple):
    code: str
    post_id: int
    channel: str
    due_at: datetime
    state: State


class StoredCalendar:
    """Keeps ports.Calendar."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def bookings(self, *, channel: str = "", since: datetime | None = None) -> Sequence[Booking]:
        """Five columns a row."""
        query = select(*(deliveries.c[name] for name in _Booked._fields)).order_by(deliveries.c.due_at)
        if channel:
            query = query.where(deliveries.c.channel == channel)
        if since is not None:
            query = query.where(deliveries.c.due_at >= since)
        with self._database.read() as connection:
            return [_Booked(*row) for row in connection.execute(query)]

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
