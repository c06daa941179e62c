"""When a worker that doesn't stay ran. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """From 0014: a column of the sign of life."""
    op.add_column("heartbeat", sa.Column("runs", sa.Text(), nullable=False, server_default="[]"))
