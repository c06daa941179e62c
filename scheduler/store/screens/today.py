"""What the first page asks: what needs somebody, and how far the plans reach."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, exists, func, select, type_coerce

from scheduler.domain.delivery import State
from scheduler.store.columns import Instant
from scheduler.store.database import Database
from scheduler.store.screens.calendar import MOST_LETTERS
from scheduler.store.tables import IS_SCHEDULED, READY_AT, articles, deliveries, posts


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A delivery that waits for a person; `said` is the beginning of its text, `words` what is told of it."""

    code: str
    post_id: int
    channel: str
    state: State
    due_at: datetime
    sent_at: datetime | None
    said: str
    link: str
    words: str


class StoredTodayScreen:
    """Questions of the first page, each by an index and bounded."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def troubles(self, state: State, *, since: datetime | None = None, most: int) -> Sequence[Trouble]:
        """The latest first."""
        query = _of(state, since).order_by(deliveries.c.due_at.desc()).limit(most)
        with self._database.read() as connection:
            return [_trouble(row) for row in connection.execute(query)]

    def count(self, state: State, *, since: datetime | None = None, until: datetime | None = None, most: int) -> int:
        """How many are in this state, counted up to `most`."""
        query = select(deliveries.c.due_at).where(deliveries.c.state == state)
        if since is not None:
            query = query.where(deliveries.c.due_at >= since)
        if until is not None:
            query = query.where(deliveries.c.due_at < until)
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(query.limit(most).subquery())) or 0

    def reach(self, channels: Collection[str]) -> Mapping[str, datetime]:
        """The last instant at which each channel has something scheduled; none for one that has nothing."""
        ready_at = type_coerce(READY_AT, Instant)
        found: dict[str, datetime] = {}
        with self._database.read() as connection:
            for name in channels:
                query = select(ready_at).where(IS_SCHEDULED, deliveries.c.channel == name)
                if last := connection.scalar(query.order_by(READY_AT.desc()).limit(1)):
                    found[name] = last
        return found

    def next_ready(self, channel: str, *, most: int) -> datetime | None:
        """When the next post of a channel goes out that has its yes, looked for among its first `most`."""
        ready_at = type_coerce(READY_AT, Instant).label("ready_at")
        mine = select(deliveries.c.post_id, ready_at).where(IS_SCHEDULED, deliveries.c.channel == channel)
        first = mine.order_by(READY_AT).limit(most).subquery()
        query = select(func.min(first.c.ready_at)).join(posts, posts.c.id == first.c.post_id).where(posts.c.may_go_out)
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(query)
        return found

    def after(self, channel: str, at: datetime, *, most: int) -> int:
        """How much of a channel is scheduled from an instant on."""
        is_after = type_coerce(READY_AT, Instant) >= at
        query = select(READY_AT).where(IS_SCHEDULED, deliveries.c.channel == channel, is_after).limit(most)
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(query.subquery())) or 0

    def last_out(self, channel: str, *, before: datetime) -> datetime | None:
        """When a channel last published."""
        mine = (deliveries.c.state == State.PUBLISHED, deliveries.c.channel == channel, deliveries.c.due_at < before)
        query = select(func.coalesce(deliveries.c.sent_at, deliveries.c.due_at, type_=Instant)).where(*mine)
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(query.order_by(deliveries.c.due_at.desc()).limit(1))
        return found

    def is_new(self) -> bool:
        """Whether nothing was ever taken in."""
        with self._database.read() as connection:
            return not connection.scalar(select(exists(select(articles.c.id))))


def _of(state: State, since: datetime | None) -> Select[Any]:
    said = func.substr(deliveries.c.text, 1, MOST_LETTERS).label("said")
    names = ("code", "post_id", "channel", "state", "due_at", "sent_at", "link", "words")
    query = select(*(deliveries.c[name] for name in names), said).where(deliveries.c.state == state)
    return query if since is None else query.where(deliveries.c.due_at >= since)


def _trouble(row: Row[Any]) -> Trouble:
    return Trouble(**row._mapping)
