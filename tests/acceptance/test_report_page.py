"""The month's report: what became of every delivery, in a browser, a spreadsheet and a document."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, sync_playwright

from scheduler.bootstrap import open_app
from scheduler.domain.delivery import State
from scheduler.shipped import shipped
from tests.acceptance.walk import Workspace, make_workspace

CHROMIUM = shutil.which("chromium")
with_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
one_browser = pytest.mark.xdist_group("report")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]
HOSTILE = "<script>document.title = 'taken'</script>"
ENDS = [
    (State.PUBLISHED, "", "https://network.example/1"),
    (State.PUBLISHED, "", "javascript:document.title='taken'"),
    (State.FAILED, f"The network refused the post: {HOSTILE}", ""),
    (State.HELD, "=Held by Ann.", ""),
    (State.CANCELLED, "Cancelled by Ann.", ""),
]
LAST_HOUR = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
"""In Madrid it is December already."""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A clinic in Madrid whose November ended in every way."""
    workspace = make_workspace(tmp_path_factory.mktemp("report") / "clinic")
    settings = workspace.root / "settings.env"
    more = settings.read_text("utf-8").replace("POSTS_PER_ARTICLE=5", "POSTS_PER_ARTICLE=8")
    settings.write_text(f"{more}TIME_ZONE=Europe/Madrid\n", "utf-8")
    workspace.drop("cough.md", next(shipped("posts/articles").glob("*.md")).read_bytes())
    workspace.run("queue")
    app = open_app(workspace.root)
    deliveries = app.store.deliveries.select()
    for number, (before, (state, words, url)) in enumerate(zip(deliveries, ENDS, strict=False), start=1):
        at = datetime(2026, 11, number, 9, tzinfo=UTC)
        after = replace(before, state=state, words=words, url=url, due_at=at, sent_at=at if url else None)
        app.store.deliveries.write(before, after)
    last = deliveries[len(ENDS)]
    app.store.deliveries.write(last, replace(last, due_at=LAST_HOUR))
    app.close()
    return workspace


def test_a_month_counts_what_became_of_each_delivery_and_why(lived: Workspace) -> None:
    report = lived.json("report", "--month", "2026-11")
    wanted = {"out": 2, "failed": 1, "held": 1, "unknown": 0, "cancelled": 1}
    assert wanted.items() <= report["totals"].items()
    assert report["channels"] == [{"name": "folder", "counts": report["totals"]}]
    assert [line["why"] for line in report["lines"] if line["result"] == "cancelled"] == ["Cancelled by Ann."]
    assert sum(report["totals"].values()) == len(report["lines"])


def test_a_month_begins_and_ends_in_the_clinics_own_time(lived: Workspace) -> None:
    november = lived.json("report", "--month", "2026-11")["lines"]
    december = lived.json("report", "--month", "2026-12")["lines"]
    assert "2026-12-01T00:30:00+01:00" in {line["at"] for line in december}
    assert all(line["at"] < "2026-12" for line in november)


def test_a_spreadsheet_of_the_month_has_a_line_a_delivery_and_nothing_to_compute(lived: Workspace) -> None:
    target = lived.root / "november.csv"
    printed = lived.run("report", "--month", "2026-11", "--csv").stdout
    assert lived.run("report", "--month", "2026-11", "--csv", "--out", str(target)).exit_code == 0
    assert target.read_text("utf-8") == printed
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert rows[0]["at"] == "2026-11-01 10:00:00 +0100"
    assert [row["why"] for row in rows if row["result"] == "held"] == ["'=Held by Ann."]


@pytest.mark.parametrize("month", ["2026-13", "november", "2026-1", ""])
def test_what_is_no_month_is_refused_with_an_example(workspace: Workspace, month: str) -> None:
    result = workspace.run("report", "--month", month)
    assert result.exit_code == 2
    assert "2026-11" in result.stderr


def test_a_report_that_cannot_be_written_says_where_and_what_to_do(workspace: Workspace) -> None:
    result = workspace.run("report", "--month", "2026-11", "--out", str(workspace.root / "no" / "report.html"))
    assert result.exit_code == 3
    assert "Name another file with --out." in result.stderr


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@one_browser
@with_chromium
def test_the_page_is_whole_at_any_width_and_nothing_in_it_runs(lived: Workspace, browser: Browser) -> None:
    path = lived.run("report", "--month", "2026-11").stdout.strip()
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for width in (320, 360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"file://{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.title() == "Posts in November 2026"
    assert page.locator("h2").all_inner_texts()[3:6] == ["Failed", "Held", "Went out"]
    assert page.locator("a").evaluate_all("links => links.map(link => link.href)") == ["https://network.example/1"]
    assert page.locator("script").count() == 0
    assert [url for url in requests if not url.startswith("file:")] == []


@one_browser
@with_chromium
def test_an_empty_month_says_so(workspace: Workspace, browser: Browser) -> None:
    path = workspace.run("report", "--month", "2020-02").stdout.strip()
    page = browser.new_page()
    page.goto(f"file://{path}")
    assert "Nothing was due in this month." in page.inner_text("header")
