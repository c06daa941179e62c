"""What `doctor` says: is this workspace ready to publish?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from scheduler.domain.card import AUTO, megabytes
from scheduler.domain.channel import Capabilities
from scheduler.domain.errors import NotSent, QuotidianError
from scheduler.domain.feed import Feed, Subscription
from scheduler.domain.fitting import best_size, taken_by_all
from scheduler.domain.heartbeat import Heartbeat, about
from scheduler.domain.lateness import Overdue
from scheduler.domain.pause import Pause
from scheduler.ports import Journal, Publisher
from scheduler.usecases.budget import Spending
from scheduler.usecases.forecast import Coming, Forecast

SKEW = timedelta(minutes=2)
LOW_DISK_MIB = 200


class Verdict(StrEnum):
    """How a check came out; only `bad` makes doctor fail."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing that was looked at."""

    what: str
    verdict: Verdict
    words: str
    hint: str = ""


def good(what: str, words: str) -> Diagnosis:
    """All is well."""
    return Diagnosis(what=what, verdict=Verdict.GOOD, words=words)


def told(what: str, look: Callable[[], Iterable[Diagnosis]]) -> list[Diagnosis]:
    """What a look finds; one that can't even look is a finding too."""
    try:
        return list(look())
    except QuotidianError as error:
        place = f" ({error.place})" if error.place else ""
        return [Diagnosis(what=what, verdict=Verdict.BAD, words=f"{error.message}{place}", hint=error.hint)]


def channels(publishers: Mapping[str, Publisher]) -> list[Diagnosis]:
    """Whether each channel lets us in."""
    return [_channel(name, publisher) for name, publisher in publishers.items()]


def _channel(name: str, publisher: Publisher) -> Diagnosis:
    what = f"channel {name}"
    try:
        return Diagnosis(what=what, verdict=Verdict.GOOD, words=publisher.verify())
    except NotSent as error:
        return Diagnosis(what=what, verdict=Verdict.BAD, words=error.message, hint=error.hint)


def claims(rules_by_pack: Mapping[str, int]) -> Diagnosis:
    """Which packs of claim rules are in force, with their number of rules."""
    if not rules_by_pack:
        hint = "Name packs in assets/brand/brand.toml, or take the line `claims` out for every pack."
        return Diagnosis(what="claim rules", verdict=Verdict.LOOK, words="None is in force.", hint=hint)
    packs = ", ".join(f"{pack} ({count})" for pack, count in rules_by_pack.items())
    return good("claim rules", packs)


def booking(addresses: Mapping[str, str]) -> list[Diagnosis]:
    """Whether posts would lead to a real booking page."""
    return [_booking(office, url) for office, url in addresses.items()]


def _booking(office: str, url: str) -> Diagnosis:
    what = f"booking {office}"
    if "://example." in url or ".example/" in f"{url}/":
        hint = f"Put your own address into settings.env: BOOKING__{office.upper()}=https://…"
        return Diagnosis(what=what, verdict=Verdict.LOOK, words=f"{url} is only an example.", hint=hint)
    return Diagnosis(what=what, verdict=Verdict.GOOD, words=url)


def feeds(addresses: Iterable[str], read_feed: Callable[[Subscription], Feed], *, now: datetime) -> list[Diagnosis]:
    """Whether each feed answers, and is one."""
    return [each for address in addresses for each in told(f"feed {address}", partial(_feed, address, read_feed, now))]


def _feed(address: str, read_feed: Callable[[Subscription], Feed], now: datetime) -> list[Diagnosis]:
    what, feed = f"feed {address}", read_feed(Subscription(address=address, next_at=now))
    if not feed.items:
        return [Diagnosis(what=what, verdict=Verdict.LOOK, words="It is a feed, but has no items.")]
    newest = feed.items[0]
    return [good(what, f"{len(feed.items)} items, the newest “{newest.title or newest.source}”")]


def deliveries(late: Sequence[Overdue], waiting: int) -> Diagnosis:
    """Whether something is due without an outcome, or how many wait for a person."""
    if late:
        hint = "Is the worker running? `quotidian worker` starts it."
        words = f"{len(late)} are overdue, the oldest since {late[0].wall_time.replace('T', ' ')}."
        return Diagnosis(what="deliveries", verdict=Verdict.BAD, words=words, hint=hint)
    if waiting:
        words = f"{waiting} are held or unknown and wait for you."
        return Diagnosis(what="deliveries", verdict=Verdict.LOOK, words=words, hint="`quotidian list` shows them.")
    return Diagnosis(what="deliveries", verdict=Verdict.GOOD, words="none is overdue")


def pauses(standing: Iterable[Pause]) -> list[Diagnosis]:
    """What stands still, and why; what a network refuses until somebody acts has to be mended."""
    return [_pause(each) for each in standing]


