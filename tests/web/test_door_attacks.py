"""Attacks on the door: without a password, with a stolen session, from another site, by another name."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from scheduler.bootstrap import App
from scheduler.bootstrap.renewal import Renewal
from scheduler.domain.errors import NotAllowedNow, SettingsUnusable
from scheduler.web.dashboard.guard import is_loopback
from scheduler.web.dashboard.pages import PAGES
from scheduler.web.dashboard.server import server
from scheduler.web.dashboard.signin import COOKIE, GUESSES, Door, hashed
from scheduler.web.dashboard.visit import Page
from tests.web.clinic import clock_of
from tests.web.visitor import HASH, HERE, OURS, PASSWORD, Visitor

CLOSED = [page for page in PAGES if not page.open]


def concrete(path: str) -> str:
    """A page's path with something in place of its parameters."""
    return re.sub(r"{[^}]+}", "1", path)


@pytest.mark.parametrize("page", CLOSED, ids=lambda page: f"{page.methods[0]} {page.path}")
def test_no_page_answers_a_stranger(stranger: Visitor, page: Page) -> None:
    response = stranger.ask(page.methods[0], concrete(page.path), headers=OURS)
    assert response.status_code == 303
    assert response.headers["location"].startswith("/signin?to=")
    assert not response.content


def test_a_strangers_upload_is_not_even_read(stranger: Visitor) -> None:
    was_read: list[bool] = []

    async def stream() -> AsyncIterator[bytes]:
        was_read.append(True)
        yield b"x" * 50_000

    headers = {**OURS, "content-length": "50000", "content-type": "application/x-www-form-urlencoded"}
    page = next(page for page in CLOSED if "POST" in page.methods)
    response = stranger.ask("POST", concrete(page.path), content=stream(), headers=headers)
    assert response.status_code == 303
    assert not was_read


def test_nothing_of_the_workspace_stands_on_the_sign_in_page(stranger: Visitor) -> None:
    page = stranger.get("/signin").text
    assert "cough" not in page
    assert 'aria-label="Main"' not in page


def test_the_right_password_lets_in_and_a_wrong_one_does_not(stranger: Visitor) -> None:
    assert stranger.sign_in(password="correct horse").status_code == 403
    assert stranger.get("/").status_code == 303
    assert stranger.sign_in().headers["location"] == "/"
    assert stranger.get("/").status_code == 200


def test_guessing_ends_after_ten_tries_even_with_the_right_password(clinic: App, stranger: Visitor) -> None:
    for number in range(GUESSES):
        assert "That is not the password" in stranger.sign_in(password=f"guess {number}").text
    assert "Too many wrong passwords" in stranger.sign_in().text
    clock_of(clinic).pass_by(minutes=6)
    assert stranger.sign_in().status_code == 303


def test_guessing_at_once_gives_no_more_tries(clinic: App) -> None:
    door = Door(sessions=clinic.store.sessions, password=HASH, host_user="Ann")

    def guess(number: int) -> str:
        try:
            return door.enter("Eve", f"guess {number}", now=clinic.clock.now())
        except NotAllowedNow as error:
            return error.message

    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(guess, range(24)))
    assert answers.count("That is not the password.") == GUESSES


def test_a_session_that_was_planted_before_signing_in_is_worth_nothing(stranger: Visitor) -> None:
    victim = stranger.another()
    victim.cookies.set(COOKIE, "planted-by-eve", domain="127.0.0.1")
    stranger.cookies.set(COOKIE, "planted-by-eve", domain="127.0.0.1")
    assert victim.sign_in().status_code == 303
    assert victim.get("/").status_code == 200
    assert stranger.get("/").status_code == 303


def test_signing_in_twice_gives_two_tokens_and_signing_out_ends_the_session_for_good(stranger: Visitor) -> None:
    stranger.sign_in()
    first = dict(stranger.cookies)[COOKIE]
    stranger.post("/signout")
    thief = stranger.another()
    thief.cookies.set(COOKIE, first, domain="127.0.0.1")
    assert thief.get("/").status_code == 303
    stranger.sign_in()
    assert dict(stranger.cookies)[COOKIE] != first


def test_a_session_ends_after_a_week(clinic: App, stranger: Visitor) -> None:
    stranger.sign_in()
    clock_of(clinic).pass_by(days=6, hours=23)
    assert stranger.get("/").status_code == 200
    clock_of(clinic).pass_by(hours=2)
    assert stranger.get("/").status_code == 303


def test_the_database_holds_no_token_that_lets_anybody_in(clinic: App, stranger: Visitor) -> None:
    stranger.sign_in()
    token = dict(stranger.cookies)[COOKIE]
    clinic.close()
    kept = b"".join(path.read_bytes() for path in clinic.folders.var.glob("quotidian.db*"))
    assert token.encode() not in kept
    assert PASSWORD.encode() not in kept


def test_cookies_are_for_this_site_alone_and_no_script_reads_them(stranger: Visitor) -> None:
    cookie = stranger.sign_in().headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_a_cookie_that_came_over_https_goes_back_over_https_only(clinic: App) -> None:
    behind = Visitor(clinic, locked=True, hosts=("posts.example.com",))
    token = behind.token()
    headers = {"host": "posts.example.com", "origin": "https://posts.example.com"}
    data = {"token": token, "name": "Ann", "password": PASSWORD}
    response = behind.ask("POST", "/signin", data=data, headers=headers)
    assert response.status_code == 303
    assert "Secure" in response.headers["set-cookie"]


