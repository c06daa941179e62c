"""An article's new version, kept with all that it does to posts and deliveries in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, select, update

from scheduler.domain.article import Article
from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Delivery
from scheduler.domain.post import Post
from scheduler.domain.revision import PostRevision, Revision
from scheduler.store.database import Database
from scheduler.store.deliveries import compare_and_set, slots_kept, to_delivery
from scheduler.store.library import insert_post, replace_article
from scheduler.store.posts import is_still, replace_post
from scheduler.store.records import add_audit
from scheduler.store.tables import articles, deliveries, excerpts, posts


class StoredRevisions:
    """Keeps ports.Revisions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, revision: Revision, entries: Sequence[AuditEntry]) -> Sequence[int] | None:
        """Compared as a whole first, so that what was decided from the old state meets no other."""
        with slots_kept(), self._database.write() as connection:
            if not _is_as_read(connection, revision):
                return None
            replace_article(connection, revision.article_id, revision.after, revision.digest)
            for before, after in revision.parked:
                compare_and_set(connection, before, after)
            for change in revision.posts:
                _replace_post(connection, change)
            added = [insert_post(connection, revision.article_id, post) for post in revision.added]
            for entry in entries:
                add_audit(connection, entry)
        return added

    def remember(self, article_id: int, *, source: str, digest: str) -> None:
        """The document tells its source too."""
        with self._database.write() as connection:
            query = select(articles.c.document).where(articles.c.id == article_id)
            article: Article | None = connection.scalar(query)
            if article is not None:
                replace_article(connection, article_id, replace(article, source=source), digest)


def _is_as_read(connection: Connection, revision: Revision) -> bool:
    article: Article | None = connection.scalar(select(articles.c.document).where(articles.c.id == revision.article_id))
    numbers = connection.scalars(select(posts.c.id).where(posts.c.article_id == revision.article_id))
    return (
        article == revision.before
        and set(numbers) == {one.before.id for one in revision.posts}
        and all(is_still(connection, one.before) for one in revision.posts)
        and all(_deliveries(connection, one.before) == set(one.deliveries) for one in revision.posts)
    )


def _deliveries(connection: Connection, post: Post) -> set[Delivery]:
    found = connection.execute(select(deliveries).where(deliveries.c.post_id == post.id))
    return {to_delivery(row) for row in found}


def _replace_post(connection: Connection, change: PostRevision) -> None:
    replace_post(connection, change.before, change.after)
    if change.after.excerpt != change.before.excerpt:
        its_own = select(posts.c.excerpt_id).where(posts.c.id == change.before.id).scalar_subquery()
        connection.execute(update(excerpts).where(excerpts.c.id == its_own).values(document=change.after.excerpt))
    for before, after in change.steps:
        compare_and_set(connection, before, after)
