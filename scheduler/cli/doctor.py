"""quotidian doctor."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import command, count, emit, opened, say
from scheduler.domain.delivery import State
from scheduler.domain.errors import DatabaseUnusable
from scheduler.domain.notice import Ending
from scheduler.settings.fields import addresses
from scheduler.usecases import checkslots, preflight
from scheduler.usecases.preflight import Diagnosis, Verdict, good

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from scheduler.bootstrap import App
    from scheduler.domain.heartbeat import Heartbeat

MARKS = {Verdict.GOOD: ("✓", "green"), Verdict.LOOK: ("!", "yellow"), Verdict.BAD: ("✗", "red")}


@command(example="quotidian doctor")
@click.option("--notify", is_flag=True, help="Send a test message to every address of NOTIFY.")
@click.pass_context
def doctor(ctx: click.Context, notify: bool, workspace: str, as_json: bool) -> None:
    """Check settings, look, fonts, clock, database, links, slots, feeds and disk, each with a verdict and a hint.

    ✓ is good, ! deserves a look, ✗ has to be mended. Exit code 1 when something is ✗.
    """
    with opened(workspace) as app:
        found = [*examine(app), *(_notified(app) if notify else ())]
    if as_json:
        emit(found)
    else:
        show(found)
    ctx.exit(1 if any(each.verdict is Verdict.BAD for each in found) else 0)


def show(found: Iterable[Diagnosis]) -> None:
    """A mark, what was looked at and how it is; below it what to do."""
    for each in found:
        mark, colour = MARKS[each.verdict]
        say(mark, fg=colour, end="")
        say(f" {each.what}: {each.words}")
        if each.hint:
            say(f"    {each.hint}")


def examine(app: App) -> list[Diagnosis]:
    """Everything that can be looked at, in the order in which one would mend it; one fault hides no other."""
    from scheduler.bootstrap import hostile

    accounts = f"{count(len(app.settings.channels), 'channel')}, {app.settings.time_zone}"
    parts: dict[str, Callable[[], Iterable[Diagnosis]]] = {
        "settings": lambda: [good("settings", accounts)],
        "look": lambda: _looks(app),
        "claim rules": lambda: [preflight.claims(app.rules_by_pack)],
        "database": lambda: _store(app),
        "booking": lambda: preflight.booking(app.settings.booking),
        "calendar": lambda: checkslots.calendars([one.timetable for one in app.channels.outlets], now=app.clock.now()),
        "time zone": lambda: [_zone(app)],
        "feeds": lambda: preflight.feeds(app.settings.feeds, hostile.read_feed, now=app.clock.now()),
        "money": lambda: _money(app),
        "notices": lambda: [_notices(app)],
        "channels": lambda: preflight.channels(app.channels.publishers),
        "cards": lambda: [_cards(app)],
        "disk": lambda: [preflight.disk(shutil.disk_usage(_nearest(app.folders.var)).free // 2**20)],
    }
    return [each for what, part in parts.items() for each in preflight.told(what, part)]


def _store(app: App) -> list[Diagnosis]:
    from scheduler.dispatch.lock import worker_of

    store, now, paused = app.store, app.clock.now(), {**app.store.pauses.all(), **app.store.pauses.campaigns()}
    return [
        good("database", count(store.status_screen.posts(), "post")),
        *_worker(store.heartbeat.last(), runs=worker_of(app.folders.lock) is not None, now=now),
        preflight.clock(store.journal, now=now),
        *preflight.pauses(paused.values()),
        preflight.deliveries(store.behind.overdue(now=now), store.listing.count({State.UNKNOWN, State.HELD})),
    ]


def _worker(sign: Heartbeat | None, *, runs: bool, now: datetime) -> list[Diagnosis]:
    if runs:
        return [preflight.worker(sign, now=now)]
    return preflight.cron(sign, now=now) if sign else []


def _zone(app: App) -> Diagnosis:
    from scheduler.bootstrap.zones import rules_of

    zone = app.settings.time_zone
    version, source, known = rules_of(zone)
    return checkslots.zone_rules(zone, version, source, known=known, now=app.clock.now())


def _money(app: App) -> list[Diagnosis]:
    from scheduler.bootstrap.telling import forecasts_of

    now = app.clock.now()
    try:
        coming = forecasts_of(app, app.store.status_screen.planned())
    except DatabaseUnusable:
        return []  # Told under its own name.
    return [*preflight.money(app.budget.outlook(now=now)), *preflight.foreseen(coming, now=now)]


def _notices(app: App) -> Diagnosis:
    told = len(addresses(app.settings.notify))
    if told:
        return good("notices", f"{count(told, 'address', 'addresses')}; `doctor --notify` sends a test")
    hint = "NOTIFY in settings.env names a mailbox, a chat or a webhook."
    return Diagnosis(what="notices", verdict=Verdict.LOOK, words="Nobody is told when something fails.", hint=hint)


def _notified(app: App) -> list[Diagnosis]:
    from scheduler.bootstrap.telling import send_a_test

    hints = {
        Ending.SENT: "",
        Ending.FAILED: "Compare it with apprise's page on this service, and try it from this machine.",
        Ending.UNKNOWN_ADDRESS: "apprise knows no such address; its list of services shows how each is written.",
    }
    return [
        Diagnosis(
            what=f"notice {name}",
            verdict=Verdict.GOOD if ending is Ending.SENT else Verdict.BAD,
            words=ending.value,
            hint=hints[ending],
        )
        for name, ending in send_a_test(app)
    ]


def _nearest(folder: Path) -> Path:
    """The folder, or what there is above it."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _looks(app: App) -> list[Diagnosis]:
    """What the painting child says; without text engine or some scripts' fonts it still paints Latin."""
    from scheduler.bootstrap import hostile

    return [
        Diagnosis(what=what, verdict=_verdict(what, well), words=words)
        for what, well, words in hostile.check_looks(app.folders.assets)
    ]


def _cards(app: App) -> Diagnosis:
    return preflight.cards(app.channels.capabilities, size=app.settings.card_size, form=app.settings.card_format)


def _verdict(what: str, well: bool) -> Verdict:
    if well:
        return Verdict.GOOD
    return Verdict.LOOK if what in {"text engine", "scripts"} else Verdict.BAD
