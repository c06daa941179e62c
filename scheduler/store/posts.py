"""Posts as people decide about them, each with its newest card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from scheduler.domain.audit import AuditEntry
from scheduler.domain.card import PaintedCard
from scheduler.domain.errors import NotFound
from scheduler.domain.own import NOTHING
from scheduler.domain.post import Post
from scheduler.domain.wording import wording
from scheduler.store.database import Database
from scheduler.store.records import add_audit
from scheduler.store.tables import cards, excerpts, posts

LOT = 500


class StoredPosts:
    """Keeps ports.Posts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, post_id: int) -> Post:
        """With its excerpt and newest card."""
        with self._database.read() as connection:
            found = _post(connection, post_id)
        if found is None:
            raise NotFound(f"There is no post {post_id}.")
        return found

    def each(self) -> Iterator[Post]:
        """The cutter's order is the order of the ids; a lot at a time, so that others can write meanwhile."""
        last = 0
        while True:
            query = whole_posts().where(posts.c.id > last).order_by(posts.c.id).limit(LOT)
            with self._database.read() as connection:
                lot = [to_post(row) for row in connection.execute(query)]
            if not lot:
                return
            yield from lot
            last = lot[-1].id

    def all(self) -> Sequence[Post]:
        """Where they are few."""
        return list(self.each())

    def of(self, article_id: int) -> Sequence[Post]:
        """By the index on the article."""
        query = whole_posts().where(posts.c.article_id == article_id).order_by(posts.c.id)
        with self._database.read() as connection:
            return [to_post(row) for row in connection.execute(query)]

    def write(self, before: Post, after: Post, entry: AuditEntry) -> bool:
        """Read, compared and written in one transaction that no other writer can enter."""
        with self._database.write() as connection:
            written = replace_post(connection, before, after)
            if written:
                add_audit(connection, entry)
        return written


def replace_post(connection: Connection, before: Post, after: Post) -> bool:
    """Inside a writer's transaction: whether the post was still `before`, and is now `after`."""
    if not is_still(connection, before):
        return False
    connection.execute(update(posts).where(posts.c.id == before.id).values(**decisions(after)))
    if after.card != before.card:
        store_card(connection, before.id, after.card)
    return True


def is_still(connection: Connection, post: Post) -> bool:
    """Whether a stored post is as it was read."""
    return _post(connection, post.id) == post


def decisions(post: Post) -> dict[str, Any]:
    """The columns of a post that change during its life."""
    return {
        "hashtags": post.hashtags,
        "findings": post.findings,
        "status": post.status,
        "approval": post.approval,
        "card_refusal": post.card_refusal,
        "edited": post.edited,
        "ready": post.ready,
        "own": None if post.own == NOTHING else post.own,
        "template": post.template,
        "call": post.call,
        "saying": wording(post.words),
        "may_go_out": post.may_go_out,
        "asked": "",
    }


def store_card(connection: Connection, post_id: int, card: PaintedCard | None) -> None:
    """Makes `card` the post's newest; None takes the picture away."""
    connection.execute(insert(cards).values(post_id=post_id, document=card))


@cache
def whole_posts() -> Select[Any]:
    """Rows that `to_post` reads."""
    newest = select(func.max(cards.c.id)).where(cards.c.post_id == posts.c.id).correlate(posts).scalar_subquery()
    columns = (posts, excerpts.c.document.label("excerpt"), cards.c.document.label("card"))
    return select(*columns).join(excerpts).outerjoin(cards, cards.c.id == newest)


def _post(connection: Connection, post_id: int) -> Post | None:
    row = connection.execute(whole_posts().where(posts.c.id == post_id)).one_or_none()
    return None if row is None else to_post(row)


def to_post(row: Row[Any]) -> Post:
    """A row of `whole_posts`."""
    return Post(
        id=row.id,
        article_id=row.article_id,
        excerpt=row.excerpt,
        hashtags=row.hashtags,
        findings=row.findings,
        status=row.status,
        approval=row.approval,
        card=row.card,
        card_refusal=row.card_refusal,
        edited=row.edited,
        ready=row.ready,
        own=row.own or NOTHING,
        template=row.template,
        call=row.call,
    )
