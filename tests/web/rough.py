"""A network that does as the test wants: takes posts, refuses them in words of its own, or falls silent."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import ClassVar

from scheduler.channels.folder import Folder
from scheduler.domain.channel import Account, Outgoing, Prepared, Receipt
from scheduler.domain.errors import NotSent


class Rough(Folder):
    """A folder, with `mood` raised instead of taking a post, and `there` as the answer to whoever looks for one."""

    mood: ClassVar[list[NotSent]] = []
    options: ClassVar[dict[str, str]] = {}

    def publish(self, prepared: Prepared) -> Receipt:
        """As the mood is."""
        if self.mood:
            raise self.mood[-1]
        return super().publish(prepared)

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """Nobody finds anything while the network is in a mood."""
        return None if self.mood else super().find(outgoing, since)


def open_rough(account: Account) -> Rough:
    """With any options."""
    return Rough(Path(account.folder))
