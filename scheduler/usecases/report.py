"""A month in review: what went out, what failed, what was held and why, per channel and article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from scheduler.domain.bookings import NOTHING_KNOWN, Bookings, Brought
from scheduler.domain.delivery import Attempt, Delivery, State
from scheduler.domain.findings import Finding
from scheduler.domain.revision import SourceRule
from scheduler.usecases.budget import Spending, following, starts


class Result(StrEnum):
    """What became of a delivery, as a marketer counts it."""

    OUT = "out"
    FAILED = "failed"
    HELD = "held"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    COMING = "coming"


RESULTS: Mapping[State, Result] = {
    State.PUBLISHED: Result.OUT,
    State.FAILED: Result.FAILED,
    State.HELD: Result.HELD,
    State.UNKNOWN: Result.UNKNOWN,
    State.CANCELLED: Result.CANCELLED,
    State.SCHEDULED: Result.COMING,
    State.CLAIMED: Result.COMING,
    State.SENDING: Result.COMING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One delivery. `at` is in the workspace's zone: when it was sent, or when it was or is due; `why` is in words.

    `cost_usd` is what it cost, as far as it may be out; `clicks` and `bookings` are what it brought, None where nobody
    knows.
    """

    at: datetime
    channel: str
    article: str
    post: int
    code: str
    result: Result
    words: str
    why: str
    url: str
    cost_usd: float = 0.0
    clicks: int | None = None
    bookings: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many deliveries of one channel or article came to which end."""

    name: str
    counts: Mapping[Result, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One month, `2026-11`, in one zone; lines by their time."""

    month: str
    zone: str
    lines: tuple[Line, ...]
    totals: Mapping[Result, int]
    channels: tuple[Tally, ...]
    articles: tuple[Tally, ...]
    spending: tuple[Spending, ...] = ()

    def of(self, result: Result) -> tuple[Line, ...]:
        """The lines that came to this end."""
        return tuple(line for line in self.lines if line.result is result)


class Row(Protocol):
    """One delivery with its last try, where that tells why, and what was found of its post."""

    @property
    def delivery(self) -> Delivery: ...
    @property
    def last(self) -> Attempt | None: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...


def report(
    month: str,
    rows: Iterable[Row],
    *,
    zone: str,
    spending: tuple[Spending, ...] = (),
    known: Bookings = NOTHING_KNOWN,
) -> Report:
    """What was sent or due in this month of this zone, with what its accounts spent in it and what it brought."""
    ours = sorted((line_of(row, zone, known) for row in rows), key=lambda line: line.at)
    return Report(
        month=month,
        zone=zone,
        lines=tuple(ours),
        totals=_counts(ours),
        channels=_tallies(ours, lambda line: line.channel),
        articles=_tallies(ours, lambda line: line.article),
        spending=spending,
    )


def month_span(month: str, zone: str) -> tuple[datetime, datetime]:
    """The instants (UTC) from which and up to which `2026-11` lasts in a zone."""
    first = date.fromisoformat(f"{month}-01")
    return starts(first, zone), starts(following(first), zone)


def line_of(row: Row, zone: str, known: Bookings = NOTHING_KNOWN) -> Line:
    """One delivery as the report tells it."""
    return _line(row.delivery, row.last, _flag(row.findings), ZoneInfo(zone), known)


COLUMNS = (
    *("at", "channel", "article", "post", "code", "result", "words", "why", "url", "cost_usd"),
    *("clicks", "bookings"),
)


def record_of(line: Line) -> dict[str, str | int | float | None]:
    """As JSON; the time is ISO 8601 with its offset."""
    own = {name: getattr(line, name) for name in COLUMNS[1:]}
    return {"at": line.at.isoformat(timespec="seconds"), **own}


def cells_of(line: Line) -> list[str]:
    """As a row of a sheet."""
    return [f"{line.at:%Y-%m-%d %H:%M:%S %z}", *(_cell(getattr(line, name)) for name in COLUMNS[1:])]


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _line(delivery: Delivery, last: Attempt | None, flag: str, zone: ZoneInfo, known: Bookings) -> Line:
    out = delivery.state is State.PUBLISHED
    brought = known.by_code.get(delivery.code, Brought())
    at = (delivery.sent_at if out else None) or delivery.due_at
    return Line(
        at=at.astimezone(zone),
        channel=delivery.channel,
        article=delivery.article,
        post=delivery.post_id,
        code=delivery.code,
        result=RESULTS[delivery.state],
        words=delivery.text.partition("\n\n")[0],
        why=flag if out else _why(delivery, last),
        url=delivery.url,
        cost_usd=delivery.cost_usd if delivery.sent_at else 0.0,
        clicks=brought.clicks if known.has_clicks else None,
        bookings=brought.bookings if known.has_bookings else None,
    )


def _flag(findings: Sequence[Finding]) -> str:
    """That the article of what is out says something else by now."""
    return " ".join(one.message for one in findings if one.rule == SourceRule.OUT)


def _why(delivery: Delivery, last: Attempt | None) -> str:
    """The delivery's own words, with the hint of its last try where that is what they tell of."""
    hint = last.hint if last and last.words and last.words in delivery.words else ""
    return f"{delivery.words} {hint}".strip()


def _counts(lines: Sequence[Line]) -> dict[Result, int]:
    counted = Counter(line.result for line in lines)
    return {result: counted[result] for result in Result}


def _tallies(lines: Sequence[Line], name_of: Callable[[Line], str]) -> tuple[Tally, ...]:
    named: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        named[name_of(line)].append(line)
    return tuple(Tally(name=name, counts=_counts(mine)) for name, mine in sorted(named.items()))
