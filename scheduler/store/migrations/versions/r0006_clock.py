"""Which of two equal wall times was promised, and two indexes. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

READY_AT = sa.text("max(due_at, coalesce(not_before, due_at))")


def upgrade() -> None:
    """From 0005: a column with a default, so that no row has to be touched, and two indexes over few rows or none."""
    op.add_column("deliveries", sa.Column("fold", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "ix_deliveries_ready_at", "deliveries", ["channel", READY_AT], sqlite_where=sa.text("+state = 'scheduled'")
    )
    op.create_index(
        "ix_deliveries_lease_until", "deliveries", ["lease_until"], sqlite_where=sa.text("lease_until IS NOT NULL")
    )
