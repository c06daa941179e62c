"""Today: what needs you, what goes out next, and how the worker is."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import groupby

from scheduler.bootstrap.backup import BACKED_UP, WORKSPACE
from scheduler.domain.delivery import State
from scheduler.domain.standing import Standing
from scheduler.usecases.budget import month_of, starts
from scheduler.web.dashboard.agenda import Row, coming, costs
from scheduler.web.dashboard.looks import shown, words
from scheduler.web.dashboard.needs import needs_of
from scheduler.web.dashboard.visit import Answer, Page, Visit

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
MOST_COUNTED, MOST_PLANNED = 100_000, 10_000
AMONG_FIRST = 200


def today(visit: Visit) -> Answer:
    """The first page; three steps where nothing was ever taken in."""
    app, screen = visit.app, visit.app.store.today_screen
    if screen.is_new():
        return shown(visit, "begin.html", place="today")
    needs = needs_of(visit, words(visit)["when"])
    return shown(
        visit,
        "today.html",
        place="today",
        needs=needs,
        told=_told(len(needs)),
        days_of_rows=_by_day(visit),
        next_at=_next_at(visit),
        free_bytes=shutil.disk_usage(app.folders.root).free,
        backup=visit.app.store.remarks.last(WORKSPACE, beginning=BACKED_UP),
        month=_month(visit),
        costs=costs(app, now=visit.now),
        planned=screen.count(State.SCHEDULED, since=visit.now, most=MOST_PLANNED),
        most_planned=MOST_PLANNED,
        reach=_reach(visit),
    )


def _told(number: int) -> str:
    if number == 0:
        return "Nothing needs you."
    words = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{words} {'thing needs' if number == 1 else 'things need'} you."


def _by_day(visit: Visit) -> list[tuple[str, list[Row]]]:
    """What goes out next under the heading of its day."""
    day, today = words(visit)["day"], visit.local_now.date()

    def heading(row: Row) -> str:
        if row.tile.standing is Standing.SENDING:
            return "Now"
        return "Today" if row.tile.due_at.astimezone(visit.zone).date() == today else day(row.tile.due_at)

    return [(title, list(rows)) for title, rows in groupby(coming(visit.app, now=visit.now), key=heading)]


def _next_at(visit: Visit) -> datetime | None:
    screen = visit.app.store.today_screen
    found = (screen.next_ready(name, most=AMONG_FIRST) for name in visit.app.settings.channels)
    return min(filter(None, found), default=None)


def _month(visit: Visit) -> Mapping[str, int]:
    zone, screen = visit.app.settings.time_zone, visit.app.store.today_screen
    since = starts(month_of(visit.now, zone), zone)
    states = (State.PUBLISHED, State.FAILED, State.UNKNOWN)
    counts = {state.value: screen.count(state, since=since, until=visit.now, most=MOST_COUNTED) for state in states}
    return {**counts, "twice": visit.app.store.log_screen.twice(since, _tomorrow(visit))}


def _tomorrow(visit: Visit) -> datetime:
    """When today is over: until then the log counts, too."""
    return datetime.combine(visit.local_now.date() + timedelta(days=1), time(), visit.zone).astimezone(UTC)


def _reach(visit: Visit) -> list[tuple[str, datetime | None]]:
    """Each channel with the last instant for which it has something, the first to run dry before the others."""
    names = list(visit.app.settings.channels)
    last = visit.app.store.today_screen.reach(names)
    return sorted(((name, last.get(name)) for name in names), key=lambda one: one[1] or visit.now)


PAGES = (Page(path="/", view=today),)
