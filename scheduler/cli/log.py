"""quotidian log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.audit import print_changes
from scheduler.cli.common import command, emit, emit_line, opened, say, table
from scheduler.cli.localtime import instant, local
from scheduler.cli.selecting import TIME
from scheduler.cli.sheet import print_sheet
from scheduler.domain.delivery import Attempt, Outcome
from scheduler.usecases import review

if TYPE_CHECKING:
    from scheduler.bootstrap import App

FOLLOW_SECONDS = 1.0
COLUMNS = ["when", "channel", "code", "outcome", "article", "what happened"]
CSV_COLUMNS = ["at", "code", "channel", "article", "outcome", "remote_url", "words", "hint"]


@command(example="quotidian log --since 2026-11-01 --channel folder --csv")
@click.option(
    "--since",
    type=TIME,
    metavar="WHEN",
    help="From this time on, as `2026-11-23` or `2026-11-23 08:30` in the workspace's zone.",
)
@click.option("--until", type=TIME, metavar="WHEN", help="Before this time.")
@click.option("--channel", metavar="NAME", default="", help="Of one channel.")
@click.option(
    "--status", type=click.Choice([outcome.value for outcome in Outcome]), metavar="OUTCOME", help="With this outcome."
)
@click.option("--article", metavar="WORDS", default="", help="Of articles with these words in their title.")
@click.option("--follow", is_flag=True, help="Go on with what comes, until Ctrl+C.")
@click.option("--changes", is_flag=True, help="Instead of the tries: who changed what, and when.")
@click.option("as_csv", "--csv", is_flag=True, help="For a spreadsheet, with times in the workspace's zone.")
def log(
    since: datetime | None,
    until: datetime | None,
    status: str | None,
    channel: str,
    article: str,
    follow: bool,
    changes: bool,
    as_csv: bool,
    workspace: str,
    as_json: bool,
) -> None:
    """What went out, what failed, and why: every try, oldest first.

    With --follow, --json prints one object a line. With --changes, the audit log: everything that people and the
    worker decided, each with who and when; `why` tells that of one delivery.
    """
    if as_csv and as_json:
        raise click.UsageError("Choose --csv or --json.")
    if changes and (follow or status or channel or article):
        raise click.UsageError("Changes can be asked for by --since and --until.")
    with opened(workspace) as app:
        begin, end = instant(since, app), instant(until, app)
        if changes:
            print_changes(app, begin, end, as_csv=as_csv, as_json=as_json)
            return
        outcome = Outcome(status) if status else None
        wanted = partial(review.attempts, app.store.journal, channel=channel, article=article)
        read = partial(wanted, since=begin, until=end, outcome=outcome)
        if follow:
            _follow(read, app, as_csv=as_csv, as_json=as_json)
        elif as_csv:
            print_sheet([CSV_COLUMNS, *_cells(read(), app)])
        elif as_json:
            emit([_attempt(attempt) for attempt in read()])
        else:
            chosen = since or until or status or channel or article
            print_log(read(), app, empty="Nothing in the log fits." if chosen else "Nothing has gone out yet.")


def _follow(read: Callable[..., Sequence[Attempt]], app: App, *, as_csv: bool, as_json: bool) -> None:
    if as_csv:
        print_sheet([CSV_COLUMNS])
    if sys.stderr.isatty():
        say("What comes is shown as it comes; Ctrl+C ends it.", err=True)
    try:
        for attempt in review.followed(read, wait=partial(time.sleep, FOLLOW_SECONDS)):
            if as_csv:
                print_sheet(_cells([attempt], app))
            elif as_json:
                emit_line(_attempt(attempt))
            else:
                say("  ".join(_row(attempt, app)))
            sys.stdout.flush()
    except KeyboardInterrupt:
        say(err=True)


def print_log(attempts: Sequence[Attempt], app: App, *, empty: str) -> None:
    """The log as a table."""
    table(COLUMNS, [_row(attempt, app) for attempt in attempts], empty=empty, folded=True)


def _row(a: Attempt, app: App) -> list[str]:
    return [local(a.started_at, app)[:16], a.channel, a.code, a.outcome.value, a.article, f"{a.words} {a.hint}".strip()]


def _cells(attempts: Sequence[Attempt], app: App) -> list[list[str]]:
    return [[local(a.started_at, app), *map(str, list(_attempt(a).values())[1:])] for a in attempts]


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "at": attempt.started_at,
        "code": attempt.code,
        "channel": attempt.channel,
        "article": attempt.article,
        "outcome": attempt.outcome,
        "remote_url": attempt.remote_url,
        "words": attempt.words,
        "hint": attempt.hint,
    }
