"""The preview in a real browser: whole, readable at any width, and unable to run or fetch anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from scheduler.shipped import shipped
from tests.acceptance.walk import Workspace

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]
HOSTILE = """---
title: <script>document.title = "taken"</script>
author: <img src=x onerror="document.title='taken'">
---

Rest is a treatment that <script>document.title = "taken"</script> only you can give yourself, every night.
"""

pytestmark = [
    pytest.mark.xdist_group("preview"),  # one browser for all
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def preview_of(workspace: Workspace) -> str:
    workspace.run("queue")
    return f"file://{workspace.json('preview')['path']}"


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_the_preview_shows_every_coming_post_with_its_picture_at_any_width(
    workspace: Workspace, browser: Browser, width: int
) -> None:
    workspace.drop("cough.md", next(shipped("posts/articles").glob("*.md")).read_bytes())
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(preview_of(workspace))
    planned = [post for post in workspace.json("list") if post["deliveries"]]
    assert page.locator("article:not(.left)").count() == len(planned) >= 5
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth == 1080)")
    assert page.evaluate("[...document.images].every(image => image.alt.length > 20)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_that_an_article_says_can_run_in_the_preview(workspace: Workspace, browser: Browser) -> None:
    workspace.drop("hostile.md", HOSTILE)
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(preview_of(workspace))
    assert page.title().startswith("What is coming")
    assert page.locator("script, main img:not([src^='data:'])").count() == 0
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


def test_an_empty_workspace_says_what_to_do(workspace: Workspace, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(preview_of(workspace))
    assert "Nothing is planned yet" in page.inner_text("header")
