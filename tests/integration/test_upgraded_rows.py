"""What an older database holds is compared as if it had been stored today."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from scheduler.domain.article import Excerpt, ExcerptKind
from scheduler.domain.wording import wording
from scheduler.store import open_store
from scheduler.testing.samples import article, delivery, post
from tests.integration.scene import entry

LIST = Excerpt(
    text="Walk. Sleep.", kind=ExcerptKind.TIP, score=0.5, spans=((0, 12),), heading="Three things:", breaks=(6,)
)


LATER = ("cost_usd", "price_since", "parent", "part", "reply_to", "boot", "ticks", "doubts")
SCREENS = (
    *("ix_deliveries_due_at", "ix_deliveries_channel_due_at", "ix_deliveries_published", "ix_deliveries_post_id"),
    *("ix_posts_waiting", "ix_posts_blocked", "ix_attempts_trouble", "ix_attempts_channel", "ix_audit_at"),
)


def downgraded(path: Path) -> None:
    """To revision 0007, as far as what 0008 works out is concerned."""
    drop = (
        *(f"DROP TABLE {name}" for name in ("notices", "messages", "heartbeat", "sessions")),
        "DROP TRIGGER deliveries_payload",
        "DROP INDEX ix_deliveries_spent",
        *(f"DROP INDEX {name}" for name in SCREENS),
        "CREATE INDEX ix_deliveries_post_id ON deliveries (post_id)",
        *(f"ALTER TABLE deliveries DROP COLUMN {name}" for name in LATER),
        "ALTER TABLE pauses DROP COLUMN hint",
        "CREATE TRIGGER deliveries_payload BEFORE UPDATE OF text ON deliveries WHEN OLD.state = 'published' BEGIN "
        "SELECT RAISE(ABORT, 'as it was'); END",
        "DROP INDEX ix_deliveries_body_channel",
        "DROP INDEX ix_deliveries_run",
        "DROP INDEX ix_posts_saying",
        "ALTER TABLE deliveries DROP COLUMN run",
        "ALTER TABLE deliveries DROP COLUMN body",
        "ALTER TABLE posts DROP COLUMN saying",
        "ALTER TABLE posts DROP COLUMN own",
        "ALTER TABLE posts DROP COLUMN asked",
        "UPDATE alembic_version SET version_num = '0007'",
    )
    with closing(sqlite3.connect(path)) as database:
        for line in drop:
            database.execute(line)
        database.commit()


def test_texts_of_an_older_database_are_known_after_the_upgrade(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    store = open_store(url)
    edited = replace(post(), edited="Caf\u00e9 \u00e0 la carte", excerpt=replace(LIST, breaks=(), heading=""))
    posts = [post(), replace(post(), excerpt=LIST), edited]
    store.library.add(article(), posts, entry())
    store.deliveries.add([delivery(code=f"code00{number}", post_id=number) for number in (1,)], entry())
    store.close()
    downgraded(tmp_path / "old.db")

    store = open_store(url)
    there = delivery(code="another")
    assert store.evergreen.said("account", [wording(there.text, there.link)]) == {
        wording(there.text, there.link): "code001"
    }
    assert [one.saying for one in store.evergreen.perennials()] == [wording(one.words) for one in posts]
    assert store.deliveries.get("code001").run == 1
    store.close()
