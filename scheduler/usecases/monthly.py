"""A month in figures and in one paragraph: what went out, per day, channel and article, and what did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from scheduler.domain.bookings import NOTHING_BROUGHT, Bookings, Brought
from scheduler.domain.delivery import State
from scheduler.usecases.budget import following
from scheduler.usecases.report import RESULTS, Result

TROUBLES = (Result.HELD, Result.FAILED, Result.UNKNOWN)
MOST_ARTICLES = 12


class Counted(Protocol):
    """So many of one channel and state on one day of the month, from 0, with what they cost."""

    @property
    def day(self) -> int: ...
    @property
    def channel(self) -> str: ...
    @property
    def state(self) -> State: ...
    @property
    def number(self) -> int: ...
    @property
    def cost_usd(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the workspace."""

    date: date
    counts: Mapping[Result, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelMonth:
    """One channel's month."""

    name: str
    counts: Mapping[Result, int]
    cost_usd: float
    brought: Brought = NOTHING_BROUGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleMonth:
    """What came of one article in a month."""

    title: str
    posts: int
    brought: Brought = NOTHING_BROUGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One month. `before` is how many went out in the month before, `twice` how many went out more than once, and
    `open` how many should have gone out by now and have no outcome. `articles` are those with the most posts.
    `brought` is what came of the posts of this month, as far as `known` says."""

    first: date
    days: tuple[Day, ...]
    totals: Mapping[Result, int]
    channels: tuple[ChannelMonth, ...]
    articles: tuple[ArticleMonth, ...]
    article_count: int
    before: int
    twice: int
    open: int
    today: date
    known: Bookings

    @property
    def brought(self) -> Brought:
        """By all of its posts."""
        return sum((one.brought for one in self.channels), NOTHING_BROUGHT)

    @property
    def out(self) -> int:
        """How many went out."""
        return self.totals[Result.OUT]

    @property
    def cost_usd(self) -> float:
        """Of what went out."""
        return round(sum(one.cost_usd for one in self.channels), 4)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was sent or due."""
        return not any(self.totals.values())

    @property
    def leader(self) -> str:
        """The article that went out more often than any other; empty where none did."""
        nobody = ArticleMonth(title="", posts=0)
        first, second = [*self.articles, nobody, nobody][:2]
        return first.title if first.posts > second.posts else ""

    @property
    def heading(self) -> str:
        """What the days show."""
        past = [day for day in self.days if day.date <= self.today]
        without = [day.date for day in past if not day.counts[Result.OUT]]
        if not past or len(without) == len(past):
            return "No day had a post"
        if not without:
            return "A post every day" if len(past) == len(self.days) else "A post every day so far"
        if len(without) <= 2:
            return f"A post every day but {' and '.join(f'{day.day}' for day in without)} {self.first:%B}"
        return f"Posts on {len(past) - len(without)} of {len(past)} days"


def edges_of(first: date, zone: str) -> list[datetime]:
    """The first instant (UTC) of each day of a month in a zone, and of the day after it."""
    days = (first + timedelta(days=number) for number in range((following(first) - first).days + 1))
    return [datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC) for day in days]


def summed(
    counts: Sequence[Counted],
    *,
    first: date,
    articles: Sequence[ArticleMonth],
    article_count: int,
    before: int,
    twice: int,
    open: int,
    today: date,
    known: Bookings,
    by_channel: Mapping[str, Brought],
) -> Summary:
    """The month that begins with `first`; `articles` in any order, `by_channel` is what each one's posts brought."""
    length = (following(first) - first).days
    by_day = [_tally(one for one in counts if one.day == number) for number in range(length)]
    ranked = sorted(articles, key=lambda article: (-article.posts, article.title))
    return Summary(
        first=first,
        days=tuple(Day(date=first + timedelta(days=at), counts=tally) for at, tally in enumerate(by_day)),
        totals=_tally(counts),
        channels=tuple(
            ChannelMonth(
                name=name,
                counts=_tally(one for one in counts if one.channel == name),
                cost_usd=round(sum(one.cost_usd for one in counts if one.channel == name), 4),
                brought=by_channel.get(name, NOTHING_BROUGHT),
            )
            for name in sorted({one.channel for one in counts})
        ),
        articles=tuple(ranked[:MOST_ARTICLES]),
        article_count=article_count,
        before=before,
        twice=twice,
        open=open,
        today=today,
        known=known,
    )


def paragraph(month: Summary) -> str:
    """The month in two or three sentences."""
    out = f"{_posts(month.out)} went out{_compared(month)}."
    words = (
        (Result.FAILED, "failed", "failed"),
        (Result.HELD, "is held", "are held"),
        (Result.UNKNOWN, "is unknown", "are unknown"),
    )
    rest = ", ".join(
        f"{_number(month.totals[what])} {one if month.totals[what] == 1 else many}"
        for what, one, many in words
        if month.totals[what]
    )
    once = "None was sent twice" if not month.twice else f"{month.twice:,} were sent twice"
    told = f"{rest[:1]}{rest[1:].replace(', One', ', one')}." if rest else ""
    return " ".join(part for part in (out, _brought(month), told, f"{once}.") if part)


def _brought(month: Summary) -> str:
    clicks, bookings = month.brought.clicks, month.brought.bookings
    told = [
        f"{clicks:,} {'click' if clicks == 1 else 'clicks'} to the booking page" if month.known.has_clicks else "",
        f"{bookings:,} {'booking' if bookings == 1 else 'bookings'}" if month.known.has_bookings else "",
    ]
    return f"They brought {' and '.join(filter(None, told))}." if any(told) and month.out else ""


def _compared(month: Summary) -> str:
    name = f"{month.first - timedelta(days=1):%B}"
    if not month.before:
        return ""
    more = month.out - month.before
    return (
        f", as many as in {name}" if not more else f", {abs(more):,} {'more' if more > 0 else 'fewer'} than in {name}"
    )


def _posts(number: int) -> str:
    return f"{_number(number)} {'post' if number < 2 else 'posts'}"


def _number(number: int) -> str:
    return {0: "No", 1: "One"}.get(number, f"{number:,}")


def _tally(counts: Iterable[Counted]) -> Mapping[Result, int]:
    found: Counter[Result] = Counter()
    for one in counts:
        found[RESULTS[one.state]] += one.number
    return {result: found[result] for result in Result}
