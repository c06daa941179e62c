"""Posts with their deliveries as lists show them: lot by lot, so that the longest list fills no memory."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, String, TextClause, cast, exists, func, select

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.post import Post
from scheduler.domain.revision import SOURCE, SourceRule
from scheduler.store.database import Database
from scheduler.store.deliveries import to_delivery
from scheduler.store.posts import to_post, whole_posts
from scheduler.store.screens.review import IS_BLOCKED, NO_YES
from scheduler.store.selection import BY_TIME, OF_ANY, fitting, parts, posts_of
from scheduler.store.tables import deliveries, posts

LOT = 2_000
FIRST_LOT = 200
"""Rows at once; fewer at the beginning, as somebody waits for the first."""
Planned = tuple[Post, tuple[Delivery, ...]]
IS_STALE = f"""EXISTS (
    SELECT 1 FROM json_each(posts.findings)
    WHERE value ->> '$.check' = '{SOURCE}' AND value ->> '$.rule' <> '{SourceRule.REWORDED.value}'
)"""  # noqa: S608
WAITING = f"""
    SELECT posts.id FROM posts JOIN deliveries ON deliveries.post_id = posts.id
    WHERE posts.may_go_out = 0 AND NOT {IS_STALE}
    GROUP BY posts.id HAVING max(deliveries.state IN ({{}})) ORDER BY min(deliveries.due_at), posts.id
"""  # noqa: S608
CARDS = """
    SELECT card_path FROM deliveries
    UNION SELECT document ->> '$.path' FROM cards WHERE id IN (SELECT max(id) FROM cards GROUP BY post_id)
"""


class StoredListing:
    """Keeps ports.Listing, and knows which cards are needed. Each lot sees one moment."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def planned(
        self,
        *,
        states: Collection[State],
        channels: Collection[str],
        campaign: str,
        since: datetime | None,
        until: datetime | None,
        lacking: bool = False,
        blocked: bool = False,
    ) -> Iterator[Sequence[Planned]]:
        """By the index on the due instant, or by that on what lacks a yes; then by those on the posts."""
        where = fitting(states, channels, campaign, since, until, state=BY_TIME, channel=OF_ANY)
        seen: set[int] = set()
        lacks = [NO_YES, IS_BLOCKED] if blocked else [NO_YES]
        for lot in self._lacking([*lacks, *where]) if lacking else self._numbers(where):
            fresh = [number for number in dict.fromkeys(lot) if number not in seen]
            seen.update(fresh)
            for part in parts(fresh):
                yield self._whole(part, where)

    def _numbers(self, where: Sequence[ColumnElement[bool]]) -> Iterator[Sequence[int]]:
        """The post of each delivery in the order of the calendar: one walk through it, however often interrupted."""
        at, number, most = deliveries.c.due_at, deliveries.c.id, FIRST_LOT
        query = select(at, number, deliveries.c.post_id).where(*where).order_by(at, number)
        rows: Sequence[Row[Any, Any, Any]] = ()
        while most == FIRST_LOT or rows:
            after = [at >= rows[-1].due_at, (at > rows[-1].due_at) | (number > rows[-1].id)] if rows else []
            with self._database.read() as connection:
                rows = connection.execute(query.where(*after).limit(most)).all()
            yield [row.post_id for row in rows]
            most = LOT

    def _lacking(self, where: Sequence[ColumnElement[bool] | TextClause]) -> Iterator[Sequence[int]]:
        """Posts without a valid yes, each at its first delivery: they are few."""
        own = posts.join(deliveries, deliveries.c.post_id == posts.c.id)
        query = select(posts.c.id).select_from(own).where(*where).group_by(posts.c.id)
        with self._database.read() as connection:
            numbers = connection.scalars(query.order_by(func.min(deliveries.c.due_at), func.min(deliveries.c.id))).all()
        return parts(numbers)

    def _whole(self, numbers: Sequence[int], where: Sequence[ColumnElement[bool]]) -> Sequence[Planned]:
        mine = select(deliveries).where(deliveries.c.post_id.in_(numbers), *where)
        by_post: dict[int, list[Delivery]] = {number: [] for number in numbers}
        with self._database.read() as connection:
            for row in connection.execute(mine.order_by(deliveries.c.due_at, deliveries.c.id)):
                by_post[row.post_id].append(to_delivery(row))
            found = posts_of(connection, numbers)
        return [(found[number], tuple(own)) for number, own in by_post.items() if own]

    def bare(self) -> Iterator[Sequence[Post]]:
        """By their keys."""
        own = exists().where(deliveries.c.post_id == posts.c.id)
        last = 0
        while True:
            query = whole_posts().where(posts.c.id > last, ~own).order_by(posts.c.id).limit(FIRST_LOT)
            with self._database.read() as connection:
                lot = [to_post(row) for row in connection.execute(query)]
            if not lot:
                return
            yield lot
            last = lot[-1].id

    def waiting(self, states: Collection[State]) -> Sequence[int]:
        """By the index on what lacks a yes."""
        query = WAITING.format(", ".join(repr(state.value) for state in sorted(states)))
        with self._database.ask() as connection:
            return [number for (number,) in connection.execute(query)]

    def count(self, states: Collection[State]) -> int:
        """By the index on the state."""
        query = select(func.count()).select_from(deliveries).where(deliveries.c.state.in_(states))
        with self._database.read() as connection:
            return connection.scalar(query) or 0

    def cards(self) -> Sequence[str]:
        """The paths of all cards that a delivery has, and of each post's newest one."""
        with self._database.ask() as connection:
            return [path for (path,) in connection.execute(CARDS) if path]

    def named(self, begun: str, *, most: int) -> tuple[Sequence[Post], Sequence[Delivery]]:
        """Posts whose numbers, and deliveries whose codes begin so; the newest posts, and codes by the alphabet."""
        number = cast(posts.c.id, String).startswith(begun, autoescape=True)
        is_code = (deliveries.c.code >= begun, deliveries.c.code < f"{begun}{chr(sys.maxunicode)}")
        with self._database.read() as connection:
            found = connection.execute(whole_posts().where(number).order_by(posts.c.id.desc()).limit(most)).all()
            mine = connection.execute(select(deliveries).where(*is_code).order_by(deliveries.c.code).limit(most)).all()
        return [to_post(row) for row in found], [to_delivery(row) for row in mine]
