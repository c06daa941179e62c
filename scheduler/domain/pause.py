"""A channel or a campaign that stands still: its deliveries keep their times and wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

WORKER = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Who stopped a channel or a campaign (the other one is empty), since when and until when (UTC), and why.

    It was a person, or the worker because the network refused the account: then `why` has the network's words and
    `hint` the way out.

    Without `until` somebody has to resume it.
    """

    channel: str = ""
    campaign: str = ""
    by: str
    since: datetime
    until: datetime | None = None
    why: str = ""
    hint: str = ""

    @property
    def name(self) -> str:
        """What stands still."""
        return self.campaign or self.channel

    @property
    def by_network(self) -> bool:
        """Whether the network asked for it."""
        return self.by == WORKER

    def gives_way_to(self, other: Pause) -> bool:
        """A person's pause stays; a network's makes way for a person's, and for one of its own that lasts longer."""
        if not self.by_network or not other.by_network:
            return self.by_network
        return self.until is not None and (other.until is None or other.until > self.until)
