"""What campaigns give posts and deliveries, and pauses of campaigns. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """From 0006: columns with defaults, so that no row has to be touched; the few pauses move to a table with a wider
    key."""
    for table, column in (
        ("posts", "template"),
        ("posts", "call"),
        ("deliveries", "campaign"),
        ("deliveries", "shape"),
    ):
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("pinned", sa.Boolean(), nullable=False, server_default="0"))
    op.create_index(
        "ix_deliveries_campaign", "deliveries", ["campaign", "shape"], sqlite_where=sa.text("campaign <> ''")
    )
    op.rename_table("pauses", "old_pauses")
    op.create_table(
        "pauses",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False, server_default=""),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("why", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("channel", "campaign", name="pk_pauses"),
    )
    op.execute('INSERT INTO pauses (channel, "by", since) SELECT channel, "by", since FROM old_pauses')
    op.drop_table("old_pauses")
