"""quotidian status."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import command, count, emit, opened, say
from scheduler.cli.intake import tell_money
from scheduler.cli.localtime import local
from scheduler.cli.pause import said
from scheduler.domain.delivery import LIVE
from scheduler.usecases.budget import Spending
from scheduler.usecases.forecast import Coming, Forecast
from scheduler.usecases.status import ChannelStatus, Status
from scheduler.usecases.status import status as status_of

if TYPE_CHECKING:
    from scheduler.bootstrap import App


@command(example="quotidian status")
@click.pass_context
def status(ctx: click.Context, workspace: str, as_json: bool) -> None:
    """Tell at a glance whether the worker runs, what is overdue, what waits for you and what comes next.

    Exit code 1 when a delivery is over 15 minutes late and has no outcome: a watchdog can ask.
    """
    from scheduler.bootstrap.telling import forecasts_of
    from scheduler.dispatch.lock import worker_of

    with opened(workspace) as app:
        worker = worker_of(app.folders.lock)
        store, now = app.store, app.clock.now()
        coming, spending = forecasts_of(app, store.status_screen.planned()), app.budget.outlook(now=now)
        heartbeat = store.heartbeat.last()
        found = status_of(
            store.status_screen,
            overdue=store.behind.overdue(now=now),
            waiting=store.listing.waiting(LIVE),
            channels=tuple(app.settings.channels),
            pauses=store.pauses.all(),
            now=now,
        )
    if as_json:
        emit(_document(worker, found) | {"heartbeat": heartbeat, "forecasts": coming, "spending": spending})
    else:
        _print(worker, found, app)
        _foretell(coming, spending)
    ctx.exit(1 if found.overdue else 0)


def _document(worker: int | None, found: Status) -> dict[str, Any]:
    return {
        "worker": {"running": worker is not None, "process": worker or None},
        "counts": found.counts,
        "overdue": [delivery.code for delivery in found.overdue],
        "waiting": found.waiting,
        "channels": found.channels,
    }


def _print(worker: int | None, found: Status, app: App) -> None:
    if worker is None:
        say("The worker is not running. `quotidian worker` starts it.", fg="yellow")
    else:
        say(f"The worker runs{f' (process {worker})' if worker else ''}.")
    if found.overdue:
        codes = ", ".join(delivery.code for delivery in found.overdue)
        say(f"{count(len(found.overdue), 'delivery', 'deliveries')} overdue: {codes}", fg="red")
    if found.waiting:
        posts = ", ".join(map(str, found.waiting))
        say(f"{count(len(found.waiting), 'post')} waiting for your yes: {posts}", fg="yellow")
    counted = [f"{number} {state.value}" for state, number in found.counts.items() if number]
    say(f"Deliveries: {', '.join(counted) or 'none'}.")
    for channel in found.channels:
        say(f"{channel.channel}: {_next(channel, app)}")


def _foretell(coming: Iterable[Forecast], spending: Iterable[Spending]) -> None:
    tell_money(spending)
    for each in coming:
        say(each.words, fg=None if each.what is Coming.PLAN_ENDS else "yellow")


def _next(channel: ChannelStatus, app: App) -> str:
    if channel.paused:
        return f"{said(channel.paused, app)}; nothing goes out."
    if channel.next_at is None:
        return "nothing is scheduled."
    return f"the next one is due at {local(channel.next_at, app)} ({channel.next_code})."
