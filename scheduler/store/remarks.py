"""Entries of the audit log for what changes no row: an account that was tested, a logo that was put in."""

from __future__ import annotations

from sqlalchemy import func, select

from scheduler.domain.audit import AuditEntry
from scheduler.store.database import Database
from scheduler.store.records import add_audit
from scheduler.store.tables import audit


class StoredRemarks:
    """Adds, and finds the last one again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entry: AuditEntry) -> None:
        """Durable when it returns."""
        with self._database.write() as connection:
            add_audit(connection, entry)

    def last(self, subject: str, *, beginning: str) -> AuditEntry | None:
        """The newest of a subject whose words begin so: by the index on subjects."""
        is_such = func.substr(audit.c.what, 1, len(beginning)) == beginning
        columns = (audit.c.at, audit.c.who, audit.c.what, audit.c.subject)
        query = select(*columns).where(audit.c.subject == subject, is_such).order_by(audit.c.id.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return AuditEntry(**row._mapping) if row else None
