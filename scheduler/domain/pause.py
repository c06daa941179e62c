"""A channel or a campaign that a person has stopped: its deliveries keep their times and wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Who stopped a channel or a campaign (the other one is empty), since when and until when (UTC), and why.

    Without `until` somebody has to resume it.
    """

    channel: str = ""
    campaign: str = ""
    by: str
    since: datetime
    until: datetime | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """What stands still."""
        return self.campaign or self.channel
