"""One step of a delivery as it is stored: what it was, what it becomes, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt, Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class FencedWrite:
    """Holds only where the row still is `before`; otherwise only the `attempt` is stored.

    `along` are steps of other deliveries that go with it, all or none: those of a thread's later parts.
    """

    before: Delivery
    after: Delivery
    attempt: Attempt | None = None
    entry: AuditEntry | None = None
    along: tuple[tuple[Delivery, Delivery], ...] = ()
