"""Channels: who we are on each network, what comes next there, and a switch to stop it."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus

from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import NotFound, QuotidianError, TimeUnusable
from scheduler.usecases import pause as pausing
from scheduler.usecases import preflight
from scheduler.usecases.preflight import Verdict
from scheduler.web.dashboard.channelfacts import LETS_IN, TESTED, cards_of
from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.naming import called, name_of
from scheduler.web.dashboard.visit import Answer, Page, Visit, redirect


def channels(visit: Visit, *, trouble: QuotidianError | None = None, at: str = "") -> Answer:
    """All of them; `trouble` is told at the one that it is about."""
    cards = cards_of(visit)
    status = HTTPStatus.CONFLICT if trouble else HTTPStatus.OK
    needy = sum(card.account.needs_you for card in cards)
    weekly = sum(card.weekly for card in cards)
    return shown(
        visit,
        "channels.html",
        place="channels",
        status=status,
        cards=cards,
        needy=needy,
        weekly=weekly,
        name_of=name_of,
        trouble=trouble,
        at=at,
    )


def test(visit: Visit) -> Answer:
    """Asks the network who we are there; nothing is published."""
    name = _known(visit)
    found = preflight.told(name, lambda: preflight.channels({name: visit.app.channels.publisher(name)}))
    bad = next((one for one in found if one.verdict is Verdict.BAD), None)
    words = " ".join(one.words for one in found)
    what = f"{TESTED}{bad.words}" if bad else f"{LETS_IN}: {words}"
    visit.app.store.remarks.add(AuditEntry(at=visit.now, who=visit.who, what=what, subject=f"channel {name}"))
    if bad:
        return channels(visit, trouble=NotFound(bad.words, hint=bad.hint), at=name)
    return redirect("/channels", message=f"{called(visit.app, name)} lets us in: {words}")


def pause(visit: Visit) -> Answer:
    """Nothing leaves it until somebody says so, or until a time."""
    name = _known(visit)
    try:
        was_running = pausing.pause(
            name,
            channels=visit.app.settings.channels,
            campaigns=(),
            pauses=visit.app.store.pauses,
            who=visit.who,
            now=visit.now,
            until=_until(visit),
            why=visit.form.get("why", "")[:MOST_LETTERS],
        )
    except TimeUnusable as error:
        return channels(visit, trouble=error, at=name)
    said = called(visit.app, name)
    words = f"{said} is paused. What it has planned keeps its times." if was_running else f"{said} was paused before."
    return redirect("/channels", message=words)


def resume(visit: Visit) -> Answer:
    """It goes on; what fell due meanwhile never comes in a burst."""
    name = _known(visit)
    done = pausing.resume(
        name,
        channels=visit.app.settings.channels,
        campaigns=(),
        pauses=visit.app.store.pauses,
        who=visit.who,
        now=visit.now,
    )
    said = called(visit.app, name)
    words = f"{said} goes on. What fell due meanwhile is spread out." if done else f"{said} was not paused."
    return redirect("/channels", message=words)


MOST_LETTERS = 300


def _known(visit: Visit) -> str:
    name = visit.params["name"]
    if name not in visit.app.settings.channels:
        raise NotFound("The settings name no such channel.", hint="The list shows those there are.")
    return name


def _until(visit: Visit) -> datetime | None:
    """What a field for date and time says, on the clocks of the workspace."""
    words = visit.form.get("until", "").strip()
    if not words:
        return None
    try:
        return datetime.fromisoformat(words).replace(tzinfo=visit.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise TimeUnusable("This is no date and time.", hint="Write it as 2026-12-28 08:00.") from None


PAGES = (
    Page(path="/channels", view=channels),
    Page(path="/channels/{name}/test", view=test, methods=("POST",)),
    Page(path="/channels/{name}/pause", view=pause, methods=("POST",)),
    Page(path="/channels/{name}/resume", view=resume, methods=("POST",)),
)
