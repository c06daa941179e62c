"""quotidian log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import datetime
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

import click

from scheduler.cli.audit import print_changes
from scheduler.cli.common import command, emit_line, opened, say
from scheduler.cli.localtime import instant, local, zone_of
from scheduler.cli.selecting import TIME
from scheduler.cli.sheet import print_sheet
from scheduler.cli.streaming import LOT, array_of, table_of
from scheduler.domain.delivery import Attempt, Outcome
from scheduler.usecases.exports import try_record

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.store.screens.log import LogFilter

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
@click.option("--text", "words", metavar="WORDS", default="", help="Of posts with these words in their text or title.")
@click.option("--follow", is_flag=True, help="Go on with what comes, until Ctrl+C.")
@click.option("--changes", is_flag=True, help="Instead of the tries: who changed what, and when.")
@click.option("as_csv", "--csv", is_flag=True, help="For a spreadsheet, with times in the workspace's zone.")
def log(
    since: datetime | None,
    until: datetime | None,
    status: str | None,
    channel: str,
    article: str,
    words: str,
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
    if changes and (follow or status or channel or article or words):
        raise click.UsageError("Changes can be asked for by --since and --until.")
    with opened(workspace) as app:
        begin, end = instant(since, app), instant(until, app)
        if changes:
            print_changes(app, begin, end, as_csv=as_csv, as_json=as_json)
            return
        from scheduler.store.screens.log import LogFilter

        wanted = LogFilter(
            since=begin, until=end, channel=channel, outcome=Outcome(status) if status else None, words=words or article
        )
        read = partial(_read, app, wanted, article=article, follow=follow)
        with suppress(KeyboardInterrupt) if follow else nullcontext():
            if follow:
                _follow(read(), app, as_csv=as_csv, as_json=as_json)
            elif as_csv:
                _print_sheet(read(), app)
            elif as_json:
                array_of(try_record(attempt, zone_of(app)) for attempt in read())
            else:
                chosen = since or until or status or channel or article or words
                empty = "Nothing in the log fits." if chosen else "Nothing has gone out yet."
                table_of(COLUMNS, (_row(attempt, app) for attempt in read()), empty=empty)


def _read(app: App, wanted: LogFilter, *, article: str, follow: bool) -> Iterator[Attempt]:
    """Oldest first, lot by lot; with `follow` what comes later too, without end."""
    from scheduler.store.screens.leafing import every

    screen = app.store.log_screen
    last = screen.newest()
    stored = every(lambda after: screen.tries_so_far(wanted, after=after, most=LOT))
    later = _later(app, wanted, last) if follow else iter(())
    return (one for one in chain(stored, later) if article.casefold() in one.article.casefold())


def _later(app: App, wanted: LogFilter, last: int) -> Iterator[Attempt]:
    while True:
        for one in app.store.log_screen.tries_after(last, wanted, most=LOT):
            last = one.id
            yield one
        time.sleep(FOLLOW_SECONDS)


def _follow(attempts: Iterable[Attempt], app: App, *, as_csv: bool, as_json: bool) -> None:
    if as_csv:
        print_sheet([CSV_COLUMNS])
    if sys.stderr.isatty():
        say("What comes is shown as it comes; Ctrl+C ends it.", err=True)
    for attempt in attempts:
        if as_csv:
            print_sheet([_cells(attempt, app)])
        elif as_json:
            emit_line(try_record(attempt, zone_of(app)))
        else:
            say("  ".join(_row(attempt, app)))
        sys.stdout.flush()


def _print_sheet(attempts: Iterator[Attempt], app: App) -> None:
    print_sheet([CSV_COLUMNS])
    while lot := list(islice(attempts, LOT)):
        print_sheet(_cells(attempt, app) for attempt in lot)


def print_log(attempts: Sequence[Attempt], app: App, *, empty: str) -> None:
    """The log as a table."""
    table_of(COLUMNS, [_row(attempt, app) for attempt in attempts], empty=empty)


def _row(a: Attempt, app: App) -> list[str]:
    return [local(a.started_at, app)[:16], a.channel, a.code, a.outcome.value, a.article, f"{a.words} {a.hint}".strip()]


def _cells(attempt: Attempt, app: App) -> list[str]:
    return [local(attempt.started_at, app), *map(str, list(try_record(attempt, zone_of(app)).values())[1:])]
