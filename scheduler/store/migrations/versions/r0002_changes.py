"""Words that a person edited, and channels that stand still. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """From 0001: a column with an empty default, so that no row has to be touched, and a table."""
    op.add_column("posts", sa.Column("edited", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "pauses",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_pauses"),
    )
