"""The calendar: a month, a week or a list of what is planned and what went out, with the slots that are free."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from scheduler.domain.slots import local
from scheduler.domain.standing import Standing
from scheduler.store.screens.calendar import PlannedTile
from scheduler.web.dashboard.costs import month_cost
from scheduler.web.dashboard.days import CalendarDay, Planner, needs
from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.tiles import tile_words
from scheduler.web.dashboard.visit import Answer, Page, Visit

VIEWS = ("week", "month", "list")
WEEK_TILES, MONTH_ROWS, LIST_ROWS = 4, 3, 50
DAY, MICROSECOND = timedelta(days=1), timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"(\d{1,16})-(\d{1,18})", re.ASCII)
LEGEND = (
    (Standing.DRAFT, "not approved yet"),
    (Standing.CONFIRM, "a named person must say yes"),
    (Standing.SCHEDULED, "approved, has its time"),
    (Standing.SENDING, "on its way now"),
    (Standing.PUBLISHED, "the network gave us its address"),
    (Standing.HELD, "stays until you release it"),
    (Standing.UNKNOWN, "sent, but the answer was lost"),
    (Standing.FAILED, "refused, nothing went out"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which part of the calendar is asked for: `channels` are those to show, all unless some are named."""

    view: str
    at: date
    channels: tuple[str, ...]
    all_channels: tuple[str, ...]

    def address(self, **other: object) -> str:
        """Of the same part, but for what is given: `view`, `at`, or `toggled`, a channel to show or no more."""
        channels = _toggled(self, str(other["toggled"])) if "toggled" in other else self.named
        query = [("view", other.get("view", self.view)), ("at", other.get("at", self.at))]
        return f"/calendar?{urlencode([*query, *(('channel', name) for name in channels)])}"

    @property
    def named(self) -> tuple[str, ...]:
        """The channels of an address: none where all are shown."""
        return () if len(self.channels) == len(self.all_channels) else self.channels


def _toggled(asked: Asked, name: str) -> Sequence[str]:
    """From all to one; then one more or less."""
    if not name:
        return ()
    if not asked.named:
        return (name,)
    return [one for one in asked.all_channels if (one in asked.named) != (one == name)]


def asked_of(visit: Visit) -> Asked:
    """What an address asks for; what it doesn't say or says wrong is this week and all channels."""
    known = tuple(visit.app.settings.channels)
    channels = tuple(name for name in known if name in visit.lists.get("channel", ()))
    view = visit.query.get("view", "")
    return Asked(
        view=view if view in VIEWS else VIEWS[0],
        at=_date(visit.query.get("at", "")) or visit.local_now.date(),
        channels=channels or known,
        all_channels=known,
    )


