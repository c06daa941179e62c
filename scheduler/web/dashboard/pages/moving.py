"""Another time for a delivery, and a delivery for a free slot: by a form, by a key, or dropped with the mouse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus
from itertools import islice
from urllib.parse import urlencode

from scheduler.domain.errors import NotFound, QuotidianError
from scheduler.domain.slots import SlotTime, at_wall
from scheduler.domain.timetable import Booked
from scheduler.store.screens.calendar import PlannedTile
from scheduler.usecases.openings import category_of
from scheduler.web.dashboard import deeds
from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.pages.signin import ours
from scheduler.web.dashboard.tiles import tile_words
from scheduler.web.dashboard.visit import Answer, Page, Visit, redirect

WAY_OUT = re.compile(r", or move post (?P<post>\d+) first: `quotidian move (?P<code>\w+) next`")
"""What a command line is told; a page leads there."""
OFFERED = 8
CANDIDATES = 20


def ask(visit: Visit) -> Answer:
    """Where to?"""
    return _asked(visit, _tile(visit, visit.params["code"]))


def move(visit: Visit) -> Answer:
    """Moves it, or tells why not; then everything is as it was."""
    tile, to = _tile(visit, visit.params["code"]), visit.form.get("to") or visit.form.get("wall", "")
    try:
        deeds.move(visit, tile.code, to)
    except QuotidianError as error:
        return _asked(visit, tile, trouble=error)
    back = _back(visit)
    if visit.form.get("undo"):
        return redirect(back, message="It is back at its time.")
    was = tile.wall_time.replace("T", " ")[:16]
    return redirect(f"{back}{'&' if '?' in back else '?'}{urlencode({'moved': f'{tile.code}~{was}'})}")


def _asked(visit: Visit, tile: PlannedTile, *, trouble: QuotidianError | None = None) -> Answer:
    return shown(
        visit,
        "move.html",
        place="calendar",
        status=HTTPStatus.CONFLICT if trouble else HTTPStatus.OK,
        tile=tile,
        trouble=trouble,
        in_the_way=WAY_OUT.search(trouble.hint) if trouble else None,
        offered=_offered(visit, tile),
        back=_back(visit),
        wall_now=f"{visit.local_now:%Y-%m-%dT%H:%M}",
        **tile_words(visit),
    )


def _offered(visit: Visit, tile: PlannedTile) -> Sequence[SlotTime]:
    """The next free slots that a post of its category may have."""
    channels, calendar = visit.app.channels, visit.app.store.calendar
    if tile.channel not in visit.app.settings.channels:
        return ()
    try:
        table = channels.calendar(tile.channel)
    except QuotidianError:
        return ()
    booked = Booked(calendar.held(tile.channel, since=visit.now - table.spacing))
    category = category_of(visit.app.store.posts.get(tile.post_id))
    return list(islice(table.free(after=visit.now, booked=booked, category=category), OFFERED))


def fill(visit: Visit) -> Answer:
    """What could be brought forward into a free slot."""
    channel, zone = visit.query.get("channel", ""), visit.app.settings.time_zone
    try:
        slot = at_wall(visit.query.get("at", "")[:16], zone)
    except (ValueError, OverflowError):
        raise NotFound("This is no slot.") from None
    if channel not in visit.app.settings.channels:
        raise NotFound("The settings name no such channel.")
    found = visit.app.store.calendar_screen.later(channel, after=max(slot.due_at, visit.now), most=CANDIDATES)
    return shown(
        visit,
        "fill.html",
        place="calendar",
        slot=slot,
        channel=channel,
        found=found,
        back=_back(visit),
        **tile_words(visit),
    )


def _tile(visit: Visit, code: str) -> PlannedTile:
    tile = visit.app.store.calendar_screen.tile(code)
    if tile is None:
        raise NotFound(f"There is no delivery {code}.")
    return tile


def _back(visit: Visit) -> str:
    """Where the person came from, as far as that is the calendar."""
    back = ours(visit.form.get("back") or visit.query.get("back", ""))
    return back if back == "/calendar" or back.startswith("/calendar?") else "/calendar"


PAGES = (
    Page(path="/calendar/fill", view=fill),
    Page(path="/calendar/move/{code}", view=ask),
    Page(path="/calendar/move/{code}", view=move, methods=("POST",)),
)
