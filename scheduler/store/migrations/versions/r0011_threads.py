"""Threads, the machine's own clock beside leases and intents, and the worker's heartbeat. Frozen: what comes later is a
new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

PAYLOAD = (
    *("code", "post_id", "channel", "text", "link", "alt_text", "card_path", "card_sha256", "created_at", "key"),
    *("parent", "part", "reply_to"),
)


def upgrade() -> None:
    """From 0010: columns with defaults, so that no row has to be touched, and the trigger over more of them."""
    op.add_column("deliveries", sa.Column("parent", sa.Text(), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("reply_to", sa.Text(), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("boot", sa.Text(), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("ticks", sa.Float(), nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))
    op.execute("DROP TRIGGER deliveries_payload")
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in PAYLOAD)
    op.execute(
        f"CREATE TRIGGER deliveries_payload BEFORE UPDATE OF {', '.join(PAYLOAD)} ON deliveries "
        f"WHEN OLD.state NOT IN ('scheduled', 'held') AND ({changed}) "
        "BEGIN SELECT RAISE(ABORT, 'the payload of a claimed delivery never changes'); END"
    )
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_heartbeat"),
    )
