"""Each page in the browser: no finding of axe in any theme at any width, nothing wider than its window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from scheduler.domain.delivery import State
from scheduler.domain.findings import Severity
from tests.web import clinic as clinics
from tests.web import practice
from tests.web.browse import CHROMIUM, HEIGHTS, THEMES, WIDTHS, resize, served

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
    pytest.mark.xdist_group("chromium"),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["/", "/calendar?view=week", "/calendar?view=month", "/calendar?view=list", "/calendar/move/CODE",
         "/review", "/review/CONFIRM",
         "/articles", "/articles/add", "/articles/1", "/log", "/log/tries",
         "/log/changes", "/log/UNKNOWN", "/log/FAILED",
         "/channels", "/channels/bluesky/slots", "/cards", "/report?month=2026-10",
         "/keyboard", "/help", "/nowhere"]  # fmt: skip
EMPTY = ["/", "/calendar", "/review", "/articles", "/log", "/channels", "/cards", "/report"]
NARROWEST = 320


@pytest.fixture(scope="module")
def linden(linden_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a practice with some thirty posts, and codes that stand in PAGES."""
    root = tmp_path_factory.mktemp("linden") / "linden"
    shutil.copytree(linden_model, root)
    app = clinics.opened(root, now=practice.TODAY)
    codes = {
        word: app.store.deliveries.select(states={state})[0].code
        for word, state in (("CODE", State.SCHEDULED), ("UNKNOWN", State.UNKNOWN), ("FAILED", State.FAILED))
    }
    asks = (post for post in app.store.posts.all() if post.has(Severity.CONFIRM) and not post.may_go_out)
    codes["CONFIRM"] = str(next(asks).id)
    with served(app, worker=True) as address:
        yield address, codes
    app.close()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a workspace in which nothing has happened."""
    app = clinics.make(tmp_path_factory.mktemp("bare") / "clinic")
    with served(app) as address:
        yield address
    app.close()


def path_of(page: str, codes: dict[str, str]) -> str:
    for word, code in codes.items():
        page = page.replace(word, code)
    return page


def findings(page: Page) -> list[str]:
    """What axe says, each with the element it is about."""
    response = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in response["violations"]]


def wrong(browser: Browser, address: str) -> list[str]:
    """Findings and overflow at each width in each theme."""
    page = browser.new_page()
    resize(page, WIDTHS[0], THEMES[0])
    page.goto(address, wait_until="load")
    found = []
    for width in (*WIDTHS, NARROWEST):
        for theme in THEMES if width != NARROWEST else ():
            resize(page, width, theme)
            found += [f"{width} {theme} {finding}" for finding in findings(page)]
        resize(page, width, "light")
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{width}: {wide} px wide"] if wide > width else []
    page.close()
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_in_each_theme_and_width(
    browser: Browser, linden: tuple[str, dict[str, str]], path: str
) -> None:
    address, codes = linden
    assert wrong(browser, address + path_of(path, codes)) == []


@pytest.mark.parametrize("path", EMPTY)
def test_a_page_with_nothing_on_it_is_accessible(browser: Browser, bare: str, path: str) -> None:
    assert wrong(browser, bare + path) == []


def test_all_heights_belong_to_a_width() -> None:
    assert set(HEIGHTS) == {*WIDTHS, NARROWEST}
