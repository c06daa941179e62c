"""What happened: attempts and audit entries, read only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt, Delivery, Outcome
from scheduler.store.database import Database
from scheduler.store.tables import attempts, audit, deliveries


class StoredJournal:
    """Keeps ports.Journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def attempts(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        channel: str = "",
        outcome: Outcome | None = None,
        code: str = "",
        after: int = 0,
    ) -> Sequence[Attempt]:
        """`since` is inclusive, `until` exclusive."""
        query = select(attempts).where(attempts.c.id > after)
        if since is not None:
            query = query.where(attempts.c.started_at >= since)
        if until is not None:
            query = query.where(attempts.c.started_at < until)
        if channel:
            query = query.where(attempts.c.channel == channel)
        if outcome is not None:
            query = query.where(attempts.c.outcome == outcome)
        if code:
            query = query.where(attempts.c.code == code)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(attempts.c.started_at, attempts.c.id))
            return [Attempt(**row._mapping) for row in rows]

    def audit(
        self, subject: str = "", *, since: datetime | None = None, until: datetime | None = None
    ) -> Sequence[AuditEntry]:
        """In the order in which they were written."""
        query = select(audit.c.at, audit.c.who, audit.c.what, audit.c.subject).order_by(audit.c.id)
        if subject:
            query = query.where(audit.c.subject == subject)
        if since is not None:
            query = query.where(audit.c.at >= since)
        if until is not None:
            query = query.where(audit.c.at < until)
        with self._database.read() as connection:
            return [AuditEntry(**row._mapping) for row in connection.execute(query)]

    def taken(self, delivery: Delivery) -> Sequence[str]:
        """Read through: it is asked seldom."""
        same = (deliveries.c.channel == delivery.channel, deliveries.c.text == delivery.text)
        others = (deliveries.c.code != delivery.code, deliveries.c.remote_id != "")
        with self._database.read() as connection:
            return connection.scalars(select(deliveries.c.remote_id).where(*same, *others)).all()
