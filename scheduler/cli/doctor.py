"""quotidian doctor."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import command, count, emit, opened, say
from scheduler.usecases import preflight
from scheduler.usecases.preflight import Diagnosis, Verdict

if TYPE_CHECKING:
    from scheduler.bootstrap import App

MARKS = {Verdict.GOOD: ("✓", "green"), Verdict.LOOK: ("!", "yellow"), Verdict.BAD: ("✗", "red")}


@command()
@click.pass_context
def doctor(ctx: click.Context, workspace: str, as_json: bool) -> None:
    """Check settings, look, fonts, clock, database, links and disk, each with a verdict and a hint."""
    with opened(workspace) as app:
        found = examine(app)
    if as_json:
        emit(found)
    else:
        for each in found:
            mark, colour = MARKS[each.verdict]
            say(mark, fg=colour, end="")
            say(f" {each.what}: {each.words}")
            if each.hint:
                say(f"    {each.hint}")
    ctx.exit(1 if any(each.verdict is Verdict.BAD for each in found) else 0)


def examine(app: App) -> list[Diagnosis]:
    """Everything that can be looked at, in the order in which one would mend it."""
    store, now = app.store, app.clock.now()
    return [
        Diagnosis(
            what="settings",
            verdict=Verdict.GOOD,
            words=f"{count(len(app.settings.channels), 'channel')}, {app.settings.time_zone}",
        ),
        *_looks(app),
        Diagnosis(what="claim rules", verdict=Verdict.GOOD, words=f"{len(app.rules)} rules"),
        preflight.clock(store.journal, now=now),
        Diagnosis(what="database", verdict=Verdict.GOOD, words=count(len(store.posts.all()), "post")),
        *preflight.booking(app.settings.booking),
        *preflight.channels(app.publishers),
        preflight.deliveries(store.deliveries, now=now),
        preflight.disk(shutil.disk_usage(app.folders.var).free // 2**20),
    ]


def _looks(app: App) -> list[Diagnosis]:
    """What the painting child says; a missing text engine still paints Latin, so that is only worth a look."""
    from scheduler.bootstrap import hostile

    return [
        Diagnosis(what=what, verdict=_verdict(what, well), words=words)
        for what, well, words in hostile.check_looks(app.folders.assets)
    ]


def _verdict(what: str, well: bool) -> Verdict:
    if well:
        return Verdict.GOOD
    return Verdict.LOOK if what == "text engine" else Verdict.BAD
