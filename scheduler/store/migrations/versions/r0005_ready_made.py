"""What the row of a queue file asks for. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """From 0004: a column that is empty for every post that was cut from an article."""
    op.add_column("posts", sa.Column("ready", sa.Text()))
