"""Rows that only ever get added: attempts and audit entries."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, insert

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt
from scheduler.store.tables import attempts, audit


def add_audit(connection: Connection, entry: AuditEntry) -> None:
    """Inside the transaction that it tells of."""
    connection.execute(insert(audit), asdict(entry))


def add_attempt(connection: Connection, attempt: Attempt) -> None:
    """Inside the transaction that records its outcome."""
    values = asdict(attempt)
    del values["id"]
    connection.execute(insert(attempts), values)