FORGED = {
    "no token": ({}, OURS),
    "an empty token": ({"token": ""}, OURS),
    "a wrong token": ({"token": "0" * 64}, OURS),
    "a token that is no ASCII": ({"token": "ü" * 64}, OURS),
    "another site, says the browser": ({"token": "right"}, {"sec-fetch-site": "cross-site"}),
    "a sister site": ({"token": "right"}, {"sec-fetch-site": "same-site"}),
    "another origin": ({"token": "right"}, {"origin": "https://evil.example"}),
    "another port": ({"token": "right"}, {"origin": "http://127.0.0.1:9999"}),
    "a page without an origin": ({"token": "right"}, {"origin": "null"}),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_form_is_refused(ann: Visitor, how: str) -> None:
    data, headers = FORGED[how]
    if data.get("token") == "right":
        data = {"token": ann.token("/")}
    response = ann.ask("POST", "/theme", data={**data, "theme": "dark"}, headers=headers)
    assert response.status_code == 403
    assert "theme" not in response.cookies


@pytest.mark.parametrize("page", [page for page in PAGES if "POST" in page.methods], ids=lambda page: str(page.path))
def test_no_form_works_without_its_token(ann: Visitor, page: Page) -> None:
    response = ann.ask("POST", concrete(page.path), data={"code": "1", "id": "1"}, headers=OURS)
    assert response.status_code == 403


def test_a_token_of_one_session_does_not_serve_another(stranger: Visitor) -> None:
    eve = stranger.another()
    eve.sign_in("Eve")
    stranger.sign_in("Ann")
    data = {"token": eve.token("/"), "theme": "dark"}
    assert stranger.ask("POST", "/theme", data=data, headers=OURS).status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:8470", "localhost.evil.example", "0.0.0.0:8470", "",
     "127.0.0.1@evil.example", "evil.example#127.0.0.1", "[::1]x", "2130706433"],
)  # fmt: skip
def test_no_other_name_reaches_the_dashboard(ann: Visitor, host: str) -> None:
    response = ann.get("/", host=host)
    assert response.status_code == 421
    assert "cough" not in response.text
    assert response.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8470", "127.0.0.1:1", "[::1]:8470", "[::1]"])
def test_this_machines_names_do(ann: Visitor, host: str) -> None:
    assert ann.get("/signin", host=host).status_code in (200, 303)


def test_a_proxys_word_for_the_host_changes_nothing(ann: Visitor) -> None:
    response = ann.ask("GET", "/signin", headers={"host": "evil.example", "x-forwarded-host": "localhost"})
    assert response.status_code == 421


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "http:evil.example",
     "javascript:alert(1)", "/\n/evil.example", "\\\\evil.example", "///evil.example", " //evil.example"],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(stranger: Visitor, to: str) -> None:
    form = stranger.ask("GET", "/signin", params={"to": to}).text
    assert "evil.example" not in form
    data = {"token": stranger.token(), "name": "Ann", "password": PASSWORD, "to": to}
    assert stranger.ask("POST", "/signin", data=data, headers=OURS).headers["location"] == "/"


@pytest.mark.parametrize("to", ["/x\r\nset-cookie: session=eve", "/ü", "/日本?x=\u2028"])
def test_an_address_can_not_break_out_of_its_header(ann: Visitor, to: str) -> None:
    response = ann.post("/theme", theme="dark", to=to)
    assert response.status_code == 303
    assert "session" not in response.cookies
    assert response.headers["location"].isascii()


def test_an_open_door_is_for_this_machine_alone(clinic: App) -> None:
    for host in ("0.0.0.0", "192.168.1.4", "::", "example.com"):
        assert not is_loopback(host)
        with pytest.raises(SettingsUnusable, match="open to everybody"):
            server(Renewal(app=clinic), host=host, port=0, host_user="Ann")


def test_a_password_that_is_guessed_too_easily_is_refused() -> None:
    with pytest.raises(NotAllowedNow, match="at least 10"):
        hashed("cough2026")
    assert hashed(PASSWORD) != hashed(PASSWORD)
    assert hashed(PASSWORD).startswith("$argon2id$")


def test_a_hash_that_is_broken_lets_nobody_in(clinic: App) -> None:
    door = Door(sessions=clinic.store.sessions, password="not-a-hash", host_user="Ann")
    with pytest.raises(NotAllowedNow, match="not the password"):
        door.enter("Ann", "not-a-hash", now=clinic.clock.now())


def test_a_name_can_not_pose_as_another_or_fill_the_page(clinic: App, stranger: Visitor) -> None:
    stranger.sign_in("Ann\u202e\x1b[31m " + "x" * 5000)
    footer = stranger.get("/").text
    assert "\u202e" not in footer
    assert "\x1b" not in footer
    assert "x" * 100 not in footer
    assert stranger.another().sign_in("   ").status_code == 403


def test_signing_in_from_another_site_is_refused(stranger: Visitor) -> None:
    data = {"token": stranger.token(), "name": "Eve", "password": PASSWORD}
    headers = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert stranger.ask("POST", "/signin", data=data, headers=headers).status_code == 403
    assert HERE not in headers.values()


def test_sessions_that_are_over_are_not_kept(clinic: App, stranger: Visitor) -> None:
    stranger.sign_in()
    before = dict(stranger.cookies)[COOKIE]
    clock_of(clinic).jump(timedelta(days=8))
    stranger.another().sign_in()
    stranger.cookies.set(COOKIE, before, domain="127.0.0.1")
    clock_of(clinic).jump(timedelta(days=-8))
    assert stranger.get("/").status_code == 303
