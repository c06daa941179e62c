"""Articles as they were taken in, with everything that was cut from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from scheduler.domain.article import Article
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import NotAllowedNow, NotFound
from scheduler.domain.post import Post
from scheduler.domain.revision import Known
from scheduler.store.database import Database
from scheduler.store.posts import decisions, store_card
from scheduler.store.records import add_audit
from scheduler.store.tables import articles, excerpts, posts


class StoredLibrary:
    """Keeps ports.Library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> Mapping[str, Known]:
        """Without the documents."""
        columns = (articles.c.id, articles.c.source, articles.c.fingerprint, articles.c.title, articles.c.digest)
        with self._database.read() as connection:
            return {row.source: _known(row) for row in connection.execute(select(*columns))}

    def add(self, article: Article, posts: Sequence[Post], entry: AuditEntry, *, digest: str = "") -> int:
        """One transaction; NotAllowedNow when another process took the same article in first."""
        with self._database.write() as connection:
            same = or_(articles.c.source == article.source, articles.c.fingerprint == article.fingerprint)
            if connection.execute(select(articles.c.id).where(same)).first():
                raise NotAllowedNow("This article was taken in before.", path=article.source)
            article_id = _insert_article(connection, article, entry, digest)
            for post in posts:
                insert_post(connection, article_id, post)
            add_audit(connection, entry)
        return article_id

    def article(self, article_id: int) -> Article:
        """The whole document."""
        with self._database.read() as connection:
            found: Article | None = connection.scalar(select(articles.c.document).where(articles.c.id == article_id))
        if found is None:
            raise NotFound(f"There is no article {article_id}.")
        return found

    def titles(self) -> Mapping[int, str]:
        """Without the documents."""
        with self._database.read() as connection:
            return {row.id: row.title for row in connection.execute(select(articles.c.id, articles.c.title))}


def _insert_article(connection: Connection, article: Article, entry: AuditEntry, digest: str) -> int:
    row = insert(articles).values(
        fingerprint=article.fingerprint,
        source=article.source,
        title=article.title,
        added_at=entry.at,
        document=article,
        digest=digest,
    )
    article_id: int = connection.scalars(row.returning(articles.c.id)).one()
    return article_id


def replace_article(connection: Connection, article_id: int, article: Article, digest: str) -> None:
    """Inside a writer's transaction: the article's present version. Two files may come to say the same: then the
    later one's fingerprint, which is unique, carries its source too."""
    twin = select(articles.c.id).where(articles.c.fingerprint == article.fingerprint, articles.c.id != article_id)
    is_copy = connection.execute(twin).first() is not None
    values = {
        "fingerprint": f"{article.fingerprint} {article.source}" if is_copy else article.fingerprint,
        "source": article.source,
        "title": article.title,
        "document": article,
        "digest": digest,
    }
    connection.execute(update(articles).where(articles.c.id == article_id).values(values))


def _known(row: Row[*tuple[Any, ...]]) -> Known:
    fingerprint = row.fingerprint.partition(" ")[0]
    return Known(article_id=row.id, fingerprint=fingerprint, title=row.title, digest=row.digest)


def insert_post(connection: Connection, article_id: int, post: Post) -> int:
    """Inside a writer's transaction: a new post, and its number."""
    excerpt = insert(excerpts).values(article_id=article_id, document=post.excerpt)
    excerpt_id = connection.scalars(excerpt.returning(excerpts.c.id)).one()
    row = insert(posts).values(article_id=article_id, excerpt_id=excerpt_id, **decisions(post))
    post_id: int = connection.scalars(row.returning(posts.c.id)).one()
    if post.card is not None:
        store_card(connection, post_id, post.card)
    return post_id
