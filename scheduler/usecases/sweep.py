"""Cards that nobody needs any more go from the disk, and with them what a killed painter left half written.

A card stays as long as a post or a delivery has it: what may still go out, and what did, as the log shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from scheduler.ports import Shelf

SPARED = timedelta(hours=1)
"""A file younger than this may be a card that is painted and not kept with its post yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeper:
    """Everything that sweeping needs; `paths()` are those of all cards that a post or a delivery has."""

    paths: Callable[[], Iterable[str]]
    shelf: Shelf

    def sweep(self, *, now: datetime) -> int:
        """How many files went. They are known by name, not by path: the workspace may have been moved since."""
        before = now - SPARED
        old = [name for name, at in self.shelf.lying() if at < before]
        needed = {PurePath(path).name for path in self.paths()} if old else set()
        return sum(self.shelf.remove(name, before=before) for name in old if name not in needed)
