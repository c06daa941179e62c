"""The report: the month's figures agree with the deliveries, in words, on the chart and in every file."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.bootstrap.bookings import bookings_of
from scheduler.bootstrap.months import month_of
from scheduler.domain.delivery import State
from scheduler.usecases.monthly import edges_of, paragraph
from scheduler.usecases.report import Result
from scheduler.web.charts import day_chart
from tests.web.visitor import Visitor

ZONE = "America/New_York"
OCTOBER = date(2026, 10, 1)


def test_the_figures_of_a_month_are_those_of_its_deliveries(clinic: App) -> None:
    month = month_of(clinic.store, OCTOBER, zone=ZONE, now=clinic.clock.now())
    since, *_, until = edges_of(OCTOBER, ZONE)
    mine = [
        one
        for one in clinic.store.deliveries.select()
        if since <= (one.sent_at if one.state is State.PUBLISHED and one.sent_at else one.due_at) < until
    ]
    for state, result in (
        (State.PUBLISHED, Result.OUT),
        (State.FAILED, Result.FAILED),
        (State.UNKNOWN, Result.UNKNOWN),
    ):
        assert month.totals[result] == sum(one.state is state for one in mine)
    assert sum(month.totals.values()) == len(mine) > 0
    assert sum(sum(day.counts.values()) for day in month.days) == len(mine)


def test_the_page_tells_the_month_and_what_did_not_go_out_with_its_story(ann: Visitor, clinic: App) -> None:
    page = ann.get("/report?month=2026-10").text
    failed = clinic.store.deliveries.select(states={State.FAILED})[0]
    assert "October 2026" in page
    assert "went out" in page
    assert "None was sent twice." in page
    assert f"/log/{failed.code}" in page
    assert "<svg" in page
    assert "style=" not in page


def test_a_month_is_counted_anew_when_something_happens(ann: Visitor, clinic: App) -> None:
    failed = clinic.store.deliveries.select(states={State.FAILED})[0]
    before = month_of(clinic.store, OCTOBER, zone=ZONE, now=clinic.clock.now()).totals[Result.FAILED]
    seen = f"{failed.state.value} {failed.fence} {failed.due_at.timestamp():.0f}"
    assert ann.post(f"/log/{failed.code}", do="retry", seen=seen).status_code == 303
    after = month_of(clinic.store, OCTOBER, zone=ZONE, now=clinic.clock.now()).totals[Result.FAILED]
    assert after == before - 1


def test_a_month_without_posts_says_which_is_the_first_with_some(ann: Visitor) -> None:
    page = ann.get("/report?month=2020-02").text
    assert "February 2020 has no posts" in page
    assert "The first month with posts is October 2026." in page


def test_the_files_have_a_line_a_delivery(ann: Visitor) -> None:
    rows = list(csv.DictReader(io.StringIO(ann.get("/report.csv?month=2026-10").text)))
    document = ann.get("/report.json?month=2026-10").json()
    assert [row["code"] for row in rows] == [line["code"] for line in document["lines"]]
    assert all(line["at"].endswith("-04:00") for line in document["lines"])


def test_the_page_to_hand_on_needs_nothing_beside_it(ann: Visitor) -> None:
    answer = ann.get("/report.html?month=2026-10")
    assert "attachment" in answer.headers["content-disposition"]
    assert "<svg" in answer.text
    assert not re.findall(r'(?:src|href)="(?!https?:|file:|#)', answer.text)
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("month", "days", "hours"),
    [(date(2026, 2, 1), 28, 24 * 28), (date(2026, 11, 1), 30, 24 * 30 + 1), (date(2026, 3, 1), 31, 24 * 31 - 1)],
)
def test_days_are_those_of_the_clocks_on_the_wall(month: date, days: int, hours: int) -> None:
    edges = edges_of(month, ZONE)
    assert len(edges) == days + 1
    assert (edges[-1] - edges[0]).total_seconds() == hours * 3600


def test_the_chart_has_a_bar_for_each_day_with_posts_and_says_so_in_a_sentence(clinic: App) -> None:
    month = month_of(clinic.store, OCTOBER, zone=ZONE, now=clinic.clock.now())
    chart = day_chart(month)
    shown = (Result.OUT, Result.HELD, Result.FAILED, Result.UNKNOWN)
    assert len(chart.boxes) == sum(bool(day.counts[kind]) for day in month.days for kind in shown)
    assert all(box.y >= 0 and box.x + box.width <= chart.width for box in chart.boxes)
    assert str(month.out) in chart.sentence
    assert paragraph(month).startswith(("One post", f"{month.out} posts", "No post"))


def brought(clinic: App, clicks: int, name: str = "october.csv") -> str:
    """The code of the one post that went out, of which a file tells."""
    (out,) = clinic.store.deliveries.select(states={State.PUBLISHED})
    clinic.folders.bookings.mkdir(exist_ok=True)
    (clinic.folders.bookings / name).write_text(f"utm_content,clicks,bookings\n{out.code},{clicks},2\n", "utf-8")
    return out.code


def test_clicks_and_bookings_stand_in_the_report_where_a_file_tells_them(ann: Visitor, clinic: App) -> None:
    assert "are not known yet" in ann.get("/report?month=2026-10").text
    code = brought(clinic, 1_204)
    page = ann.get("/report?month=2026-10").text
    assert "They brought 1,204 clicks to the booking page and 2 bookings." in html.unescape(page)
    assert re.search(r"<dt>Bookings</dt><dd>2<", page)
    lines = ann.get("/report.json?month=2026-10").json()["lines"]
    told = {one["code"]: (one["clicks"], one["bookings"]) for one in lines}
    assert told.pop(code) == (1_204, 2)
    assert set(told.values()) <= {(0, 0)}


def test_a_file_that_is_replaced_counts_anew_and_two_files_add_up(ann: Visitor, clinic: App) -> None:
    brought(clinic, 3)
    assert "They brought 3 clicks" in ann.get("/report?month=2026-10").text
    brought(clinic, 40)
    brought(clinic, 5, "more.csv")
    assert "They brought 45 clicks to the booking page and 4 bookings." in ann.get("/report?month=2026-10").text


def test_more_files_of_bookings_than_are_read_are_told(
    ann: Visitor, clinic: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.bootstrap.bookings.MOST_FILES", 2)
    for name in ("c.csv", "a.csv", "b.csv"):
        brought(clinic, 5, name)
    page = ann.get("/report?month=2026-10").text
    assert "They brought 10 clicks" in page
    assert "2 files are read; from “c.csv” on none." in page


def test_bookings_are_found_where_the_posts_folder_lies(clinic: App, tmp_path: Path) -> None:
    code = brought(clinic, 7)
    clinic.folders.posts.rename(tmp_path / "elsewhere")
    assert bookings_of(replace(clinic.folders, posts=tmp_path / "elsewhere")).by_code[code].clicks == 7


def test_a_file_of_bookings_that_cannot_be_read_is_told_and_the_others_count(ann: Visitor, clinic: App) -> None:
    brought(clinic, 3)
    (clinic.folders.bookings / "wrong.csv").write_text("<script>alert(1)</script>,b\n1,2\n", "utf-8")
    page = ann.get("/report?month=2026-10").text
    assert "They brought 3 clicks" in page
    assert "wrong.csv: No column of this table holds the codes of posts." in page
    assert "<script>alert" not in page
