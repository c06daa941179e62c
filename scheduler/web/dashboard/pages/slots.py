"""When a channel publishes: read, changed by whoever plans, and written into settings.env."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import islice, takewhile

from scheduler.domain.errors import NotFound, QuotidianError
from scheduler.domain.slots import WEEKDAYS, SlotTime, parse_slots
from scheduler.domain.timetable import Timetable
from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.naming import called
from scheduler.web.dashboard.slotform import LINE, SlotForm, form_of, mark_of, save, typed
from scheduler.web.dashboard.slotwords import day_names
from scheduler.web.dashboard.visit import Answer, Page, Visit, redirect

MOST = 200
"""So many planned posts are held against the slots."""
LARGEST = 300_000
"""Bytes: each minute of a week, as a browser sends it."""
MOST_TIMES, FEW = 10_000, 50
AN_INSTANT = timedelta(microseconds=1)


def ask(visit: Visit) -> Answer:
    """As they are."""
    return _asked(visit, _present(visit))


def change(visit: Visit) -> Answer:
    """As somebody wants them, or why not; then nothing is changed."""
    name, form = _name(visit), typed(visit.form)
    if form.wrong:
        return _asked(visit, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    was = visit.form.get("was", "")
    if was == mark_of(_slots(visit)) and set(form.slots) == set(parse_slots(_slots(visit))):
        return redirect("/channels", message=f"{called(visit.app, name)} publishes as before.")
    try:
        save(visit, name, form.slots, was=was)
    except QuotidianError as error:
        return _asked(visit, _present(visit), trouble=error, status=HTTPStatus.CONFLICT)
    words = f"{called(visit.app, name)} has new slots. What is planned keeps its time."
    return redirect(f"/channels/{name}/slots", message=words)


def _asked(
    visit: Visit, form: SlotForm, *, trouble: QuotidianError | None = None, status: int = HTTPStatus.OK
) -> Answer:
    name, locale = _name(visit), visit.app.settings.locale
    labels = dict(zip(WEEKDAYS, day_names(locale), strict=True)) | {LINE: "Slots"}
    return shown(
        visit,
        "slots.html",
        place="channels",
        status=status,
        name=name,
        form=form,
        labels=labels,
        was=mark_of(_slots(visit)),
        trouble=trouble,
        elsewhere=_elsewhere(visit, name),
        most=MOST,
    )


def _elsewhere(visit: Visit, name: str) -> int:
    """How many of its next planned posts stand at times that are no slots any more."""
    try:
        table = visit.app.channels.calendar(name)
    except QuotidianError:
        return 0
    planned = visit.app.store.calendar_screen.in_slots(name, after=visit.now, most=MOST)
    return sum(1 for _ in _astray(table, planned, visit.now))


def _astray(table: Timetable, planned: Sequence[datetime], now: datetime) -> Iterator[datetime]:
    """Those of `planned`, in order, that are no time of the table: looked for along its next MOST_TIMES, and beyond
    these each by itself where its slots are FEW."""
    if not planned:
        return
    along = [time.due_at for time in takewhile(lambda one: one.due_at <= planned[-1], _first(table, now))]
    reach, slots = (along[-1] if len(along) == MOST_TIMES else planned[-1]), frozenset(along)
    for due_at in planned:
        if due_at <= reach:
            if due_at not in slots:
                yield due_at
        elif len(table.slots) <= FEW:
            first = next(table.times(after=due_at - AN_INSTANT), None)
            if first is None or first.due_at != due_at:
                yield due_at


def _first(table: Timetable, now: datetime) -> Iterator[SlotTime]:
    return islice(table.times(after=now), MOST_TIMES)


def _name(visit: Visit) -> str:
    name = visit.params["name"]
    if name not in visit.app.settings.channels:
        raise NotFound("The settings name no such channel.", hint="The list shows those there are.")
    return name


def _present(visit: Visit) -> SlotForm:
    return form_of(_slots(visit), locale=visit.app.settings.locale)


def _slots(visit: Visit) -> str:
    return visit.app.settings.channels[_name(visit)].slots


PAGES = (
    Page(path="/channels/{name}/slots", view=ask),
    Page(path="/channels/{name}/slots", view=change, methods=("POST",), largest=LARGEST),
)
