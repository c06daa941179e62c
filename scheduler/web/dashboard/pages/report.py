"""The report: one month in words, figures and charts, what did not go out and why; to look at, print or hand on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

from scheduler.bootstrap.bookings import bookings_of
from scheduler.bootstrap.months import month_of
from scheduler.domain.delivery import State
from scheduler.domain.spreadsheet import sheet
from scheduler.usecases.budget import following
from scheduler.usecases.monthly import Summary, paragraph
from scheduler.usecases.report import COLUMNS, Line, Report, cells_of, line_of, month_span, record_of, report
from scheduler.web import report as file
from scheduler.web.charts import day_chart
from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.visit import Answer, Page, Visit

MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])")
TROUBLES = (State.FAILED, State.UNKNOWN, State.HELD, State.CANCELLED)
MOST_TROUBLES, MOST_MONTHS, MOST_LINES = 30, 60, 2_000


def month(visit: Visit) -> Answer:
    """The page of one month; by default the present one."""
    first = _first(visit)
    summary, zone = summary_of(visit, first), visit.app.settings.time_zone
    since, until = month_span(f"{first:%Y-%m}", zone)
    rows = visit.app.store.report_screen.rows(since, until, states=TROUBLES, most=MOST_TROUBLES)
    return shown(
        visit,
        "month.html",
        place="report",
        month=summary,
        words=paragraph(summary),
        chart=day_chart(summary),
        months=_months(visit),
        lines=[line_of(row, zone) for row in rows],
        most_lines=MOST_TROUBLES,
        caps={one.channel: one for one in visit.app.budget.of_month(first, now=visit.now)},
        month_key=f"{first:%Y-%m}",
    )


def summary_of(visit: Visit, first: date) -> Summary:
    """The figures."""
    known = bookings_of(visit.app.folders)
    return month_of(visit.app.store, first, zone=visit.app.settings.time_zone, now=visit.now, known=known)


def as_csv(visit: Visit) -> Answer:
    """One line a delivery."""
    rows = (sheet([cells_of(line)]).encode() for line in _lines(visit))
    return _file(visit, "csv", "text/csv; charset=utf-8", chain([sheet([COLUMNS]).encode()], rows))


def as_json(visit: Visit) -> Answer:
    """The month with one object a delivery."""

    def chunks() -> Iterator[bytes]:
        head = json.dumps({"month": f"{_first(visit):%Y-%m}", "zone": visit.app.settings.time_zone})
        yield f'{head[:-1]}, "lines": ['.encode()
        comma = ""
        for line in _lines(visit):
            yield f"{comma}\n{json.dumps(record_of(line))}".encode()
            comma = ","
        yield b"]}\n"

    return _file(visit, "json", "application/json", chunks())


def as_html(visit: Visit) -> Answer:
    """One self-contained page, as the command writes it."""
    made = file.render(report_of(visit), now=visit.now, summary=summary_of(visit, _first(visit)))
    return _file(visit, "html", "text/html; charset=utf-8", iter([made.encode()]))


def report_of(visit: Visit) -> Report:
    """What needs a person in full, and of the rest as much as a page can show."""
    first, zone, screen = _first(visit), visit.app.settings.time_zone, visit.app.store.report_screen
    rows = screen.rows(*month_span(f"{first:%Y-%m}", zone), most=MOST_LINES)
    spending, known = visit.app.budget.of_month(first, now=visit.now), bookings_of(visit.app.folders)
    return report(f"{first:%Y-%m}", rows, zone=zone, spending=spending, known=known)


def _lines(visit: Visit) -> Iterator[Line]:
    zone = visit.app.settings.time_zone
    rows = visit.app.store.report_screen.rows(*month_span(f"{_first(visit):%Y-%m}", zone))
    known = bookings_of(visit.app.folders)
    return (line_of(row, zone, known) for row in rows)


def _first(visit: Visit) -> date:
    asked = visit.query.get("month", "")
    return date.fromisoformat(f"{asked}-01") if MONTH.fullmatch(asked) else visit.local_now.date().replace(day=1)


def _months(visit: Visit) -> list[tuple[str, date]]:
    """From the one to look at or the present one back to the first with a delivery."""
    begin: datetime = visit.app.store.report_screen.first_at() or visit.now
    last = visit.local_now.date().replace(day=1)
    at, found = begin.astimezone(visit.zone).date().replace(day=1), []
    while at <= last:
        found.append((f"{at:%Y-%m}", at))
        at = following(at)
    first = _first(visit)
    asked = [(f"{first:%Y-%m}", first)]
    return [*([] if asked[0] in found else asked), *found[-MOST_MONTHS:][::-1]]


def _file(visit: Visit, ending: str, kind: str, chunks: Iterator[bytes]) -> Answer:
    name = f"report-{_first(visit):%Y-%m}.{ending}"
    return Answer(chunks=chunks, kind=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


PAGES = (
    Page(path="/report", view=month),
    Page(path="/report.csv", view=as_csv),
    Page(path="/report.json", view=as_json),
    Page(path="/report.html", view=as_html),
)
