"""What a person's decision makes of a delivery or a post, worked out before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Delivery
from scheduler.domain.post import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A delivery as it was read, and what becomes of it, one step after another; `what` is for the audit log.

    `post` is its post as it was read, where the change rests on what that says.
    """

    before: Delivery
    steps: tuple[Delivery, ...]
    what: str
    post: Post | None = None

    @property
    def after(self) -> Delivery:
        """What it is in the end."""
        return self.steps[-1]

    @property
    def moves(self) -> bool:
        """Whether it gets another time."""
        return self.after.due_at != self.before.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A post as it was read and as it shall be, and the steps of its deliveries, one after another."""

    before: Post
    after: Post
    steps: tuple[tuple[Delivery, Delivery], ...]
    entry: AuditEntry
