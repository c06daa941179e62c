"""Stop and go: what belongs to a paused channel or campaign keeps its times, and nothing of it is sent."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import NotFound, TimeUnusable
from scheduler.domain.pause import Pause
from scheduler.ports import Pauses
from scheduler.usecases.decide import named

WORKER = "worker"


def pause(
    name: str,
    *,
    channels: Collection[str],
    campaigns: Collection[str] = (),
    pauses: Pauses,
    who: str,
    now: datetime,
    until: datetime | None = None,
    why: str = "",
) -> bool:
    """Whether it was running until now; a name that is both is the channel's. `until` (UTC) it ends by itself.

    Raises NotFound for a name that is neither a channel's nor a campaign's, TimeUnusable where `until` has passed.
    """
    is_channel = _is_channel(name, channels, campaigns)
    if until is not None and until <= now:
        raise TimeUnusable("This time has passed.", hint="Name a later time after --until, or leave it out.")
    end = f" until {until:%Y-%m-%d %H:%M} UTC" if until else ""
    why = " ".join(why.split())
    what = f"paused it{end}{f': {why}' if why else ''}"
    entry = AuditEntry(at=now, who=named(who), what=what, subject=_subject(name, is_channel))
    channel, campaign = (name, "") if is_channel else ("", name)
    return pauses.add(Pause(channel=channel, campaign=campaign, by=entry.who, since=now, until=until, why=why), entry)


def resume(
    name: str,
    *,
    channels: Collection[str],
    campaigns: Collection[str] = (),
    pauses: Pauses,
    who: str,
    now: datetime,
) -> bool:
    """Whether it was paused until now; one that the settings no longer name can be resumed too. Raises NotFound."""
    is_channel = _is_channel(name, {*channels, *pauses.all()}, {*campaigns, *pauses.campaigns()})
    entry = AuditEntry(at=now, who=named(who), what="resumed it", subject=_subject(name, is_channel))
    return _end(name, is_channel, pauses, entry)


def lift(*, pauses: Pauses, now: datetime) -> list[str]:
    """Ends the pauses whose time is over, each with its entry in the audit log; the names of what goes on."""
    return [one.name for one in _over(pauses, now) if _lift(one, pauses, now)]


def _over(pauses: Pauses, now: datetime) -> Iterator[Pause]:
    standing = [*pauses.all().values(), *pauses.campaigns().values()]
    return (one for one in standing if one.until is not None and one.until <= now)


def _lift(one: Pause, pauses: Pauses, now: datetime) -> bool:
    is_channel = bool(one.channel)
    subject = _subject(one.name, is_channel)
    entry = AuditEntry(at=now, who=WORKER, what="resumed it: its time came", subject=subject)
    return _end(one.name, is_channel, pauses, entry)


def _end(name: str, is_channel: bool, pauses: Pauses, entry: AuditEntry) -> bool:
    return pauses.end(name, entry) if is_channel else pauses.end("", entry, campaign=name)


def _subject(name: str, is_channel: bool) -> str:
    return f"{'channel' if is_channel else 'campaign'} {name}"


def _is_channel(name: str, channels: Collection[str], campaigns: Collection[str]) -> bool:
    """Raises NotFound."""
    if name in channels:
        return True
    if name in campaigns:
        return False
    kinds = "channel or campaign" if campaigns else "channel"
    raise NotFound(f"There is no {kinds} '{name}'.", hint=f"There are {', '.join(sorted({*channels, *campaigns}))}.")
