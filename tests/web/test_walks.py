"""Walks in the browser, with scripts and without: what a marketer does in a day, by mouse and by keys alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scheduler.bootstrap import App
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.findings import Severity
from scheduler.domain.post import Post
from scheduler.web.dashboard import server as servers
from scheduler.web.dashboard.signin import Door
from tests.web import clinic as clinics
from tests.web.browse import CHROMIUM, served
from tests.web.visitor import HASH, PASSWORD

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
    pytest.mark.xdist_group("chromium"),
]
SCRIPTS = pytest.mark.parametrize("page", [True, False], indirect=True, ids=["with scripts", "without scripts"])
DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
ARTICLE = b"""# Why feet like to be bare

Walking barefoot at home wakes the small muscles of the foot that shoes have put to sleep for years.

A soft carpet is a good beginning, and ten minutes a day are enough for the first two weeks of practice.
"""


@pytest.fixture
def page(linden: App, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """At Today. Whatever the browser complains of, such as a broken policy, fails the walk."""
    said: list[str] = []
    with served(linden, worker=True) as address:
        context = browser.new_context(java_script_enabled=getattr(request, "param", True), base_url=address)
        context.set_default_timeout(15_000)
        context.route("**/thumb/**", lambda route: route.fulfill(body=DOT, content_type="image/svg+xml"))
        page = context.new_page()
        page.on("console", lambda line: said.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto("/")
        yield page
        context.close()
    assert [line for line in said if "status of 4" not in line] == []


def first(linden: App, state: State, channel: str = "") -> Delivery:
    found = linden.store.deliveries.select(states={state})
    return next(one for one in found if channel in ("", one.channel))


def test_signing_in_by_keys_after_a_wrong_password(
    linden: App, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "Door", lambda **given: Door(**{**given, "password": HASH}))
    with served(linden) as address:
        page = browser.new_page()
        page.goto(f"{address}/log")
        for word in ("wrong password", PASSWORD):
            page.get_by_label("Your name").focus()
            page.keyboard.press("Control+A")
            page.keyboard.type("Ann")
            page.keyboard.press("Tab")
            page.keyboard.type(word)
            page.keyboard.press("Enter")
            expect(page.get_by_role("alert" if word != PASSWORD else "main").first).to_be_visible()
        expect(page).to_have_url(f"{address}/log")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        page.close()


@SCRIPTS
def test_an_article_is_added_and_its_posts_wait_for_review(linden: App, page: Page) -> None:
    page.get_by_role("link", name="Add an article").click()
    page.get_by_label("Article", exact=True).set_input_files({"name": "feet.md", "mimeType": "", "buffer": ARTICLE})
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("status").filter(has_text="Read.")).to_contain_text("cut from it")
    assert "Why feet like to be bare" in linden.store.library.titles().values()
    assert (linden.folders.articles / "feet.md").read_bytes() == ARTICLE


def waiting(linden: App, *, asks: bool) -> Post:
    found = (post for post in linden.store.posts.all() if not post.may_go_out and not post.blocked)
    return next(post for post in found if post.has(Severity.CONFIRM) == asks)


def test_review_goes_by_keys_alone(linden: App, page: Page) -> None:
    post = waiting(linden, asks=True)
    page.goto(f"/review/{post.id}")
    page.keyboard.press("a")
    expect(page.locator("#told")).to_contain_text("Not approved yet")
    expect(page.locator("html.busy")).to_have_count(0)
    page.locator("body").press("c")
    for box in page.get_by_label("I have checked this").all():
        box.focus()
        page.keyboard.press("Space")
    page.locator("#title").focus()
    page.keyboard.press("a")
    expect(page.get_by_role("status").filter(has_text="Approved.")).to_be_visible()
    approved = linden.store.posts.get(post.id)
    assert approved.may_go_out
    assert approved.approval
    assert approved.approval.by == "Ann"


@SCRIPTS
def test_a_post_is_edited_approved_and_taken_back(linden: App, page: Page) -> None:
    post = waiting(linden, asks=False)
    page.goto(f"/review/{post.id}?do=edit")
    page.locator("textarea").first.fill("Ten quiet minutes on foot are enough for one evening.")
    page.get_by_role("button", name="Save").click()
    assert linden.store.posts.get(post.id).words.startswith("Ten quiet minutes")
    page.goto(f"/review/{post.id}")
    for box in page.get_by_label("I have checked this").all():
        box.check()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator("#told")).to_contain_text("Approved.")
    assert linden.store.posts.get(post.id).may_go_out
    expect(page.locator("html.busy")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#told")).to_contain_text("Taken back.")
    assert not linden.store.posts.get(post.id).may_go_out


@SCRIPTS
def test_a_post_keeps_its_wall_time_across_the_clock_change(linden: App, page: Page) -> None:
    moved = next(one for one in linden.store.deliveries.select() if one.wall_time == "2026-10-31T10:00")
    assert f"{moved.due_at:%H:%M}" == "14:00"
    page.goto(f"/calendar/move/{moved.code}")
    page.get_by_label("Date and time").fill("2026-11-01T10:00")
    page.get_by_role("button", name="Move", exact=True).click()
    after = linden.store.deliveries.get(moved.code)
    assert after.wall_time == "2026-11-01T10:00"
    assert f"{after.due_at:%d %H:%M}" == "01 15:00"
    page.goto("/calendar?view=week&at=2026-11-01")
    expect(page.get_by_role("main")).to_contain_text("Clocks go back")


def test_a_post_is_dragged_to_another_day(linden: App, page: Page) -> None:
    moved = next(one for one in linden.store.deliveries.select() if one.wall_time == "2026-10-31T10:00")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/calendar?view=week&at=2026-10-28")
    page.locator(f"[data-code='{moved.code}']").drag_to(page.locator("[data-day='2026-10-29']").first)
    expect(page.get_by_role("status").filter(has_text="oved")).to_be_visible()
    assert linden.store.deliveries.get(moved.code).wall_time == "2026-10-29T10:00"


@SCRIPTS
def test_what_failed_is_sent_again_and_goes_out(linden: App, page: Page) -> None:
    failed = first(linden, State.FAILED)
    page.get_by_role("link", name="See what to do").click()
    expect(page.get_by_role("main")).to_contain_text("The picture could not be read")
    page.get_by_role("button", name="Send it in the next free slot").click()
    expect(page.get_by_role("status").filter(has_text="Goes out")).to_be_visible()
    again = linden.store.deliveries.get(failed.code)
    assert again.state is State.SCHEDULED
    clinics.clock_of(linden).jump(again.due_at - linden.clock.now())
    linden.courier.deliver_due()
    page.goto(f"/log/{failed.code}")
    expect(page.get_by_role("main")).to_contain_text("Published")


@SCRIPTS
def test_an_answer_that_was_lost_is_settled_by_a_person(linden: App, page: Page) -> None:
    lost = first(linden, State.UNKNOWN)
    page.get_by_role("link", name="Look at it").first.click()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("alert").filter(has_text="Look first")).to_be_visible()
    assert linden.store.deliveries.get(lost.code).state is not State.SCHEDULED
    page.get_by_label("Its address").fill("https://example.social/@linden/1")
    page.get_by_role("button", name="It is there").click()
    expect(page.get_by_role("status").filter(has_text="Marked as published")).to_be_visible()
    found = linden.store.deliveries.get(lost.code)
    assert (found.state, found.url) == (State.PUBLISHED, "https://example.social/@linden/1")


@SCRIPTS
def test_the_log_is_taken_along_as_a_table_and_as_data(linden: App, page: Page, tmp_path: Path) -> None:
    page.goto("/log?state=published")
    rows = page.locator("tr[data-row]").count()
    for name in ("CSV", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        download.value.save_as(tmp_path / name)
    table = list(csv.reader((tmp_path / "CSV").read_text("utf-8-sig").splitlines()))
    assert len(table) == 1 + rows == 1 + len(json.loads((tmp_path / "JSON").read_text("utf-8")))
    assert not [cell for line in table for cell in line if cell.startswith(("=", "+", "-", "@"))]


@SCRIPTS
def test_a_theme_is_chosen_and_stays(page: Page) -> None:
    page.get_by_role("button", name="Dark").click()
    page.goto("/log")
    assert page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize(
    "path", ["/", "/calendar?view=week", "/review", "/log", "/articles/add", "/channels", "/cards"]
)
def test_every_control_is_reached_by_tab_and_seen_when_it_is(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 720})
    page.goto(path)
    reachable = page.evaluate(
        f"[...document.querySelectorAll({REACHABLE!r})].filter(each => each.checkVisibility()).length"
    )
    seen = 0
    for _ in range(reachable + 1):
        page.keyboard.press("Tab")
        told = page.evaluate(FOCUSED)
        if told["tag"] == "BODY":
            break
        seen += 1
        assert told["outlined"], told
        assert told["inside"], told
        assert not told["hidden"], told
    assert seen >= reachable - 1


REACHABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary"
FOCUSED = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 8), 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const style = getComputedStyle(at);
  return {
    tag: at.tagName, html: at.outerHTML.slice(0, 120),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    hidden: Boolean(top) && !at.contains(top) && !top.contains(at),
  };
}"""
