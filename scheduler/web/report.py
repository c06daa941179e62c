"""The month's report as one HTML file, to be read or sent to whoever asks what the posts do."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.usecases.monthly import Summary, paragraph
from scheduler.usecases.report import Report, Result
from scheduler.web.charts import day_chart
from scheduler.web.pages import may_be_link, page

LABELS = {
    Result.OUT: "Went out",
    Result.FAILED: "Failed",
    Result.HELD: "Held",
    Result.UNKNOWN: "Unknown",
    Result.CANCELLED: "Cancelled",
    Result.COMING: "To come",
}
MEANING = {
    Result.OUT: "",
    Result.FAILED: "These did not go out.",
    Result.HELD: "These stay back until somebody releases, resolves or cancels them.",
    Result.UNKNOWN: "Nobody knows yet whether these went out; they are not sent again before that is clear.",
    Result.CANCELLED: "Somebody decided that these never go out.",
    Result.COMING: "These are planned for this month and not out yet.",
}
ORDER = (Result.FAILED, Result.UNKNOWN, Result.HELD, Result.OUT, Result.COMING, Result.CANCELLED)
"""What somebody has to look at stands first."""


def render(report: Report, *, now: datetime, summary: Summary) -> str:
    """The page; `summary` is of the whole month, also where the report has only some of its lines."""
    return page(
        "report.html",
        report=report,
        summary=summary,
        words=paragraph(summary),
        chart=day_chart(summary),
        month=datetime.strptime(report.month, "%Y-%m").replace(tzinfo=ZoneInfo(report.zone)),
        now=now.astimezone(ZoneInfo(report.zone)),
        labels=LABELS,
        meaning=MEANING,
        counted=[result for result in Result if report.totals[result]],
        groups=[(result, report.of(result)) for result in ORDER if report.totals[result]],
        may_be_link=may_be_link,
    )
