"""The worker's sign of life in the database: who it is, and when the database last took it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

BEAT = timedelta(seconds=10)
SILENT = timedelta(minutes=2)
"""A worker that lets so much time go by hangs, or can't write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """At an instant (UTC), by a process, within one boot of its machine."""

    at: datetime
    boot: str
    pid: int

    def is_old(self, now: datetime) -> bool:
        """Whether it is so long ago that something is wrong."""
        return now - self.at > SILENT
