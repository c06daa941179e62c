"""A month's figures, asked of the store: for the page, the file and whoever sends it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.delivery import State
from scheduler.usecases.monthly import MOST_ARTICLES, Summary, edges_of, summed

if TYPE_CHECKING:
    from scheduler.store import Store

OPEN_AFTER = timedelta(hours=1)
"""What is later than this and has no outcome is told."""


def month_of(store: Store, first: date, *, zone: str, now: datetime) -> Summary:
    """The month that begins with `first` in a zone."""
    screen, edges = store.report_screen, edges_of(first, zone)
    counted = screen.counted(edges)
    earlier = screen.counted(edges_of((first - timedelta(days=1)).replace(day=1), zone))
    ranked = sorted(counted.articles, key=lambda number: (-counted.articles[number], number))[:MOST_ARTICLES]
    titles = screen.titles(ranked)
    return summed(
        counted.counts,
        first=first,
        articles=[(titles[number], counted.articles[number]) for number in ranked],
        article_count=len(counted.articles),
        before=sum(one.number for one in earlier.counts if one.state is State.PUBLISHED),
        twice=store.log_screen.twice(edges[0], edges[-1]),
        open=screen.overdue(edges[0], min(edges[-1], now - OPEN_AFTER)),
        today=now.astimezone(ZoneInfo(zone)).date(),
    )
