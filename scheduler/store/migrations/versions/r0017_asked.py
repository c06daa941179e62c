"""Which claim rules were asked of a post. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """From 0016: a column of posts."""
    op.add_column("posts", sa.Column("asked", sa.Text(), nullable=False, server_default=""))
