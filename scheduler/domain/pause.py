"""A channel that a person has stopped: its deliveries keep their times and wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Who stopped a channel, and since when (UTC)."""

    channel: str
    by: str
    since: datetime
