"""Walks through Review in the browser where decisions need no page load: nothing is lost, nothing is decided twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from scheduler.bootstrap import App
from scheduler.domain.post import Post
from scheduler.web.dashboard import server as servers
from scheduler.web.dashboard.signin import Door
from tests.web.browse import CHROMIUM, served
from tests.web.visitor import HASH, PASSWORD

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
    pytest.mark.xdist_group("chromium"),
]
DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


@pytest.fixture
def page(linden: App, browser: Browser) -> Iterator[Page]:
    """At the first of three posts in a row that may be approved as they are; `window.here` dies with a page load."""
    said: list[str] = []
    with served(linden, worker=True) as address:
        context = browser.new_context(base_url=address)
        context.set_default_timeout(15_000)
        context.route("**/thumb/**", lambda route: route.fulfill(body=DOT, content_type="image/svg+xml"))
        page = context.new_page()
        page.on("console", lambda line: said.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"/review/{plain(linden)[0].id}")
        page.evaluate("window.here = true")
        yield page
        context.close()
    assert [line for line in said if "status of 4" not in line and "ERR_FAILED" not in line] == []


def plain(linden: App) -> list[Post]:
    """What waits, from the first post on that has no finding."""
    waiting = [linden.store.posts.get(turn.post_id) for turn in linden.store.review_screen.queue(most=100)]
    first = next(at for at, post in enumerate(waiting) if not post.findings)
    return waiting[first:]


def settled(page: Page, post: Post) -> None:
    """The page is that of a post, without a page load, its title has the focus, and presses count again."""
    expect(page).to_have_url(re.compile(rf"/review/{post.id}(\?|$)"))
    expect(page.locator("html.busy")).to_have_count(0)
    expect(page.locator("#title")).to_be_focused()
    assert page.evaluate("window.here === true")


def approved(linden: App, posts: list[Post]) -> list[bool]:
    return [linden.store.posts.get(post.id).may_go_out for post in posts]


def test_a_a_j_decides_twice_and_goes_on_without_a_page_load(linden: App, page: Page) -> None:
    posts = plain(linden)[:4]
    waiting = linden.store.review_screen.count(most=100)
    page.keyboard.press("a")
    settled(page, posts[1])
    expect(page.get_by_role("status").filter(has_text="Approved.")).to_have_count(1)
    expect(page.get_by_role("navigation")).to_contain_text(f"Review{waiting - 1}")
    page.keyboard.press("a")
    settled(page, posts[2])
    page.keyboard.press("j")
    settled(page, posts[3])
    assert approved(linden, posts) == [True, True, False, False]


def test_undo_and_back_show_what_is_so(linden: App, page: Page) -> None:
    posts = plain(linden)[:2]
    page.get_by_role("button", name="Approve", exact=True).click()
    settled(page, posts[1])
    page.get_by_role("button", name="Undo").click()
    settled(page, posts[0])
    assert approved(linden, posts) == [False, False]
    for post in (posts[1], posts[0]):
        with page.expect_event("load"):
            page.evaluate("history.back()")
        expect(page).to_have_url(re.compile(rf"/review/{post.id}(\?|$)"))
        expect(page.locator("#decide")).to_have_attribute("action", f"/review/{post.id}/approve")


def test_hold_is_announced_each_time_and_undone(linden: App, page: Page) -> None:
    posts = plain(linden)[:3]
    for following in posts[1:]:
        page.keyboard.press("h")
        settled(page, following)
        expect(page.get_by_role("status").filter(has_text="Held.")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    settled(page, posts[1])
    held = [{one.state.value for one in linden.store.deliveries.select(post_id=post.id)} for post in posts]
    assert held == [{"held"}, {"scheduled"}, {"scheduled"}]


def test_a_drop_is_undone_in_place(linden: App, page: Page) -> None:
    first, second = plain(linden)[:2]
    before = linden.store.deliveries.select(post_id=first.id)
    page.get_by_role("button", name="Drop it").click()
    settled(page, second)
    assert {one.state.value for one in linden.store.deliveries.select(post_id=first.id)} == {"cancelled"}
    page.get_by_role("button", name="Undo").click()
    settled(page, first)
    after = linden.store.deliveries.select(post_id=first.id)
    assert [(one.code, one.state, one.due_at) for one in after] == [(one.code, one.state, one.due_at) for one in before]


def test_a_double_press_and_a_key_held_down_send_once(linden: App, page: Page) -> None:
    posts = plain(linden)[:3]
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.get_by_role("button", name="Approve", exact=True).dblclick()
    settled(page, posts[1])
    page.keyboard.down("a")
    settled(page, posts[2])
    page.keyboard.down("a")
    page.keyboard.up("a")
    assert len(sent) == 2
    assert approved(linden, posts) == [True, True, False]


def test_an_open_confirmation_is_said_in_place(linden: App, page: Page) -> None:
    asks = next(post for post in plain(linden) if post.findings)
    page.goto(f"/review/{asks.id}")
    page.evaluate("window.here = true")
    page.keyboard.press("a")
    settled(page, asks)
    expect(page.get_by_role("status").filter(has_text="Not approved yet")).to_have_count(1)
    for box in page.get_by_label("I have checked this").all():
        box.check()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Approved.")).to_have_count(1)
    assert approved(linden, [asks]) == [True]


def test_a_lost_connection_loads_the_page_which_says_that_nothing_was_done(linden: App, page: Page) -> None:
    posts = plain(linden)[:2]
    page.context.route("**/approve", lambda route: route.abort())
    with page.expect_event("domcontentloaded"):
        page.keyboard.press("a")
    assert page.evaluate("window.here === undefined")
    assert approved(linden, posts) == [False, False]
    page.context.unroute("**/approve")
    page.get_by_role("button", name="Approve", exact=True).click()
    page.wait_for_url(f"**/review/{posts[1].id}?*")
    assert approved(linden, posts) == [True, False]


def test_an_answer_that_got_lost_is_seen_on_the_page_that_is_loaded(linden: App, page: Page) -> None:
    posts = plain(linden)[:2]

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.context.route("**/approve", lose)
    with page.expect_event("domcontentloaded"):
        page.keyboard.press("a")
    assert page.evaluate("window.here === undefined")
    expect(page.get_by_role("main")).to_contain_text("Approved. By Ann")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    assert approved(linden, posts) == [True, False]


def test_who_is_signed_out_meanwhile_signs_in_and_finds_the_post_undecided(
    linden: App, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "Door", lambda **given: Door(**{**given, "password": HASH}))
    post = plain(linden)[0]
    with served(linden) as address:
        page = browser.new_page(base_url=address)
        page.goto(f"/review/{post.id}")
        sign_in(page)
        expect(page.locator("#title")).to_be_visible()
        page.context.clear_cookies()
        page.keyboard.press("a")
        sign_in(page)
        expect(page).to_have_url(f"{address}/review/{post.id}")
        expect(page.get_by_role("button", name="Approve", exact=True)).to_be_visible()
        page.close()
    assert approved(linden, [post]) == [False]


def sign_in(page: Page) -> None:
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_present_post_is_in_view_in_a_row_that_can_be_scrolled(
    linden: App, browser: Browser, scripts: bool
) -> None:
    waiting = linden.store.review_screen.queue(most=100)
    with served(linden) as address:
        page = browser.new_page(java_script_enabled=scripts, viewport={"width": 768, "height": 1024})
        for turn in (waiting[0], waiting[6], waiting[-1]):
            page.goto(f"{address}/review/{turn.post_id}")
            expect(page.locator(".queue [aria-current]")).to_be_in_viewport(ratio=0.9)
        page.locator(".queue ol").evaluate("list => list.scrollTo(0, 0)")
        expect(page.locator(".queue li").first).to_be_in_viewport(ratio=0.9)
        page.close()


@pytest.mark.parametrize("width", [360, 320])
def test_the_four_actions_stand_in_one_row_on_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    actions = page.locator("#decide > :is(button, .button)")
    expect(actions).to_have_text(["Approvea", "Edite", "Holdh", "Skipj"])
    boxes = [actions.nth(at).bounding_box() for at in range(4)]
    assert len({box and box["y"] for box in boxes}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1024, 360])
def test_what_has_the_focus_is_never_under_the_bar(linden: App, page: Page, width: int) -> None:
    asks = next(post for post in plain(linden) if post.findings)
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(f"/review/{asks.id}")
    for tick in page.locator(".tick input, .sheet summary, .sheet a").all():
        if tick.is_visible() and not tick.evaluate("one => one.closest('.bar')"):
            tick.focus()
            assert tick.evaluate(UNCOVERED), tick.inner_html()
    page.keyboard.press("c")
    assert page.locator("#confirm-1").evaluate(UNCOVERED)


UNCOVERED = """one => {
  const box = one.getClientRects()[0];
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return one.contains(top) || top.contains(one);
}"""
