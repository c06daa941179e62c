"""How a page is made: one frame around it, everything in it taken as text, times on the workspace's clocks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache, partial
from http import HTTPStatus
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scheduler.domain.brief import one_line
from scheduler.domain.pricing import dollars
from scheduler.web.dashboard.frame import NOTHING, frame_of
from scheduler.web.dashboard.hinting import onscreen
from scheduler.web.dashboard.naming import called, place_here
from scheduler.web.dashboard.pictures import card_url, thumb_soon
from scheduler.web.dashboard.telling import gist
from scheduler.web.dashboard.visit import Answer, Visit
from scheduler.web.pages import TEMPLATES, may_be_link

HERE = Path(__file__).parent
STATIC = HERE / "static"
THEMES = ("system", "light", "dark")
PLACES = (
    ("today", "Today", "/"),
    ("calendar", "Calendar", "/calendar"),
    ("review", "Review", "/review"),
    ("articles", "Articles", "/articles"),
    ("log", "Log", "/log"),
    ("channels", "Channels", "/channels"),
    ("cards", "Cards", "/cards"),
    ("report", "Report", "/report"),
)
LATER = ("articles", "cards", "report")
"""Places that a phone shows under More."""


@cache
def environment() -> Environment:
    """All templates, compiled once."""
    made = Environment(
        loader=FileSystemLoader([HERE / "templates", TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    ours = {"static": static, "dollars": dollars, "may_be_link": may_be_link, "card_url": card_url}
    made.globals.update(ours, gist=gist, one_line=one_line, onscreen=onscreen)
    return made


def shown(visit: Visit, template: str, *, place: str = "", status: int = HTTPStatus.OK, **data: object) -> Answer:
    """A page in its frame. Everything in `data` is taken as text; `place` is the one of PLACES that is open."""
    around = frame_of(visit) if status < HTTPStatus.INTERNAL_SERVER_ERROR else NOTHING
    frame = {
        "visit": visit,
        "pulse": around.pulse,
        "waiting": around.waiting,
        "place": place,
        "places": PLACES,
        "later": LATER,
        "themes": THEMES,
        "place_name": visit.app.settings.time_zone.rpartition("/")[2].replace("_", " "),
        "said": visit.cookies.get("said", ""),
        **words(visit),
    }
    body = environment().get_template(template).render({**frame, **data})
    return Answer(body=body.encode(), status=status, cookies={"said": ""} if frame["said"] else {})


def words(visit: Visit) -> Mapping[str, Callable[..., str]]:
    """Dates and times as people here write them: functions for templates."""
    locale = visit.app.settings.locale
    return {
        "day": partial(_day, zone=visit.zone, locale=locale),
        "clock": partial(_clock, zone=visit.zone, locale=locale),
        "iso": partial(_iso, zone=visit.zone),
        "number": partial(format_decimal, locale=locale),
        "thumb_url": partial(thumb_soon, visit),
        "called": partial(called, visit.app),
        "place_here": partial(place_here, visit.app),
        "when": partial(_when, now=visit.now, zone=visit.zone, locale=locale),
    }


def _day(at: datetime | date, form: str = "EEEE d MMMM", *, zone: ZoneInfo, locale: str) -> str:
    return _date_words(at.astimezone(zone).date() if isinstance(at, datetime) else at, form, locale)


def _clock(at: datetime, *, zone: ZoneInfo, locale: str) -> str:
    local = at.astimezone(zone)
    return _time_words(local.hour, local.minute, locale)


@lru_cache(maxsize=4_000)
def _date_words(day: date, form: str, locale: str) -> str:
    return format_date(day, form, locale=locale)


@lru_cache(maxsize=4_000)
def _time_words(hour: int, minute: int, locale: str) -> str:
    """A page tells some times a hundred times."""
    return format_time(time(hour, minute), "short", locale=locale)


def _when(at: datetime, *, now: datetime, zone: ZoneInfo, locale: str) -> str:
    """`today 17:00`, `tomorrow 08:30`, `Thu 12 November, 09:00`; the year where it is another one."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = _clock(at, zone=zone, locale=locale)
    near = {today: "today", today + timedelta(days=1): "tomorrow", today - timedelta(days=1): "yesterday"}
    if local.date() in near:
        return f"{near[local.date()]} {clock}"
    form = "EEE d MMMM" if local.year == today.year else "EEE d MMMM y"
    return f"{_day(at, form, zone=zone, locale=locale)}, {clock}"


def _iso(at: datetime, *, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


@cache
def static(name: str) -> str:
    """The address of a file of ours, which changes with the file, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
