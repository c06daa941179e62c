"""What the dashboard's pages look things up by; the worker needs none of these."""

from __future__ import annotations

from sqlalchemy import Index, text

from scheduler.domain.delivery import Outcome, State
from scheduler.store.tables import attempts, audit, deliveries, metadata, posts

__all__ = ["IS_OUT", "IS_TROUBLE", "metadata"]

Index("ix_deliveries_due_at", deliveries.c.due_at, deliveries.c.state, deliveries.c.channel)
Index("ix_deliveries_channel_due_at", deliveries.c.channel, deliveries.c.due_at, deliveries.c.state)
# What a month brought, without a look at the rows themselves.
IS_OUT = text(f"state = '{State.PUBLISHED.value}'")
Index(
    "ix_deliveries_published",
    *(deliveries.c[name] for name in ("sent_at", "channel", "post_id", "cost_usd")),
    sqlite_where=IS_OUT,
)
Index("ix_posts_waiting", posts.c.article_id, sqlite_where=text("may_go_out = 0"))
Index(
    "ix_posts_blocked",
    posts.c.id,
    sqlite_where=text('may_go_out = 0 AND instr(findings, \'"severity":"block"\') > 0'),
)
# Most tries end well, and aren't looked for.
IS_TROUBLE = text(f"outcome <> '{Outcome.PUBLISHED.value}'")
Index("ix_attempts_trouble", attempts.c.outcome, attempts.c.started_at, sqlite_where=IS_TROUBLE)
Index("ix_attempts_channel", attempts.c.channel, attempts.c.started_at)
Index("ix_audit_at", audit.c.at)