def _pause(each: Pause) -> Diagnosis:
    until = f" until {each.until:%Y-%m-%d %H:%M} UTC" if each.until else ""
    words = f"paused by {each.by} since {each.since:%Y-%m-%d %H:%M} UTC{until}"
    return Diagnosis(
        what=f"{'campaign' if each.campaign else 'channel'} {each.name}",
        verdict=Verdict.BAD if each.by_network and not each.until else Verdict.LOOK,
        words=f"{words}: {each.why}" if each.why else words,
        hint=f"{each.hint} `quotidian resume {each.name}` lets it go on.".strip(),
    )


def money(spending: Iterable[Spending]) -> list[Diagnosis]:
    """What each account that costs has spent, and what would go over its cap."""
    return [
        Diagnosis(
            what=f"money {each.channel} {each.month}",
            verdict=Verdict.LOOK if each.over or each.cap_usd is None else Verdict.GOOD,
            words=each.words,
            hint="" if each.cap_usd is not None else f"CHANNELS__{each.channel.upper()}__MONTHLY_CAP sets one.",
        )
        for each in spending
    ]


def foreseen(coming: Iterable[Forecast], *, now: datetime) -> list[Diagnosis]:
    """Keys that end and caps that are reached; keys that have ended have to be mended."""
    return [
        Diagnosis(
            what=each.what.value,
            verdict=Verdict.BAD if each.what is Coming.TOKEN_ENDS and each.at and each.at <= now else Verdict.LOOK,
            words=each.words,
        )
        for each in coming
        if each.what is not Coming.PLAN_ENDS
    ]


def cards(channels: Mapping[str, Capabilities], *, size: str, form: str) -> Diagnosis:
    """Whether every channel takes cards as they are made now, and shows them whole."""
    takers = tuple(channels.values())
    size = best_size(takers) if size == AUTO else size
    takes = taken_by_all(takers)
    formats = takes.formats if form == AUTO else (form,)
    refusing = [name for name, can in channels.items() if not set(formats) & set(can.picture_formats)]
    if refusing:
        words = f"{' and '.join(refusing)} can't take {' or '.join(formats)}."
        hint = "Set CARD_FORMAT=auto, or publish to such channels from workspaces of their own."
        return Diagnosis(what="cards", verdict=Verdict.BAD, words=words, hint=hint)
    cropping = [name for name, can in channels.items() if size not in can.picture_sizes]
    if cropping:
        words = f"{' and '.join(cropping)} may crop {size} cards."
        return Diagnosis(what="cards", verdict=Verdict.LOOK, words=words, hint="Set CARD_SIZE=auto.")
    return good("cards", f"{size}, {' or '.join(formats)}, up to {megabytes(takes.most_bytes)} MB")


def disk(free_mib: int) -> Diagnosis:
    """Whether there is room for cards."""
    verdict = Verdict.GOOD if free_mib >= LOW_DISK_MIB else Verdict.BAD
    hint = "" if verdict is Verdict.GOOD else f"Keep at least {LOW_DISK_MIB} MiB free."
    return Diagnosis(what="disk", verdict=verdict, words=f"{free_mib} MiB free", hint=hint)


def worker(sign: Heartbeat | None, *, now: datetime) -> Diagnosis:
    """Whether the worker, which runs, still gives signs of life."""
    if sign is None or not sign.is_old(now):
        return good("worker", "It runs.")
    words = f"It runs, but has given no sign of life since {sign.at:%Y-%m-%d %H:%M} UTC."
    return Diagnosis(what="worker", verdict=Verdict.BAD, words=words, hint="Look into its log, then start it anew.")


def cron(sign: Heartbeat, *, now: datetime) -> list[Diagnosis]:
    """Whether a worker that doesn't stay comes as often as it usually does; nothing where it has no rhythm yet."""
    if sign.rhythm is None:
        return []
    words = f"Cron runs it {about(sign.rhythm)}, last at {sign.at:%Y-%m-%d %H:%M} UTC"
    if not sign.is_late(now):
        return [good("worker", f"{words}.")]
    hint = "Look at crontab and its mails, or run `quotidian worker --once` by hand."
    return [Diagnosis(what="worker", verdict=Verdict.BAD, words=f"{words}: it should have run again.", hint=hint)]


def clock(journal: Journal, *, now: datetime) -> Diagnosis:
    """Whether the machine's clock is behind what it already wrote into the log."""
    later = journal.attempts(since=now + SKEW)
    if later:
        hint = "Set the machine's clock, best with NTP, before the worker runs again."
        return Diagnosis(what="clock", verdict=Verdict.BAD, words="It is behind the last entry of the log.", hint=hint)
    return Diagnosis(what="clock", verdict=Verdict.GOOD, words=f"{now:%Y-%m-%d %H:%M} UTC")
