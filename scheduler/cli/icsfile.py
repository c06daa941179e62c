"""Writing the coming posts into a calendar file that a program may be subscribed to: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import count, say
from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import WorkspaceUnusable
from scheduler.domain.post import Post
from scheduler.domain.transitions import at
from scheduler.usecases.select import Filter

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.usecases.plan import Plan

ICS = click.option(
    "--ics",
    "calendar",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the coming posts into an iCalendar file, for a calendar program.",
)


def as_planned(app: App, plan: Plan) -> Iterator[tuple[Post, Delivery]]:
    """What is there and what a plan would add, at the times that it would give them; not what it would call off."""
    slots = {move.booking.code: move.slot for move in plan.moves if move.slot}
    off = {one.airing.code for one in plan.withdrawn}
    for entry in app.deciding.selector.entries(Filter()):
        for one in entry.deliveries:
            if one.code not in off:
                yield entry.post, at(one, slots[one.code]) if one.code in slots else one
    yield from ((one.post, one.delivery) for one in plan.planned)


def write_ics(path: Path, found: Iterable[tuple[Post, Delivery]], app: App) -> None:
    """In place of the file that was there, and says so on standard error. Raises WorkspaceUnusable."""
    from scheduler.web.ics import coming, ics

    now = app.clock.now()
    kept = coming(found, now=now)
    text = ics(kept, brand=app.settings.brand, now=now)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(text)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        words = f"The calendar can't be written: {error.strerror}."
        raise WorkspaceUnusable(words, hint="Name another file with --ics.", path=str(path)) from None
    say(f"{count(len(kept), 'post')} in {path}", err=True)
