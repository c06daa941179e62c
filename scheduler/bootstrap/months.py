"""A month's figures, asked of the store: for the page, the file and whoever sends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.bookings import NOTHING_BROUGHT, NOTHING_KNOWN, Bookings, Brought
from scheduler.domain.delivery import State
from scheduler.usecases.monthly import MOST_ARTICLES, ArticleMonth, Summary, edges_of, summed

if TYPE_CHECKING:
    from scheduler.store import Store
    from scheduler.store.screens.report import Out

OPEN_AFTER = timedelta(hours=1)
"""What is later than this and has no outcome is told."""


def month_of(store: Store, first: date, *, zone: str, now: datetime, known: Bookings = NOTHING_KNOWN) -> Summary:
    """The month that begins with `first` in a zone; `known` is what posts brought."""
    screen, edges = store.report_screen, edges_of(first, zone)
    counted = screen.counted(edges)
    earlier = screen.counted(edges_of((first - timedelta(days=1)).replace(day=1), zone))
    ranked = sorted(counted.articles, key=lambda number: (-counted.articles[number], number))[:MOST_ARTICLES]
    titles = screen.titles(ranked)
    by_channel, by_article = _brought(screen.out_of(known.by_code, edges[0], edges[-1]), known)
    return summed(
        counted.counts,
        first=first,
        articles=[
            ArticleMonth(title=titles[one], posts=counted.articles[one], brought=by_article.get(one, NOTHING_BROUGHT))
            for one in ranked
        ],
        article_count=len(counted.articles),
        before=sum(one.number for one in earlier.counts if one.state is State.PUBLISHED),
        twice=store.log_screen.twice(edges[0], edges[-1]),
        open=screen.overdue(edges[0], min(edges[-1], now - OPEN_AFTER)),
        today=now.astimezone(ZoneInfo(zone)).date(),
        known=known,
        by_channel=by_channel,
    )


def _brought(out: Iterable[Out], known: Bookings) -> tuple[Mapping[str, Brought], Mapping[int, Brought]]:
    """By channel, and by the number of the article."""
    by_channel: dict[str, Brought] = {}
    by_article: dict[int, Brought] = {}
    for one in out:
        brought = known.by_code[one.code]
        by_channel[one.channel] = by_channel.get(one.channel, NOTHING_BROUGHT) + brought
        by_article[one.article_id] = by_article.get(one.article_id, NOTHING_BROUGHT) + brought
    return by_channel, by_article
