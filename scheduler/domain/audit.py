"""Who did what, when: entries that are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """`subject` names the thing (`post 12`, `delivery k3f9x2a`, `article 4`), `what` is a sentence."""

    at: datetime
    who: str
    what: str
    subject: str
