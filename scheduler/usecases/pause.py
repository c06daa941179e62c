"""Stop and go: a paused channel keeps its deliveries and sends none."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import AccountRefused, NotFound
from scheduler.domain.pause import WORKER, Pause
from scheduler.domain.retry import next_try
from scheduler.ports import Pauses
from scheduler.usecases.decide import named


def pause(channel: str, *, channels: Collection[str], pauses: Pauses, who: str, now: datetime) -> bool:
    """Whether it was running until now. Raises NotFound for a channel that is not one of `channels`."""
    _refuse_unknown(channel, channels)
    entry = AuditEntry(at=now, who=named(who), what="paused it", subject=f"channel {channel}")
    return pauses.add(Pause(channel=channel, by=entry.who, since=now), entry)


def refuse(channel: str, refusal: AccountRefused, *, pauses: Pauses, now: datetime) -> bool:
    """The network refuses the account: it pauses, for as long as the network says, within a day, or for a person.

    Whether it was running until now, or is to stand still for longer.
    """
    asked = refusal.until or (now + refusal.wait if refusal.wait else None)
    until = next_try(attempt=1, now=now, asked=asked) if asked else None
    pause = Pause(channel=channel, by=WORKER, since=now, why=refusal.message, hint=refusal.hint, until=until)
    entry = AuditEntry(at=now, who=WORKER, what=f"paused it: {refusal.message}", subject=f"channel {channel}")
    return pauses.add(pause, entry)


def lift(*, pauses: Pauses, now: datetime) -> list[str]:
    """Ends the pauses whose time is over; their channels."""
    over = [pause.channel for pause in pauses.all().values() if pause.until and pause.until <= now]
    what = "resumed it: its time came"
    entries = [AuditEntry(at=now, who=WORKER, what=what, subject=f"channel {channel}") for channel in over]
    return [channel for channel, entry in zip(over, entries, strict=True) if pauses.end(channel, entry, over_at=now)]


def try_anew(channels: Collection[str], *, pauses: Pauses, now: datetime) -> list[str]:
    """Ends pauses that the network asked for and that wait for a person, who may have mended it; their channels."""
    standing = [one for one in pauses.all().values() if one.by_network and not one.until and one.channel in channels]
    entry = partial(AuditEntry, at=now, who=WORKER, what="resumed it: its keys or its settings may be others now")
    return [one.channel for one in standing if pauses.end(one.channel, entry(subject=f"channel {one.channel}"))]


def resume(channel: str, *, channels: Collection[str], pauses: Pauses, who: str, now: datetime) -> bool:
    """Whether it was paused until now; one that the settings no longer name can be resumed too. Raises NotFound."""
    _refuse_unknown(channel, {*channels, *pauses.all()})
    entry = AuditEntry(at=now, who=named(who), what="resumed it", subject=f"channel {channel}")
    return pauses.end(channel, entry)


def _refuse_unknown(channel: str, channels: Collection[str]) -> None:
    if channel not in channels:
        raise NotFound(f"There is no channel '{channel}'.", hint=f"There are {', '.join(sorted(channels))}.")
