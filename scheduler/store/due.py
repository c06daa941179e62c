"""What the worker asks at every tick: what may go out now, what waits, what was left behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.retry import GRACE
from scheduler.domain.transitions import claimed
from scheduler.store.columns import Instant
from scheduler.store.database import Database
from scheduler.store.deliveries import compare_and_set, to_delivery
from scheduler.store.tables import IS_SCHEDULED, READY_AT, deliveries, pauses, posts

IN_CAMPAIGN = deliveries.c.campaign.not_in(select(pauses.c.campaign).where(pauses.c.channel == ""))
"""Its campaign is not paused."""
ON_AIR = and_(deliveries.c.channel.not_in(select(pauses.c.channel)), IN_CAMPAIGN)
"""Nor is its channel."""


def _first(column: ColumnElement[Any], *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.min(column)).select_from(deliveries).where(IS_SCHEDULED, *where).scalar_subquery()


def _next_at() -> Select[Any]:
    """Each channel's first, by the index: it costs the same however long the calendar is, and whatever is paused."""
    channels = select(_first(deliveries.c.channel).label("name")).cte("channels", recursive=True)
    following = _first(deliveries.c.channel, deliveries.c.channel > channels.c.name)
    channels = channels.union_all(select(following).where(channels.c.name.is_not(None)))
    mine = select(READY_AT).select_from(deliveries).where(IS_SCHEDULED, deliveries.c.channel == channels.c.name)
    ready_at = mine.where(IN_CAMPAIGN).order_by(READY_AT).limit(1).scalar_subquery()
    on_air = channels.c.name.not_in(select(pauses.c.channel))
    return select(func.min(ready_at, type_=Instant)).where(channels.c.name.is_not(None), on_air)


NEXT_AT = _next_at()


class DueDeliveries:
    """Keeps ports.Due."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, *, now: datetime, lease_seconds: int) -> Delivery | None:
        """Chosen and claimed in one transaction, so that two workers never get the same one; pauses hold at once."""
        on_time = or_(deliveries.c.due_at >= now - GRACE, deliveries.c.not_before >= now - GRACE)
        chosen = _due(now).where(posts.c.may_go_out, on_time).limit(1)
        with self._database.read() as connection:
            if connection.execute(chosen).first() is None:
                return None
        with self._database.write() as connection:
            row = connection.execute(chosen).first()
            if row is None:
                return None
            before = to_delivery(row)
            after = claimed(before, now=now, lease_seconds=lease_seconds)
            compare_and_set(connection, before, after)
        return after

    def waiting(self, *, now: datetime) -> Sequence[Delivery]:
        """Due, but the post lacks a yes."""
        return self._all(_due(now).where(~posts.c.may_go_out))

    def expired(self, *, now: datetime) -> Sequence[Delivery]:
        """In-between states whose lease ran out."""
        return self._all(select(deliveries).where(deliveries.c.lease_until <= now).order_by(deliveries.c.due_at))

    def next_at(self) -> datetime | None:
        """The earliest instant at which something scheduled could go out, approved or not; none of a paused channel."""
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(NEXT_AT)
        return found

    def _all(self, query: Select[Any]) -> Sequence[Delivery]:
        with self._database.read() as connection:
            return [to_delivery(row) for row in connection.execute(query)]


def _due(now: datetime) -> Select[Any]:
    ready = or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= now)
    return (
        select(deliveries)
        .join(posts, posts.c.id == deliveries.c.post_id)
        .where(deliveries.c.state == State.SCHEDULED, deliveries.c.due_at <= now, ready, ON_AIR)
        .order_by(deliveries.c.due_at, deliveries.c.id)
    )
