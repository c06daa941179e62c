"""Articles as they were taken in, with everything that was cut from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from scheduler.domain.article import Article
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import NotAllowedNow, NotFound
from scheduler.domain.post import Post
from scheduler.store.database import Database
from scheduler.store.posts import decisions, store_card
from scheduler.store.records import add_audit
from scheduler.store.tables import articles, excerpts, posts


class StoredLibrary:
    """Keeps ports.Library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> Mapping[str, str]:
        """Without the documents."""
        with self._database.read() as connection:
            rows = connection.execute(select(articles.c.fingerprint, articles.c.source))
            return {row.fingerprint: row.source for row in rows}

    def add(self, article: Article, posts: Sequence[Post], entry: AuditEntry) -> int:
        """One transaction; NotAllowedNow when another process took the same article in first."""
        try:
            with self._database.write() as connection:
                article_id = _insert_article(connection, article, entry)
                for post in posts:
                    _insert_post(connection, article_id, post)
                add_audit(connection, entry)
        except IntegrityError:
            raise NotAllowedNow("This article was taken in before.", path=article.source) from None
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


def _insert_article(connection: Connection, article: Article, entry: AuditEntry) -> int:
    row = insert(articles).values(
        fingerprint=article.fingerprint,
        source=article.source,
        title=article.title,
        added_at=entry.at,
        document=article,
    )
    article_id: int = connection.scalars(row.returning(articles.c.id)).one()
    return article_id


def _insert_post(connection: Connection, article_id: int, post: Post) -> None:
    excerpt = insert(excerpts).values(article_id=article_id, document=post.excerpt)
    excerpt_id = connection.scalars(excerpt.returning(excerpts.c.id)).one()
    row = insert(posts).values(article_id=article_id, excerpt_id=excerpt_id, **decisions(post))
    post_id = connection.scalars(row.returning(posts.c.id)).one()
    if post.card is not None:
        store_card(connection, post_id, post.card)
