"""Stop and go: what belongs to a paused channel or campaign keeps its times, and nothing of it is sent."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial

from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import AccountRefused, NotFound, TimeUnusable
from scheduler.domain.pause import WORKER, Pause
from scheduler.domain.retry import next_try
from scheduler.ports import Pauses
from scheduler.usecases.decide import named


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


def refuse(channel: str, refusal: AccountRefused, *, pauses: Pauses, now: datetime) -> bool:
    """The network refuses the account: it pauses, for as long as the network says, within a day, or for a person.

    Whether it was running until now, or is to stand still for longer.
    """
    asked = refusal.until or (now + refusal.wait if refusal.wait else None)
    until = next_try(attempt=1, now=now, asked=asked) if asked else None
    pause = Pause(channel=channel, by=WORKER, since=now, why=refusal.message, hint=refusal.hint, until=until)
    entry = AuditEntry(at=now, who=WORKER, what=f"paused it: {refusal.message}", subject=f"channel {channel}")
    return pauses.add(pause, entry)


def try_anew(channels: Collection[str], *, pauses: Pauses, now: datetime) -> list[str]:
    """Ends pauses that the network asked for and that wait for a person, who may have mended it; their channels."""
    standing = [one for one in pauses.all().values() if one.by_network and not one.until and one.channel in channels]
    entry = partial(AuditEntry, at=now, who=WORKER, what="resumed it: its keys or its settings may be others now")
    return [one.channel for one in standing if pauses.end(one.channel, entry(subject=f"channel {one.channel}"))]


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
    # By then somebody may have paused it for longer.
    return pauses.end(one.channel, entry, campaign=one.campaign, over_at=now)


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
