"""Stop and go: a paused channel keeps its deliveries and sends none."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import NotFound
from scheduler.domain.pause import Pause
from scheduler.ports import Pauses
from scheduler.usecases.decide import named


def pause(channel: str, *, channels: Collection[str], pauses: Pauses, who: str, now: datetime) -> bool:
    """Whether it was running until now. Raises NotFound for a channel that is not one of `channels`."""
    _refuse_unknown(channel, channels)
    entry = AuditEntry(at=now, who=named(who), what="paused it", subject=f"channel {channel}")
    return pauses.add(Pause(channel=channel, by=entry.who, since=now), entry)


def resume(channel: str, *, channels: Collection[str], pauses: Pauses, who: str, now: datetime) -> bool:
    """Whether it was paused until now; one that the settings no longer name can be resumed too. Raises NotFound."""
    _refuse_unknown(channel, {*channels, *pauses.all()})
    entry = AuditEntry(at=now, who=named(who), what="resumed it", subject=f"channel {channel}")
    return pauses.end(channel, entry)


def _refuse_unknown(channel: str, channels: Collection[str]) -> None:
    if channel not in channels:
        raise NotFound(f"There is no channel '{channel}'.", hint=f"There are {', '.join(sorted(channels))}.")
