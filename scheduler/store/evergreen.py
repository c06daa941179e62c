"""What a plan of later runs asks: which posts wish to come again, what ran when, and what was said before."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import text

from scheduler.domain.delivery import State
from scheduler.domain.fatigue import Airing, Perennial
from scheduler.store.columns import EPOCH, MICROSECOND
from scheduler.store.database import Database
from scheduler.store.said import said

# The article's document is read once for all its posts.
PERENNIALS = text("""
    WITH wishes AS MATERIALIZED (
        SELECT id, source, document ->> '$.wishes.evergreen' AS evergreen,
               coalesce(document ->> '$.wishes.campaign', '') AS campaign
        FROM articles
        WHERE :post = 0 OR id = (SELECT article_id FROM posts WHERE id = :post)
    )
    SELECT posts.id, posts.article_id, source, posts.saying, posts.may_go_out,
           coalesce(ready ->> '$.evergreen', evergreen) AS evergreen,
           ready IS NOT NULL AS is_ready,
           CASE WHEN ready IS NULL THEN campaign ELSE ready ->> '$.when.campaign' END AS campaign,
           CASE WHEN ready IS NULL THEN excerpts.document ->> '$.kind' ELSE ready ->> '$.category' END AS category
    FROM posts JOIN wishes ON wishes.id = posts.article_id JOIN excerpts ON excerpts.id = posts.excerpt_id
    WHERE (ready IS NULL OR NOT coalesce(ready ->> '$.removed', 0)) AND (:post = 0 OR posts.id = :post)
    ORDER BY posts.id
""")
AIRINGS = text("""
    SELECT deliveries.code, deliveries.post_id, posts.saying, channel, state, run, pinned, words, body,
           max(due_at, coalesce(not_before, due_at), coalesce(sent_at, due_at)) AS at
    FROM posts JOIN deliveries ON deliveries.post_id = posts.id
    WHERE posts.saying IN (SELECT value FROM json_each(:sayings))
       OR posts.id IN (SELECT post_id FROM deliveries WHERE run > 1 AND state = 'scheduled')
    ORDER BY at
""")


class StoredEvergreen:
    """Keeps ports.Evergreens."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def perennials(self, post_id: int = 0) -> Sequence[Perennial]:
        """Without the documents."""
        with self._database.read() as connection:
            return [
                Perennial(
                    post_id=row.id,
                    article_id=row.article_id,
                    source=row.source,
                    saying=row.saying,
                    may_go_out=bool(row.may_go_out),
                    evergreen=None if row.evergreen is None else bool(row.evergreen),
                    ready=bool(row.is_ready),
                    campaign=row.campaign,
                    category=row.category or "",
                )
                for row in connection.execute(PERENNIALS, {"post": post_id})
            ]

    def airings(self, sayings: Collection[int]) -> Iterator[Airing]:
        """By the indexes on what a post says and on a delivery's post."""
        with self._database.read() as connection:
            for row in connection.execute(AIRINGS, {"sayings": json.dumps(list(sayings))}):
                yield Airing(
                    code=row.code,
                    post_id=row.post_id,
                    saying=row.saying,
                    channel=row.channel,
                    due_at=EPOCH + row.at * MICROSECOND,
                    state=State(row.state),
                    run=row.run,
                    pinned=bool(row.pinned),
                    words=row.words,
                    body=row.body,
                )

    def said(self, channel: str, bodies: Collection[int]) -> Mapping[int, str]:
        """By the index on what deliveries say."""
        with self._database.read() as connection:
            return said(connection, channel, bodies)
