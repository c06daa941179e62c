"""Why an account pauses and until when, and what each post cost. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """From 0009: columns with defaults, so that no row has to be touched, and an index over none."""
    op.add_column("pauses", sa.Column("hint", sa.Text(), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("cost_usd", sa.Float(), nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("price_since", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_deliveries_spent", "deliveries", ["channel", "sent_at"], sqlite_where=sa.text("cost_usd > 0"))
