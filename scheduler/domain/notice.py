"""What people are told when they aren't looking, and how it is put together: never one message a post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.domain.shown import shown

GATHER = timedelta(minutes=1)
"""What comes together is told together: the first of it waits so long for the others."""
APART = timedelta(minutes=10)
"""Two messages are at least so far apart."""
MOST_LINES = 20
LONGEST_LINE = 400
BUSINESS = "Quotidian"


class NoticeKind(StrEnum):
    """What a notice is about, the most urgent first."""

    ALARM = "alarm"
    PAUSED = "paused"
    CAP = "cap"
    TOKEN = "token"  # noqa: S105 - it is none
    PAGE = "page gone"
    FAILED = "failed"
    HELD = "held"
    TEST = "test"


HEADS = {
    NoticeKind.ALARM: "Due, but without an outcome",
    NoticeKind.PAUSED: "Accounts that stand still",
    NoticeKind.CAP: "The month's cap",
    NoticeKind.TOKEN: "Keys that end",
    NoticeKind.PAGE: "Booking pages that are gone",
    NoticeKind.FAILED: "Failed",
    NoticeKind.HELD: "Held, and waiting for you",
    NoticeKind.TEST: "A test",
}
URGENT = frozenset({NoticeKind.ALARM, NoticeKind.PAUSED, NoticeKind.CAP, NoticeKind.TOKEN, NoticeKind.PAGE})
"""What never waits for a digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that happened. `key` is the same however often it is seen, so that it is told once."""

    key: str
    kind: NoticeKind
    at: datetime
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A delivery that failed or is held, as far as a notice tells of it."""

    key: str
    code: str
    channel: str
    article: str
    due_at: datetime
    wall_time: str
    words: str


class Fate(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Several notices for one address, of which only a fingerprint is kept: the address is a secret.

    `crashes` counts tries of which nobody knows how they ended; after a second one it is given up.
    """

    id: int = field(default=0, compare=False)
    target: str
    title: str
    body: str
    made_at: datetime
    digest: bool = False
    fate: Fate = Fate.WAITING
    tries: int = 0
    crashes: int = 0
    next_at: datetime | None = None


class Ending(StrEnum):
    """How a try to send ended; after `failed` some of several receivers may have it."""

    SENT = "sent"
    FAILED = "failed"
    UNKNOWN_ADDRESS = "unknown address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What to tell whom. The address is a secret."""

    address: str = field(repr=False)
    title: str
    body: str


def ready(
    pending: Sequence[Notice], *, last_at: datetime | None, now: datetime, urgent_only: bool = False
) -> list[Notice]:
    """What is to be told now, all at once; nothing while more of it may still come, or too soon after the last.

    What lies in the future was written by a clock that was wrong, and keeps nobody waiting.
    """
    told = [notice for notice in pending if not urgent_only or notice.kind in URGENT]
    if not told or now - GATHER < min(notice.at for notice in told) <= now:
        return []
    return told if last_at is None or not now - APART < last_at <= now else []


def last_digest(at: time, *, zone: str, now: datetime) -> datetime:
    """The latest instant up to now at which a digest was due."""
    local = now.astimezone(ZoneInfo(zone))
    due = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0, fold=0)
    due = due if due <= local else due - timedelta(days=1)
    return due.astimezone(ZoneInfo("UTC"))


def titled(notices: Sequence[Notice]) -> str:
    """One line that tells how much of what."""
    counts = {kind: sum(notice.kind is kind for notice in notices) for kind in NoticeKind}
    said = ", ".join(f"{count} {kind.value}" for kind, count in counts.items() if count)
    return f"{BUSINESS}: {said or 'all is well'}"


def written(notices: Sequence[Notice]) -> str:
    """The body: by kind, the most urgent first, each notice with its hint; many of a kind are counted."""
    return "\n\n".join(
        _section(kind, [notice for notice in notices if notice.kind is kind])
        for kind in NoticeKind
        if any(notice.kind is kind for notice in notices)
    )


def _section(kind: NoticeKind, notices: Sequence[Notice]) -> str:
    lines = [f"- {_one_line(notice.words)}{_hint(notice)}" for notice in notices[:MOST_LINES]]
    more = len(notices) - MOST_LINES
    return "\n".join([f"{HEADS[kind]}:", *lines, *([f"- and {more} more"] if more > 0 else [])])


def _hint(notice: Notice) -> str:
    return f" {_one_line(notice.hint)}" if notice.hint else ""


def _one_line(words: str) -> str:
    """Networks and articles are written by anybody: nothing that could steer, and no line of its own."""
    plain = shown(" ".join(words.split()))
    return plain if len(plain) <= LONGEST_LINE else f"{plain[: LONGEST_LINE - 1]}…"
