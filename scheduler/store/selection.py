"""Deliveries and posts that a person asks for, many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, func, literal_column, select

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.post import Post
from scheduler.store.database import Database
from scheduler.store.deliveries import to_delivery
from scheduler.store.posts import to_post, whole_posts
from scheduler.store.tables import deliveries, posts

MOST_AT_ONCE = 500
"""Values in one query; SQLite takes some thousand."""
Key = TypeVar("Key")
# With the plus SQLite walks along the due instants, and finds states and channels in the same index.
BY_TIME = literal_column("+deliveries.state", deliveries.c.state.type)
OF_ANY = literal_column("+deliveries.channel", deliveries.c.channel.type)


class StoredSelection:
    """Keeps ports.Selection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def deliveries(
        self,
        *,
        states: Collection[State],
        channels: Collection[str],
        campaign: str,
        since: datetime | None,
        until: datetime | None,
        most: int | None = None,
    ) -> Sequence[Delivery]:
        """By the index on state and due instant, where states are named; by that on the due instant for a few."""
        by = {} if most is None else {"state": BY_TIME, "channel": OF_ANY}
        where = fitting(states, channels, campaign, since, until, **by)
        query = select(deliveries).where(*where).order_by(deliveries.c.due_at, deliveries.c.id).limit(most)
        with self._database.read() as connection:
            return [to_delivery(row) for row in connection.execute(query)]

    def campaigns(self) -> Sequence[str]:
        """In the order of their names."""
        query = select(deliveries.c.campaign).distinct().where(deliveries.c.campaign != "")
        with self._database.read() as connection:
            return connection.scalars(query.order_by(deliveries.c.campaign)).all()

    def posts(self, numbers: Collection[int]) -> Mapping[int, Post]:
        """By their keys."""
        with self._database.read() as connection:
            return posts_of(connection, numbers)


def fitting(
    states: Collection[State],
    channels: Collection[str],
    campaign: str,
    since: datetime | None,
    until: datetime | None,
    *,
    state: ColumnElement[Any] = deliveries.c.state,
    channel: ColumnElement[Any] = deliveries.c.channel,
) -> Sequence[ColumnElement[bool]]:
    """What is asked for in SQL, with the state and the channel as they are to be looked up."""
    where: list[ColumnElement[bool]] = []
    if states:
        where.append(state.in_(states))
    if channels:
        where.append(channel.in_(channels))
    if campaign:
        where.append(func.lower(deliveries.c.campaign) == campaign.lower())
    if since is not None:
        where.append(deliveries.c.due_at >= since)
    if until is not None:
        where.append(deliveries.c.due_at < until)
    return where


def posts_of(connection: Connection, numbers: Collection[int]) -> dict[int, Post]:
    """Inside a transaction; those that are there, by number."""
    return {row.id: to_post(row) for part in parts(numbers) for row in _posts(connection, part)}


def parts(keys: Collection[Key]) -> Iterator[list[Key]]:
    """Few enough for one query each."""
    listed = list(keys)
    return (listed[start : start + MOST_AT_ONCE] for start in range(0, len(listed), MOST_AT_ONCE))


def _posts(connection: Connection, numbers: list[int]) -> Iterator[Row[Any]]:
    yield from connection.execute(whole_posts().where(posts.c.id.in_(numbers)))
