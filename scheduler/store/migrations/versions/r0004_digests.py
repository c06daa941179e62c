"""What an article's file was like when it was last read. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """From 0003: a column with an empty default, so that no row has to be touched."""
    op.add_column("articles", sa.Column("digest", sa.Text(), nullable=False, server_default=""))
