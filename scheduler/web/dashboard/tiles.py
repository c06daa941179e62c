"""How the calendar's templates tell a delivery: where its tile leads, its time, its words, whether it can be moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Any

from babel.dates import format_time
from babel.numbers import format_decimal

from scheduler.domain.brief import brief
from scheduler.domain.clockchange import ClockChange
from scheduler.domain.slots import local
from scheduler.domain.standing import Standing
from scheduler.store.screens.calendar import PlannedTile
from scheduler.web.dashboard.looks import words
from scheduler.web.dashboard.telling import gist
from scheduler.web.dashboard.visit import Visit

MOST_SAID = 160
MOVABLE = frozenset({Standing.DRAFT, Standing.CONFIRM, Standing.SCHEDULED})
ASKS_REVIEW = frozenset({Standing.DRAFT, Standing.CONFIRM})


def tile_words(visit: Visit) -> Mapping[str, Any]:
    """Functions for templates."""
    locale = visit.app.settings.locale
    return {
        "href_of": href_of,
        "said_of": said_of,
        "can_move": can_move,
        "clock_of": partial(_clock_of, visit),
        "moving": partial(_moving, zone=visit.app.settings.time_zone),
        "wall": partial(_wall, locale=locale),
        "wall_words": lambda text: _wall(datetime.fromisoformat(text), locale=locale),
        "shift_words": shift_words,
        "number": partial(_number, locale=locale),
    }


def href_of(tile: PlannedTile) -> str:
    """A draft is decided about, all else has a story."""
    return f"/review/{tile.post_id}" if tile.standing in ASKS_REVIEW else f"/log/{tile.code}"


def said_of(tile: PlannedTile) -> str:
    """The words without their link, as far as a list has room."""
    return brief(gist(tile.said, tile.link), MOST_SAID)


def can_move(tile: PlannedTile) -> bool:
    """Whether a person may give it another time; a later part of a thread goes where the first one goes."""
    return tile.standing in MOVABLE and tile.part == 0


def shift_words(change: ClockChange) -> str:
    """`−1 h`, `+30 min`."""
    minutes = change.shift // timedelta(minutes=1)
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{abs(minutes)} min" if rest else f"{sign}{hours} h"


def _clock_of(visit: Visit, tile: PlannedTile) -> str:
    """The second of two equal wall times says so."""
    clock = words(visit)["clock"]
    said = clock(tile.due_at) if callable(clock) else ""
    return f"{said} (second time)" if tile.due_at.astimezone(visit.zone).fold else said


@lru_cache(maxsize=4_000)
def _number(count: int, *, locale: str) -> str:
    return format_decimal(count, locale=locale)


def _wall(at: datetime, *, locale: str) -> str:
    return format_time(at.time(), "short", locale=locale)


def _moving(tile: PlannedTile, *, zone: str) -> Mapping[str, str]:
    """What a script has to know of a tile that can be moved."""
    if not can_move(tile):
        return {"data-row": ""}
    at = f"{local(tile.due_at, zone):%H:%M}"
    return {"data-row": "", "draggable": "true", "data-code": tile.code, "data-at": at, "data-channel": tile.channel}
