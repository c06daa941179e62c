"""quotidian status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import command, count, emit, opened, say
from scheduler.cli.intake import tell_money
from scheduler.cli.localtime import local
from scheduler.cli.pause import said
from scheduler.domain.delivery import LIVE
from scheduler.domain.heartbeat import Heartbeat, about
from scheduler.usecases.budget import Spending
from scheduler.usecases.forecast import Coming, Forecast
from scheduler.usecases.status import ChannelStatus, Status
from scheduler.usecases.status import status as status_of

if TYPE_CHECKING:
    from scheduler.bootstrap import App


NAMED = 30
"""So many are named one by one in a line; --json has them all."""


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
        _print_worker(worker, heartbeat, app)
        _print(found, app)
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


def _print_worker(worker: int | None, sign: Heartbeat | None, app: App) -> None:
    if worker is not None:
        say(f"The worker runs{f' (process {worker})' if worker else ''}.")
    elif sign and sign.rhythm:
        is_late = sign.is_late(app.clock.now())
        words = f"The worker runs by cron, {about(sign.rhythm)}, last at {local(sign.at, app)}"
        say(f"{words}: it should have run again." if is_late else f"{words}.", fg="red" if is_late else None)
    else:
        say("The worker is not running. `quotidian worker` starts it.", fg="yellow")


def _print(found: Status, app: App) -> None:
    if found.overdue:
        codes = _some([delivery.code for delivery in found.overdue])
        say(f"{count(len(found.overdue), 'delivery', 'deliveries')} overdue: {codes}", fg="red")
    if found.waiting:
        say(f"{count(len(found.waiting), 'post')} waiting for your yes: {_some(found.waiting)}", fg="yellow")
    counted = [f"{number} {state.value}" for state, number in found.counts.items() if number]
    say(f"Deliveries: {', '.join(counted) or 'none'}.")
    for channel in found.channels:
        say(f"{channel.channel}: {_next(channel, app)}")


def _some(names: Sequence[object]) -> str:
    rest = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"{', '.join(map(str, names[:NAMED]))}{rest}"


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
