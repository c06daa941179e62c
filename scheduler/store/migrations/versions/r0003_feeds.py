"""Feeds that are followed, and the items that were dealt with. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

FATES = ("taken", "known", "passed", "waiting", "refused")


def upgrade() -> None:
    """From 0002: two tables; nothing that is there is touched."""
    op.create_table(
        "feeds",
        *(_text(name) for name in ("address", "etag", "last_modified")),
        _number("failures"),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        _text("words"),
        sa.PrimaryKeyConstraint("address", name="pk_feeds"),
    )
    fate = sa.Enum(*FATES, name="itemfate", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "feed_items",
        *(_text(name) for name in ("feed", "key", "link", "page")),
        sa.Column("fate", fate, nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.Integer()),
        _number("tries"),
        sa.Column("next_at", sa.BigInteger()),
        _text("words"),
        sa.PrimaryKeyConstraint("feed", "key", name="pk_feed_items"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_feed_items_article_id"),
        sa.CheckConstraint("(fate = 'waiting') = (next_at IS NOT NULL)", name=op.f("ck_feed_items_waiting")),
    )
    op.create_index("ix_feed_items_page", "feed_items", ["page"])


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)
