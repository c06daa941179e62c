"""quotidian worker."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import command, emit, opened, say
from scheduler.cli.complaints import complain
from scheduler.cli.localtime import local
from scheduler.cli.pause import paused_lines
from scheduler.domain.delivery import State

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.service import Service


@command(example="quotidian worker --drain")
@click.option("--once", is_flag=True, help="One tick, then stop.")
@click.option("--drain", is_flag=True, help="Until nothing is due, then stop.")
def worker(once: bool, drain: bool, workspace: str, as_json: bool) -> None:
    """Run the service: take in new files, publish what is due, until it is told to stop.

    It takes in new files every 5 seconds, publishes what is due every second and tidies up every 30 seconds, until
    SIGTERM or Ctrl+C. Its log goes to standard error, as words in a terminal and as one JSON object a line elsewhere.
    A second worker of the same workspace is refused.

    With --once or --drain, as cron calls it, what can't be taken in or asked is told on standard error.
    """
    from scheduler.service import serve, serving

    if once and drain:
        raise click.UsageError("Choose --once or --drain.")
    with opened(workspace) as app:
        if not (once or drain):
            serve(app)
            return
        app.log = complain
        with serving(app, passes=True) as service:
            result = _result(app, service, drain=drain)
    if as_json:
        emit(result)
    else:
        say(_words(result, app))


def _result(app: App, service: Service, *, drain: bool) -> dict[str, Any]:
    before = _counts(app)[State.PUBLISHED]
    tried = service.drain() if drain else service.tick()
    count = _counts(app)
    return {
        "tried": tried,
        "published": count[State.PUBLISHED] - before,
        "held": count[State.HELD],
        "unknown": count[State.UNKNOWN],
        "failed": count[State.FAILED],
        "paused": list(app.store.pauses.all().values()),
        "next_at": app.store.due.next_at(),
    }


def _counts(app: App) -> Counter[State]:
    counted: Counter[State] = Counter()
    for (_, state), number in app.store.status_screen.counts().items():
        counted[state] += number
    return counted


def _words(result: dict[str, Any], app: App) -> str:
    words = [f"{result['published']} published." if result["tried"] else "Nothing was due."]
    words += [f"{result[key]} {key}." for key in ("held", "unknown", "failed") if result[key]]
    words += paused_lines(app)
    if result["next_at"]:
        words.append(f"The next one is due at {local(result['next_at'], app)}.")
    return " ".join(words)
