"""What is going to happen if nobody does anything: keys that end, caps that are reached, calendars that run out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from scheduler.domain.delivery import State
from scheduler.usecases.budget import Spending


class Coming(StrEnum):
    """What comes."""

    TOKEN_ENDS = "token ends"  # noqa: S105 - it is none
    CAP_REACHED = "cap reached"
    PLAN_ENDS = "plan ends"


class Planned(Protocol):
    """A delivery as far as a forecast has to know it."""

    @property
    def channel(self) -> str: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def state(self) -> State: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One channel's: what comes, when (UTC; None is now already), and how many planned posts lie after it."""

    channel: str
    what: Coming
    at: datetime | None
    posts_after: int
    words: str


def forecasts(
    planned: Iterable[Planned],
    *,
    channels: Sequence[str],
    token_ends: Mapping[str, datetime],
    spending: Iterable[Spending],
    zone: str,
    now: datetime,
) -> tuple[Forecast, ...]:
    """By channel as the settings name them; of one channel first its keys, then its money, then its calendar."""
    due: dict[str, list[datetime]] = {channel: [] for channel in channels}
    for one in planned:
        if one.state is State.SCHEDULED and one.channel in due:
            due[one.channel].append(one.due_at)
    reached = {one.channel: one for one in sorted(spending, key=lambda one: one.month, reverse=True) if one.over}
    found: list[Forecast] = []
    for channel in channels:
        if end := token_ends.get(channel):
            found.append(_token(channel, end, due[channel], zone, now))
        if channel in reached:
            found.append(_cap(reached[channel], zone, now))
        found.append(_plan(channel, due[channel], zone, now))
    return tuple(found)


def _token(channel: str, end: datetime, due: Sequence[datetime], zone: str, now: datetime) -> Forecast:
    after = sum(at >= end for at in due)
    verb = "ended" if end <= now else "ends"
    words = f"{channel}: the token {verb} on {day(end, zone, now)}, {_posts(after)} after that."
    return Forecast(channel=channel, what=Coming.TOKEN_ENDS, at=end, posts_after=after, words=words)


def _cap(spending: Spending, zone: str, now: datetime) -> Forecast:
    at = spending.reached_at
    when = f"on {day(at, zone, now)}" if at else "now"
    words = f"{spending.channel}: the cap of {spending.month} is reached {when}, {_posts(spending.over)} after that."
    return Forecast(channel=spending.channel, what=Coming.CAP_REACHED, at=at, posts_after=spending.over, words=words)


def _plan(channel: str, due: Sequence[datetime], zone: str, now: datetime) -> Forecast:
    last = max(due, default=None)
    words = f"{channel}: nothing is planned{f' after {day(last, zone, now)}' if last else ''}."
    return Forecast(channel=channel, what=Coming.PLAN_ENDS, at=last, posts_after=0, words=words)


def day(at: datetime, zone: str, now: datetime) -> str:
    """`3 May` in a zone, with the year where it is another one."""
    local = at.astimezone(ZoneInfo(zone))
    year = f" {local.year}" if local.year != now.astimezone(ZoneInfo(zone)).year else ""
    return f"{local.day} {local:%B}{year}"


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count} posts"
