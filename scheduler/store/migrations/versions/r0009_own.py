"""What a person set for one post alone. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """From 0008: one column, empty."""
    op.add_column("posts", sa.Column("own", sa.Text()))
