"""Notices of booking pages that are gone. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

KINDS = ("alarm", "paused", "cap", "token", "page gone", "failed", "held", "test")
COLUMNS = "id, key, kind, at, words, hint, told_at"


def upgrade() -> None:
    """From 0015: SQLite can change no constraint, so the table is written anew."""
    op.drop_index("ix_notices_waiting", "notices")
    op.rename_table("notices", "old_notices")
    kind = sa.Enum(*KINDS, name="noticekind", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("told_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("key", name="uq_notices_key"),
    )
    op.execute(f"INSERT INTO notices ({COLUMNS}) SELECT {COLUMNS} FROM old_notices")  # noqa: S608 - our own words
    op.drop_table("old_notices")
    op.create_index("ix_notices_waiting", "notices", ["id"], sqlite_where=sa.text("told_at IS NULL"))