def _date(words: str) -> date | None:
    """Far enough from the ends of the calendar to count some months from."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if 1970 < day.year < 2200 else None


def calendar(visit: Visit) -> Answer:
    """The part that is asked for."""
    asked = asked_of(visit)
    planner = Planner(app=visit.app, now=visit.now, channels=asked.channels)
    views = {"week": _week, "month": _month, "list": _list}
    return views[asked.view](visit, asked, planner)


def _week(visit: Visit, asked: Asked, planner: Planner) -> Answer:
    first = _monday(asked.at, visit.app.settings.locale)
    days = planner.days(first, 7, most=WEEK_TILES)
    heading = _span_words(first, first + 6 * DAY, planner.today, visit.app.settings.locale)
    around: dict[str, Any] = {"back_to": first - 7 * DAY, "on_to": first + 7 * DAY}
    return _page(visit, asked, planner, days=days, told=days, heading=heading, **around)


def _month(visit: Visit, asked: Asked, planner: Planner) -> Answer:
    first = asked.at.replace(day=1)
    after = first + monthrange(first.year, first.month)[1] * DAY
    start = _monday(first, visit.app.settings.locale)
    count = -(-(after - start).days // 7) * 7
    days = planner.days(start, count, most=MONTH_ROWS)
    weeks = [days[at : at + 7] for at in range(0, count, 7)]
    told = [day for day in days if first <= day.date < after]
    heading = format_date(first, "LLLL y", locale=visit.app.settings.locale)
    around: dict[str, Any] = {
        "back_to": (first - DAY).replace(day=1),
        "on_to": after,
        "cost": month_cost(visit.app, told, channels=asked.channels),
    }
    return _page(visit, asked, planner, days=days, told=told, weeks=weeks, heading=heading, **around)


def _span_words(first: date, last: date, today: date, locale: str) -> str:
    """`26 October to 1 November`, with the year where it is another one."""
    start = "d" if first.month == last.month else "d MMMM" if first.year == last.year else "d MMMM y"
    end = "d MMMM" if first.year == last.year == today.year else "d MMMM y"
    return f"{format_date(first, start, locale=locale)} to {format_date(last, end, locale=locale)}"


def _page(
    visit: Visit, asked: Asked, planner: Planner, *, days: list[CalendarDay], told: list[CalendarDay], **more: Any
) -> Answer:
    """`told` are the days that the page is about; a month shows some others beside them."""
    counts = sum((Counter(day.counts) for day in told), Counter[Standing]())
    return shown(
        visit,
        f"calendar_{asked.view}.html",
        place="calendar",
        asked=asked,
        planner=planner,
        days=days,
        told=told,
        summary=_summary(counts, sum(len(day.free) for day in told), visit.app.settings.locale),
        **_frame(visit, asked),
        **more,
    )


def _summary(counts: Counter[Standing], free: int, locale: str) -> str:
    filled, waiting = counts.total(), needs(counts)
    parts = [(filled + free, "slot"), (filled, "filled"), (free, "free")]
    told = [
        f"{format_decimal(number, locale=locale)} {word}{'s' if word == 'slot' and number != 1 else ''}"
        for number, word in parts
    ]
    if waiting:
        told.append(f"{format_decimal(waiting, locale=locale)} {'post needs' if waiting == 1 else 'posts need'} you")
    return " · ".join(told)


def _list(visit: Visit, asked: Asked, planner: Planner) -> Answer:
    screen, channels = visit.app.store.calendar_screen, asked.named
    start = datetime.combine(asked.at, datetime.min.time(), visit.zone).astimezone(UTC)
    after = _cursor(visit.query.get("after", ""))
    found = screen.page(channels=channels, since=start, after=after, most=LIST_ROWS + 1)
    tiles, more = found[:LIST_ROWS], found[LIST_ROWS:]
    first = tiles[0].due_at if tiles else start
    before = screen.before(channels=channels, until=min(first, start) if not after else first, most=LIST_ROWS)
    earlier = local(before, planner.zone).date() if before else None
    last = tiles[-1] if more else None
    locale, is_now = visit.app.settings.locale, asked.at == planner.today
    return shown(
        visit,
        "calendar_list.html",
        place="calendar",
        asked=asked,
        planner=planner,
        days=_by_day(tiles, planner.zone),
        heading="From today on" if is_now else f"From {format_date(asked.at, 'd MMMM y', locale=locale)} on",
        back_to=earlier,
        on_to=asked.address(at=asked.at) + f"&after={(last.due_at - EPOCH) // MICROSECOND}-{last.id}" if last else "",
        **_frame(visit, asked),
    )


def _by_day(tiles: Sequence[PlannedTile], zone: str) -> Mapping[date, Sequence[PlannedTile]]:
    found: dict[date, list[PlannedTile]] = {}
    for tile in tiles:
        found.setdefault(local(tile.due_at, zone).date(), []).append(tile)
    return found


def _cursor(words: str) -> tuple[datetime, int] | None:
    found = CURSOR.fullmatch(words)
    return (EPOCH + int(found[1]) * MICROSECOND, int(found[2])) if found else None


def _monday(day: date, locale: str) -> date:
    """The first day of a week, as it is counted here."""
    first = Locale.parse(locale).first_week_day
    return day - (day.weekday() - first) % 7 * DAY


def _frame(visit: Visit, asked: Asked) -> Mapping[str, Any]:
    undo = undo_of(visit)
    return {"views": VIEWS, "undo": undo, "here": asked.address(), "legend": LEGEND, **tile_words(visit)}


def undo_of(visit: Visit) -> Mapping[str, Any]:
    """What takes a move back, where an address tells of one."""
    code, _, was = visit.query.get("moved", "").partition("~")
    tile = visit.app.store.calendar_screen.tile(code) if code and was else None
    return {"code": tile.code, "to": was, "at": tile.due_at} if tile else {}


PAGES = (Page(path="/calendar", view=calendar),)
