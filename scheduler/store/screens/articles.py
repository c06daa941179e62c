"""What is known of articles, a page at a time: how many posts came of each, what waits, what is out."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select

from scheduler.domain.article import Excerpt
from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import State
from scheduler.domain.post import Post
from scheduler.store.database import Database, plain
from scheduler.store.posts import to_post, whole_posts
from scheduler.store.selection import parts
from scheduler.store.tables import articles, audit, deliveries, excerpts, posts

MOST_OUT = 100
"""Posts that are out are counted so far."""
MOST_COUNTED = 1000
MOST_DELIVERIES = 500
COLUMNS = (articles.c.id, articles.c.title, articles.c.source, articles.c.added_at, articles.c.digest)
# The plus keeps SQLite from the index on the state, by which it would read all that ever went out.
COUNTS = tuple(
    f"SELECT count(*) FROM (SELECT 1 FROM posts WHERE article_id = ? {which} LIMIT {most})"  # noqa: S608
    for which, most in (
        ("", MOST_COUNTED),
        ("AND posts.may_go_out = 0", MOST_COUNTED),
        (
            "AND EXISTS (SELECT 1 FROM deliveries WHERE post_id = posts.id AND +deliveries.state = 'published')",
            MOST_OUT,
        ),
    )
)
"""Of an article: its posts, those without a yes, those that are out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One article of the list; `out` are posts that went out, counted up to MOST_OUT, `waiting` those without a yes."""

    id: int
    title: str
    source: str
    added_at: datetime
    digest: str
    posts: int = 0
    waiting: int = 0
    out: int = 0


@dataclass(frozen=True, slots=True)
class FateRow:
    """One delivery of a post, in short."""

    code: str
    channel: str
    due_at: datetime
    state: State


class StoredArticlesScreen:
    """Questions of the pages about articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, *, words: str = "", before: int = 0, most: int) -> Sequence[ArticleRow]:
        """The newest first; `words` stand in its title or its source, `before` is the last id of the page before."""
        query = select(*COLUMNS).order_by(articles.c.id.desc()).limit(most)
        if before:
            query = query.where(articles.c.id < before)
        if words:
            found = (column.icontains(words, autoescape=True) for column in (articles.c.title, articles.c.source))
            query = query.where(or_(*found))
        return self._rows(query)

    def row(self, article_id: int) -> ArticleRow | None:
        """One of them; None when there is no such article."""
        return next(iter(self._rows(select(*COLUMNS).where(articles.c.id == article_id))), None)

    def _rows(self, query: Select[Any]) -> list[ArticleRow]:
        with self._database.read() as connection:
            driver = plain(connection.connection)
            return [_counted(driver, row) for row in connection.execute(query).all()]

    def known(self, sources: Collection[str]) -> Mapping[str, int]:
        """Those of the sources that were read, each with its article's id."""
        found: dict[str, int] = {}
        with self._database.read() as connection:
            for part in parts(sources):
                query = select(articles.c.source, articles.c.id).where(articles.c.source.in_(part))
                found |= {row.source: row.id for row in connection.execute(query)}
        return found

    def posts(self, article_id: int, *, after: int = 0, most: int) -> Sequence[Post]:
        """In the order in which they were cut."""
        where = (posts.c.article_id == article_id, posts.c.id > after)
        query = whole_posts().where(*where).order_by(posts.c.id).limit(most)
        with self._database.read() as connection:
            return [to_post(row) for row in connection.execute(query)]

    def taken(self, article_id: int, *, most: int) -> Mapping[int, Excerpt]:
        """What posts take of an article, by their numbers; the first ones, as far as asked."""
        query = select(posts.c.id, excerpts.c.document).join(excerpts, excerpts.c.id == posts.c.excerpt_id)
        query = query.where(posts.c.article_id == article_id).order_by(posts.c.id).limit(most)
        with self._database.read() as connection:
            return {row.id: row.document for row in connection.execute(query)}

    def fates(self, numbers: Sequence[int]) -> Mapping[int, list[FateRow]]:
        """What became of these posts or is to, by their numbers, the latest first, as far as a page has room."""
        columns = [deliveries.c[each.name] for each in fields(FateRow)]
        query = select(deliveries.c.post_id, *columns).where(deliveries.c.post_id.in_(numbers)).limit(MOST_DELIVERIES)
        found: dict[int, list[FateRow]] = {}
        with self._database.read() as connection:
            for number, *values in connection.execute(query.order_by(deliveries.c.due_at.desc())):
                found.setdefault(number, []).append(FateRow(*values))
        return found

    def history(self, source: str, *, most: int) -> Sequence[AuditEntry]:
        """Who took it in and what its changes did, the newest first."""
        columns = (audit.c.at, audit.c.who, audit.c.what, audit.c.subject)
        query = select(*columns).where(audit.c.subject == f"article {source}").order_by(audit.c.id.desc())
        with self._database.read() as connection:
            return [AuditEntry(**row._mapping) for row in connection.execute(query.limit(most))]


def _counted(connection: sqlite3.Connection, row: Row[*tuple[Any, ...]]) -> ArticleRow:
    # In the driver's own words: for three numbers an article, building statements would cost ten times as much.
    made, lacking, out = (connection.execute(each, (row.id,)).fetchone()[0] for each in COUNTS)
    return ArticleRow(**row._mapping, posts=made, waiting=lacking, out=out)
