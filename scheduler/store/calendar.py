"""The delivery table as far as times go: a long calendar is read without what its deliveries say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Executable, func, select, type_coerce

from scheduler.domain.campaign import Belonging
from scheduler.domain.catchup import Run
from scheduler.domain.delivery import Booking, State
from scheduler.domain.retry import LONGEST_WAIT
from scheduler.domain.slots import SlotTime
from scheduler.domain.zonerules import Promise
from scheduler.store.columns import Instant
from scheduler.store.database import Database
from scheduler.store.tables import IS_LIVE, IS_SCHEDULED, READY_AT, articles, deliveries, posts


class _Booked(NamedTuple):
    code: str
    post_id: int
    channel: str
    due_at: datetime
    state: State
    campaign: str
    shape: str
    pinned: bool
    run: int
    part: int


class StoredCalendar:
    """Keeps ports.Calendar, ports.Belongings and ports.Promises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def bookings(self, *, channel: str = "") -> Sequence[Booking]:
        """Ten columns a row."""
        query = select(*(deliveries.c[name] for name in _Booked._fields)).order_by(deliveries.c.due_at)
        if channel:
            query = query.where(deliveries.c.channel == channel)
        with self._database.read() as connection:
            return [_Booked(*row) for row in connection.execute(query)]

    def held(self, channel: str, *, since: datetime) -> Sequence[datetime]:
        """By the index that keeps live deliveries apart, and by the one on state and due instant."""
        mine = select(deliveries.c.due_at).where(deliveries.c.channel == channel, deliveries.c.due_at >= since)
        out = mine.where(deliveries.c.state == State.PUBLISHED)
        return self._instants(mine.where(IS_LIVE).union_all(out).order_by("due_at"))

    def runs(self, channel: str, *, since: datetime, until: datetime) -> Sequence[Run]:
        """By the indexes on what is ready, and on state and due instant."""
        ready_at, is_mine = type_coerce(READY_AT, Instant), deliveries.c.channel == channel
        named = (deliveries.c.code, deliveries.c.due_at)
        to_come = select(*named, ready_at.label("at"))
        to_come = to_come.where(IS_SCHEDULED, is_mine, ready_at.between(since, until))
        out = select(*named, deliveries.c.sent_at).where(deliveries.c.state == State.PUBLISHED, is_mine)
        out = out.where(deliveries.c.due_at >= since - LONGEST_WAIT, deliveries.c.sent_at.between(since, until))
        with self._database.read() as connection:
            return [Run(*row) for row in connection.execute(to_come.union_all(out).order_by("at"))]

    def unplanned(self, channels: Sequence[str]) -> Sequence[int]:
        """One look into the index on deliveries a post."""
        own = (deliveries.c.post_id == posts.c.id, deliveries.c.channel.in_(channels))
        count = select(func.count(deliveries.c.channel.distinct())).where(*own).scalar_subquery()
        query = select(posts.c.article_id).distinct().where(count < len(channels)).order_by(posts.c.article_id)
        with self._database.read() as connection:
            return connection.scalars(query).all()

    def belongings(self, *, after: datetime) -> Sequence[Belonging]:
        """By the index on state and due instant; each article's document is looked into once."""
        asks = func.coalesce(func.json_extract(articles.c.document, "$.wishes.campaign"), "")
        row_asks = func.coalesce(func.json_extract(posts.c.ready, "$.when.campaign"), "")
        columns = (posts.c.article_id, row_asks, posts.c.ready.is_not(None), deliveries.c.campaign, deliveries.c.shape)
        is_to_come = (deliveries.c.state == State.SCHEDULED, deliveries.c.due_at > after)
        mine = select(*columns).distinct().join(deliveries, deliveries.c.post_id == posts.c.id)
        with self._database.read() as connection:
            named = {number: name for number, name in connection.execute(select(articles.c.id, asks)) if name}
            rows = connection.execute(mine.where(*is_to_come, deliveries.c.run == 1))
            return [
                Belonging(number, row if is_ready else named.get(number, ""), is_ready, campaign, shape)
                for number, row, is_ready, campaign, shape in rows
            ]

    def _instants(self, query: Executable) -> Sequence[datetime]:
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def promises(self, *, after: datetime) -> Iterator[Promise]:
        """By the index on state and due instant, one by one: a long calendar would fill the memory."""
        columns = (deliveries.c[name] for name in ("code", "channel", "due_at", "wall_time", "zone", "fold"))
        is_to_come = (deliveries.c.state == State.SCHEDULED, deliveries.c.due_at > after)
        query = select(*columns).where(*is_to_come).order_by(deliveries.c.due_at)
        with self._database.read() as connection:
            for code, channel, due, wall, zone, fold in connection.execute(query):
                time = SlotTime(due_at=due, wall_time=wall, zone=zone, fold=fold)
                yield Promise(code=code, channel=channel, time=time)
