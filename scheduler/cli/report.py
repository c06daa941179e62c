"""quotidian report."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import command, emit, opened, say
from scheduler.cli.sheet import print_sheet
from scheduler.domain.errors import WorkspaceUnusable
from scheduler.domain.spreadsheet import sheet
from scheduler.usecases.report import COLUMNS, Report, cells_of, month_span
from scheduler.usecases.report import report as report_of

if TYPE_CHECKING:
    from scheduler.bootstrap import App


def _month(_: click.Context, __: click.Parameter, text: str) -> str:
    if not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", text):
        raise click.BadParameter(f"'{text}' is not a month; write for example 2026-11")
    return text


@command(example="quotidian report --month 2026-11 --out november.html")
@click.option("--month", metavar="YYYY-MM", required=True, callback=_month, help="The month, as `2026-11`; needed.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Default: report-YYYY-MM.html in the var folder; with --csv standard output.",
)
@click.option("as_csv", "--csv", is_flag=True, help="For a spreadsheet: one line a delivery.")
def report(month: str, out: Path | None, as_csv: bool, workspace: str, as_json: bool) -> None:
    """Tell what went out in a month, what failed and what was held and why, per channel and article.

    Writes one self-contained HTML file. A delivery counts in the month in which it was sent or, if it was not, is due.
    """
    if as_json and (as_csv or out):
        raise click.UsageError("--json stands alone: the document goes to standard output.")
    with opened(workspace) as app:
        found = _found(app, month)
        if as_json:
            emit(found)
        elif as_csv and out is None:
            print_sheet(_rows(found))
        else:
            say(str(_write(app, found, out, as_csv=as_csv)))


def _found(app: App, month: str) -> Report:
    from scheduler.bootstrap.bookings import bookings_of

    first, zone = date.fromisoformat(f"{month}-01"), app.settings.time_zone
    spending, known = app.budget.of_month(first, now=app.clock.now()), bookings_of(app.folders)
    for trouble in known.troubles:
        say(trouble, err=True)
    rows = app.store.report_screen.rows(*month_span(month, zone))
    return report_of(month, rows, zone=zone, spending=spending, known=known)


def _write(app: App, found: Report, out: Path | None, *, as_csv: bool) -> Path:
    """The file's path. Raises WorkspaceUnusable when it can't be written."""
    from scheduler.bootstrap.bookings import bookings_of
    from scheduler.bootstrap.months import month_of
    from scheduler.web.report import render

    path = (out or app.folders.var / f"report-{found.month}.html").resolve()
    if as_csv:
        text = sheet(_rows(found))
    else:
        now, first, known = app.clock.now(), date.fromisoformat(f"{found.month}-01"), bookings_of(app.folders)
        summary = month_of(app.store, first, zone=app.settings.time_zone, now=now, known=known)
        text = render(found, now=now, summary=summary)
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise WorkspaceUnusable(
            f"The report can't be written: {error.strerror}.", hint="Name another file with --out.", path=str(path)
        ) from None
    return path


def _rows(found: Report) -> list[list[str]]:
    return [[*COLUMNS], *map(cells_of, found.lines)]
