"""What the pages of the dashboard look things up by. Frozen: what comes later is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """From 0013: indices only."""
    op.create_index("ix_deliveries_due_at", "deliveries", ["due_at", "state", "channel"])
    op.create_index("ix_deliveries_channel_due_at", "deliveries", ["channel", "due_at", "state"])
    op.create_index(
        "ix_deliveries_published",
        "deliveries",
        ["sent_at", "channel", "post_id", "cost_usd"],
        sqlite_where=sa.text("state = 'published'"),
    )
    op.drop_index("ix_deliveries_post_id", "deliveries")
    op.create_index("ix_deliveries_post_id", "deliveries", ["post_id", "state"])
    op.create_index("ix_posts_waiting", "posts", ["article_id"], sqlite_where=sa.text("may_go_out = 0"))
    op.create_index(
        "ix_posts_blocked",
        "posts",
        ["id"],
        sqlite_where=sa.text('may_go_out = 0 AND instr(findings, \'"severity":"block"\') > 0'),
    )
    op.create_index(
        "ix_attempts_trouble", "attempts", ["outcome", "started_at"], sqlite_where=sa.text("outcome <> 'published'")
    )
    op.create_index("ix_attempts_channel", "attempts", ["channel", "started_at"])
    op.create_index("ix_audit_at", "audit", ["at"])
