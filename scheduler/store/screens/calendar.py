"""What the calendar's pages ask: some deliveries of each day, how many there are, which times are taken."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_

from scheduler.domain.delivery import BOOKED, State
from scheduler.domain.standing import Standing
from scheduler.store.database import Database
from scheduler.store.screens.standing import STANDING
from scheduler.store.tables import deliveries, posts

SHOWN = tuple(state for state in State if state is not State.CANCELLED)
MOST_LETTERS = 400
"""Of a text in a list."""
Span = tuple[datetime, datetime]
"""From an instant (UTC) to another, which is outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTile:
    """One delivery as a calendar shows it; `said` is the beginning of its text."""

    id: int
    code: str
    post_id: int
    channel: str
    due_at: datetime
    wall_time: str
    zone: str
    standing: Standing
    said: str
    link: str
    card_path: str
    article: str
    part: int


class StoredCalendarScreen:
    """Questions of the calendar's pages. `channels` empty means all; what was cancelled is not in a calendar."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tiles(self, spans: Sequence[Span], *, channels: Sequence[str], most: int) -> Sequence[Sequence[PlannedTile]]:
        """The first of each span, by due instant: by the index on state and due instant, once a span."""
        with self._database.read() as connection:
            return [
                [_tile(row) for row in connection.execute(_within(_tiles(), span, channels).limit(most))]
                for span in spans
            ]

    def counts(self, spans: Sequence[Span], *, channels: Sequence[str]) -> Sequence[Mapping[Standing, int]]:
        """How many of each standing lie in each span."""
        joined: Select[Any] = select(STANDING, func.count()).join(posts, posts.c.id == deliveries.c.post_id)
        query = joined.group_by(STANDING)
        with self._database.read() as connection:
            return [
                Counter({Standing(word): number for word, number in connection.execute(_in(query, span, channels))})
                for span in spans
            ]

    def page(
        self, *, channels: Sequence[str], since: datetime, after: tuple[datetime, int] | None, most: int
    ) -> Sequence[PlannedTile]:
        """At most `most` from an instant on, or those after one of that due instant and id."""
        query = _of(_tiles(), channels).where(deliveries.c.due_at >= (after[0] if after else since))
        if after:
            query = query.where(tuple_(deliveries.c.due_at, deliveries.c.id) > after)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(deliveries.c.due_at, deliveries.c.id).limit(most))
            return [_tile(row) for row in rows]

    def before(self, *, channels: Sequence[str], until: datetime, most: int) -> datetime | None:
        """The due instant of the `most`-th delivery before an instant, or of the first there is; None without one."""
        query = _of(select(deliveries.c.due_at), channels).where(deliveries.c.due_at < until)
        with self._database.read() as connection:
            return min(connection.scalars(query.order_by(deliveries.c.due_at.desc()).limit(most)), default=None)

    def taken(self, channels: Sequence[str], span: Span) -> Mapping[str, Sequence[datetime]]:
        """The instants at which each channel has something, to keep a distance from."""
        query = select(deliveries.c.channel, deliveries.c.due_at).where(*_range(span), deliveries.c.state.in_(BOOKED))
        found: dict[str, list[datetime]] = defaultdict(list)
        with self._database.read() as connection:
            for channel, due_at in connection.execute(query.where(deliveries.c.channel.in_(channels))):
                found[channel].append(due_at)
        return found

    def later(self, channel: str, *, after: datetime, most: int) -> Sequence[PlannedTile]:
        """What could be brought forward into a slot: the next ones that are scheduled on its channel."""
        mine = (deliveries.c.state == State.SCHEDULED, deliveries.c.channel == channel, deliveries.c.part == 0)
        query = _tiles().where(*mine, deliveries.c.due_at > after).order_by(deliveries.c.due_at).limit(most)
        with self._database.read() as connection:
            return [_tile(row) for row in connection.execute(query)]

    def tile(self, code: str) -> PlannedTile | None:
        """One delivery."""
        with self._database.read() as connection:
            row = connection.execute(_tiles().where(deliveries.c.code == code)).one_or_none()
        return _tile(row) if row else None


_PLAIN = ("id", "code", "post_id", "channel", "due_at", "wall_time", "zone", "link", "card_path", "article", "part")


def _tiles() -> Select[Any]:
    said = func.substr(deliveries.c.text, 1, MOST_LETTERS).label("said")
    columns = (*(deliveries.c[name] for name in _PLAIN), said, STANDING.label("standing"))
    return select(*columns).join(posts, posts.c.id == deliveries.c.post_id)


def _within(query: Select[Any], span: Span, channels: Sequence[str]) -> Select[Any]:
    return _in(query, span, channels).order_by(deliveries.c.due_at, deliveries.c.id)


def _in(query: Select[Any], span: Span, channels: Sequence[str]) -> Select[Any]:
    return _of(query, channels).where(*_range(span))


def _of(query: Select[Any], channels: Sequence[str]) -> Select[Any]:
    query = query.where(deliveries.c.state.in_(SHOWN))
    return query.where(deliveries.c.channel.in_(channels)) if channels else query


def _range(span: Span) -> tuple[ColumnElement[bool], ...]:
    return deliveries.c.due_at >= span[0], deliveries.c.due_at < span[1]


def _tile(row: Row[Any]) -> PlannedTile:
    values = dict(row._mapping)
    return PlannedTile(**values | {"standing": Standing(row.standing)})
