"""The log: what went out and what did not, every try, every change, by time; a row opens its story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from scheduler.domain.delivery import Outcome, State
from scheduler.domain.errors import NotFound
from scheduler.domain.pause import WORKER
from scheduler.store.screens.leafing import Leaf, Place
from scheduler.store.screens.log import COUNTED, LogFilter, LogRow
from scheduler.usecases.happened import happened, is_asked
from scheduler.web.dashboard import outcomes
from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.naming import called
from scheduler.web.dashboard.pages.story import story_of
from scheduler.web.dashboard.telling import story_words
from scheduler.web.dashboard.visit import Answer, Page, Visit, redirect

MOST = 50
FIELDS = ("since", "until", "channel", "state", "outcome", "who", "q")
EARLIEST, LATEST = date(1990, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for: days of the workspace, and the rest as it was typed."""

    since: date | None
    until: date
    fields: dict[str, str]
    is_default: bool

    def address(self, path: str, **more: str) -> str:
        """A page with the same filters."""
        return f"{path}?{urlencode({**self.fields, **more})}" if self.fields or more else path


def deliveries(visit: Visit) -> Answer:
    """One row a delivery, by day; `open` shows one's story beside the table."""
    asked, screen = _asked(visit), visit.app.store.log_screen
    wanted = filter_of(asked, visit)
    if found := _code(visit, asked.fields.get("q", "")):
        return redirect(f"/log/{found}")
    leaf = screen.deliveries(wanted, before=_place(visit), most=MOST)
    counts = screen.counts(replace(wanted, state=None, words=""))
    opened = visit.query.get("open", "")
    return shown(
        visit,
        "log.html",
        place="log",
        counts=counts,
        most=COUNTED,
        needs=sum(counts.states.get(state, 0) for state in (State.HELD, State.UNKNOWN, State.FAILED)),
        published=counts.states.get(State.PUBLISHED, 0),
        days=_by_day(leaf.rows, visit),
        told=partial(told, now=visit.now),
        word=word,
        story=story_of(visit, opened) if opened else None,
        **story_words(visit),
        next_at=screen.next_at(visit.now) if not leaf.rows else None,
        **_common(visit, asked, leaf, "/log"),
    )


def tries(visit: Visit) -> Answer:
    """One row a try."""
    asked = _asked(visit)
    leaf = visit.app.store.log_screen.tries(filter_of(asked, visit), before=_place(visit), most=MOST)
    days = _grouped(leaf.rows, lambda one: one.started_at, visit)
    return shown(visit, "log_tries.html", place="log", days=days, **_common(visit, asked, leaf, "/log/tries"))


def changes(visit: Visit) -> Answer:
    """The audit log: who did what, and when."""
    asked = _asked(visit)
    leaf = visit.app.store.log_screen.changes(filter_of(asked, visit), but=but(asked), before=_place(visit), most=MOST)
    days = _grouped(leaf.rows, lambda one: one.at, visit)
    return shown(visit, "log_changes.html", place="log", days=days, **_common(visit, asked, leaf, "/log/changes"))


def told(row: LogRow, now: datetime) -> str:
    """What happened, in a sentence."""
    return happened(row.state, row.words, row.tries, may_go_out=row.may_go_out, late=now - row.due_at)


def word(row: LogRow) -> str:
    """The state as people read it: one that only a person can judge is unknown, whatever holds it."""
    return State.UNKNOWN.value if is_asked(row.state, row.sent_at) else row.state.value


def filter_of(asked: Asked, visit: Visit) -> LogFilter:
    """As the store takes it: whole days of the workspace's zone."""
    begin = datetime.combine(asked.since, time(), visit.zone) if asked.since else None
    end = datetime.combine(asked.until + timedelta(days=1), time(), visit.zone)
    fields = asked.fields
    return LogFilter(
        since=begin.astimezone(UTC) if begin else None,
        until=end.astimezone(UTC),
        now=visit.now,
        channel=fields.get("channel", ""),
        state=_one_of(State, fields.get("state", "")),
        outcome=_one_of(Outcome, fields.get("outcome", "")),
        words=" ".join(fields.get("q", "").split()),
    )


def but(asked: Asked) -> tuple[str, ...]:
    """Whose changes are left out."""
    return (WORKER,) if asked.fields.get("who") == "people" else ()


def asked_of(visit: Visit) -> Asked:
    """What a page or an export is asked for."""
    return _asked(visit)


def _asked(visit: Visit) -> Asked:
    """By default this month. A field that was sent empty means without end."""
    today = visit.local_now.date()
    fields = {name: visit.query[name] for name in FIELDS if visit.query.get(name)}
    given = visit.query.get("since")
    since = today.replace(day=1) if given is None else _day(given)
    until = _day(visit.query.get("until", "")) or today
    return Asked(since=since, until=until, fields=fields, is_default=not fields)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def _place(visit: Visit) -> Place | None:
    """Where the page begins, from its address; the first one where that says nothing."""
    at, _, number = visit.query.get("before", "").partition("-")
    if not (at.isdecimal() and number.isdecimal() and len(at) < 17 and len(number) < 17):
        return None
    return Place(at=datetime.fromtimestamp(int(at) / 1_000_000, UTC), id=int(number))


def _token(place: Place) -> str:
    return f"{round(place.at.timestamp() * 1_000_000)}-{place.id}"


def _one_of(kind: Any, text: str) -> Any:
    return kind(text) if text in list(kind) else None


def _code(visit: Visit, words: str) -> str:
    """The delivery whose code somebody typed, if there is one."""
    if not (words.isascii() and words.isalnum() and len(words) < 12):
        return ""
    try:
        return visit.app.store.deliveries.get(words).code
    except NotFound:
        return ""


def _common(visit: Visit, asked: Asked, leaf: Leaf[Any], path: str) -> dict[str, Any]:
    older = asked.address(path, before=_token(leaf.after)) if leaf.after else ""
    return {
        "asked": asked,
        "path": path,
        "channels": [("", "All"), *((name, called(visit.app, name)) for name in visit.app.store.log_screen.channels())],
        "states": [("", "All"), *((state.value, state.value.capitalize()) for state in State)],
        "outcomes": [("", "All"), *((one.value, words) for one, words in outcomes.WORDS.items())],
        "outcome_words": outcomes.WORDS,
        "older": older,
        "is_first": _place(visit) is None,
        "looked_back_to": leaf.looked_back_to,
        "csv": asked.address(f"{path}.csv"),
        "json": asked.address(f"{path}.json"),
    }


def _by_day(rows: Sequence[LogRow], visit: Visit) -> list[tuple[date, list[LogRow]]]:
    return _grouped(rows, lambda row: row.due_at, visit)


def _grouped(rows: Sequence[Any], at: Any, visit: Visit) -> list[tuple[date, list[Any]]]:
    days: Iterator[Any] = groupby(rows, key=lambda row: at(row).astimezone(visit.zone).date())
    return [(day, list(some)) for day, some in days]


PAGES = (
    Page(path="/log", view=deliveries),
    Page(path="/log/tries", view=tries),
    Page(path="/log/changes", view=changes),
)
