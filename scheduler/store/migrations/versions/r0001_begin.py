"""The first tables. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

STATES = ("scheduled", "claimed", "sending", "published", "unknown", "held", "failed", "cancelled")
OUTCOMES = ("published", "refused", "try-again", "unknown", "not-started", "too-late")
LIVE = "state IN ('claimed', 'held', 'scheduled', 'sending', 'unknown')"
PAYLOAD = ("code", "post_id", "channel", "text", "link", "alt_text", "card_path", "card_sha256", "created_at", "key")


def upgrade() -> None:
    """From an empty file."""
    _articles()
    _posts()
    _deliveries()
    _history()
    _triggers()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _words(name: str, words: tuple[str, ...], constraint: str) -> sa.Column[str]:
    kind = sa.Enum(*words, name=constraint, native_enum=False, create_constraint=True, length=20)
    return sa.Column(name, kind, nullable=False)


def _id(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return _number("id"), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}")


def _articles() -> None:
    op.create_table(
        "articles",
        *_id("articles"),
        _text("fingerprint"),
        _text("source"),
        _text("title"),
        _instant("added_at"),
        _text("document"),
        sa.UniqueConstraint("fingerprint", name="uq_articles_fingerprint"),
    )
    op.create_table(
        "excerpts",
        *_id("excerpts"),
        _number("article_id"),
        _text("document"),
        _refers("excerpts", "article_id", "articles.id"),
    )
    op.create_index("ix_excerpts_article_id", "excerpts", ["article_id"])


def _posts() -> None:
    op.create_table(
        "posts",
        *_id("posts"),
        _number("article_id"),
        _number("excerpt_id"),
        _text("hashtags"),
        _text("findings"),
        _words("status", ("draft", "approved", "held"), "poststatus"),
        sa.Column("approval", sa.Text()),
        _text("card_refusal"),
        sa.Column("may_go_out", sa.Boolean(create_constraint=True, name="may_go_out"), nullable=False),
        _refers("posts", "article_id", "articles.id"),
        _refers("posts", "excerpt_id", "excerpts.id"),
        sa.UniqueConstraint("excerpt_id", name="uq_posts_excerpt_id"),
    )
    op.create_index("ix_posts_article_id", "posts", ["article_id"])
    op.create_table(
        "cards",
        *_id("cards"),
        _number("post_id"),
        sa.Column("document", sa.Text()),
        _refers("cards", "post_id", "posts.id"),
    )
    op.create_index("ix_cards_post_id", "cards", ["post_id"])


def _deliveries() -> None:
    payload = ("channel", "code", "text", "link", "alt_text", "card_path", "card_sha256", "article")
    op.create_table(
        "deliveries",
        *_id("deliveries"),
        _number("post_id"),
        *(_text(name) for name in payload),
        _instant("due_at"),
        _text("wall_time"),
        _text("zone"),
        _words("state", STATES, "state"),
        *(_number(name) for name in ("attempt", "crashes", "fence")),
        _instant("lease_until", nullable=True),
        _text("key"),
        *(_instant(name, nullable=True) for name in ("created_at", "not_before", "sent_at")),
        *(_text(name) for name in ("remote_id", "url", "words")),
        sa.CheckConstraint(
            "(state IN ('claimed', 'sending')) = (lease_until IS NOT NULL)", name=op.f("ck_deliveries_lease")
        ),
        sa.CheckConstraint("state NOT IN ('claimed', 'sending') OR key <> ''", name=op.f("ck_deliveries_key")),
        sa.CheckConstraint(
            "state NOT IN ('sending', 'unknown') OR sent_at IS NOT NULL", name=op.f("ck_deliveries_intent")
        ),
        _refers("deliveries", "post_id", "posts.id"),
        sa.UniqueConstraint("code", name="uq_deliveries_code"),
    )
    op.create_index("ix_deliveries_post_id", "deliveries", ["post_id"])
    op.create_index("ix_deliveries_state_due_at", "deliveries", ["state", "due_at"])
    live = sa.text(LIVE)
    op.create_index("uq_deliveries_live_slot", "deliveries", ["channel", "due_at"], unique=True, sqlite_where=live)


def _history() -> None:
    op.create_table(
        "attempts",
        *_id("attempts"),
        *(_text(name) for name in ("code", "channel", "article")),
        _number("number"),
        _instant("started_at"),
        _instant("ended_at"),
        _words("outcome", OUTCOMES, "outcome"),
        *(_text(name) for name in ("remote_id", "remote_url", "words", "hint")),
        _refers("attempts", "code", "deliveries.code"),
    )
    op.create_index("ix_attempts_code", "attempts", ["code"])
    op.create_index("ix_attempts_started_at", "attempts", ["started_at"])
    op.create_table("audit", *_id("audit"), _instant("at"), *(_text(name) for name in ("who", "what", "subject")))
    op.create_index("ix_audit_subject", "audit", ["subject"])


def _triggers() -> None:
    for table in ("attempts", "audit"):
        for act in ("UPDATE", "DELETE"):
            _refuse(f"{table}_no_{act.lower()}", f"{act} ON {table}", f"{table} is only ever added to")
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in PAYLOAD)
    _refuse(
        "deliveries_payload",
        f"UPDATE OF {', '.join(PAYLOAD)} ON deliveries WHEN OLD.state NOT IN ('scheduled', 'held') AND ({changed})",
        "the payload of a claimed delivery never changes",
    )


def _refuse(name: str, moment: str, sentence: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {moment} BEGIN SELECT RAISE(ABORT, '{sentence}'); END")
