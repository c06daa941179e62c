"""How a page is made: one frame around it, everything in it taken as text, times on the workspace's clocks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, partial
from http import HTTPStatus
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scheduler.web.dashboard.pictures import card_url, thumb_url
from scheduler.web.dashboard.visit import Answer, Visit
from scheduler.web.pages import may_be_link

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
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(static=static, may_be_link=may_be_link, thumb_url=thumb_url, card_url=card_url)
    return made


def shown(visit: Visit, template: str, *, place: str = "", status: int = HTTPStatus.OK, **data: object) -> Answer:
    """A page in its frame. Everything in `data` is taken as text; `place` is the one of PLACES that is open."""
    frame = {
        "visit": visit,
        "place": place,
        "places": PLACES,
        "later": LATER,
        "themes": THEMES,
        "said": visit.cookies.get("said", ""),
        **words(visit),
    }
    body = environment().get_template(template).render({**frame, **data})
    return Answer(body=body.encode(), status=status, cookies={"said": ""} if frame["said"] else {})


def words(visit: Visit) -> Mapping[str, object]:
    """Dates and times as people here write them: functions for templates."""
    locale = visit.app.settings.locale
    return {
        "day": partial(_day, zone=visit.zone, locale=locale),
        "clock": partial(_clock, zone=visit.zone, locale=locale),
        "iso": partial(_iso, zone=visit.zone),
    }


def _day(at: datetime | date, form: str = "EEEE d MMMM", *, zone: ZoneInfo, locale: str) -> str:
    return format_date(at.astimezone(zone) if isinstance(at, datetime) else at, form, locale=locale)


def _clock(at: datetime, *, zone: ZoneInfo, locale: str) -> str:
    return format_time(at.astimezone(zone), "short", locale=locale)


def _iso(at: datetime, *, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


@cache
def static(name: str) -> str:
    """The address of a file of ours, which changes with the file, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
