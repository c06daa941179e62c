"""Attacks by words: articles, front matter, file names, networks' answers and addresses that want to be code."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
from lxml import html

from scheduler.bootstrap import App
from scheduler.web.dashboard.guard import HEADERS
from scheduler.web.dashboard.looks import PLACES
from scheduler.web.dashboard.pages import PAGES
from tests.web import clinic as clinics
from tests.web.crawl import crawl, shape
from tests.web.visitor import HASH, HERE, OURS, Visitor

NASTY = ["'", '"><script>', "../../etc/passwd", "\x00", "9" * 400, "-1", "٣", "NaN", "2026-02-30", "%", "_", "{{7*7}}",
         "💥", "\ud7ff\u2028", "a" * 5_000, "2026-99", "0001-01-01", "9999-12-31", "1e400"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """Every page of the clinic, and the database before and after they were looked at."""

    pages: dict[str, httpx.Response]
    before: str
    after: str

    @property
    def html(self) -> dict[str, httpx.Response]:
        return {path: page for path, page in self.pages.items() if _is_shown(page)}


def content(app: App) -> str:
    with sqlite3.connect(app.folders.var / "quotidian.db") as connection:
        return "\n".join(connection.iterdump())


def _is_shown(page: httpx.Response) -> bool:
    """What a browser shows as a page of ours; a file to keep has a policy of its own and comes from no address."""
    return page.headers["content-type"].startswith("text/html") and "content-disposition" not in page.headers


@pytest.fixture(scope="module")
def seen(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    root = tmp_path_factory.mktemp("seen") / "clinic"
    shutil.copytree(model, root)
    app = clinics.opened(root)
    before = content(app)
    pages = dict(crawl(Visitor(app)))
    yield Seen(pages, before, content(app))
    app.close()


def test_every_place_is_reached_by_links_and_no_link_is_broken(seen: Seen) -> None:
    assert {path for _, _, path in PLACES} <= {urlsplit(path).path for path in seen.pages}
    broken = {path: page.status_code for path, page in seen.pages.items() if page.status_code not in (200, 303)}
    assert broken == {}


def test_looking_changes_nothing(seen: Seen) -> None:
    assert seen.before == seen.after


def test_hostile_words_are_shown_as_words(seen: Seen) -> None:
    everything = "".join(page.text for page in seen.html.values())
    assert clinics.MARK not in everything
    assert clinics.IMAGE not in everything
    assert "&lt;script&gt;document.title" in everything


def test_no_page_has_code_in_it(seen: Seen) -> None:
    for path, page in seen.html.items():
        document = html.document_fromstring(page.text)
        scripts = document.xpath("//script")
        assert all(each.get("src", "").startswith("/static/") and not each.text for each in scripts), path
        assert document.xpath("//@*[starts-with(name(), 'on')] | //@style | //style | //base | //iframe") == [], path
        addresses = [str(address).strip().lower() for address in document.xpath("//@href | //@src | //@action")]
        assert [each for each in addresses if each.startswith(("javascript:", "data:", "vbscript:"))] == [], path


def test_no_page_fetches_anything_from_elsewhere(seen: Seen) -> None:
    for path, page in seen.html.items():
        document = html.document_fromstring(page.text)
        fetched = document.xpath("//img/@src | //script/@src | //link/@href | //form/@action | //use/@href")
        assert [each for each in fetched if urlsplit(each).netloc or urlsplit(each).scheme] == [], path


def test_links_that_lead_away_take_nothing_along(seen: Seen) -> None:
    for path, page in seen.html.items():
        for link in html.document_fromstring(page.text).xpath("//a[starts-with(@href, 'http')]"):
            assert "noreferrer" in link.get("rel", ""), f"{path}: {link.get('href')}"


def test_every_form_that_changes_something_carries_its_token(seen: Seen) -> None:
    for path, page in seen.html.items():
        for form in html.document_fromstring(page.text).xpath("//form"):
            kind = form.get("method", "get").lower()
            assert (kind == "post") == bool(form.xpath(".//input[@name='token']")), f"{path} {form.get('action')}"


def test_no_secret_stands_on_any_page(seen: Seen, clinic: App) -> None:
    for path, page in seen.pages.items():
        assert clinics.SECRET not in page.text, path
        assert HASH not in page.text, path
        assert "sqlite:///" not in page.text, path


def test_no_page_tells_where_the_workspace_lies(seen: Seen, model: Path) -> None:
    telling = [path for path, page in seen.html.items() if str(model.parent) in page.text.replace("file://", "")]
    assert [path for path in telling if "/log" not in path and "/channels" not in path] == []


def test_pages_are_not_kept_by_browsers_and_proxies(seen: Seen) -> None:
    kept = {path for path, page in seen.html.items() if page.headers["cache-control"] != "no-store"}
    assert kept == set()


@pytest.mark.parametrize("header", sorted(HEADERS))
def test_every_answer_carries_its_protections(seen: Seen, ann: Visitor, header: str) -> None:
    others = [ann.get(path) for path in ("/nowhere", "/static/base.css", "/static/none.css", "/thumb/40/x", "/card/x")]
    others += [ann.ask("PUT", "/"), ann.ask("POST", "/theme"), ann.get("/", host="evil.example")]
    assert {page.headers.get(header) for page in (*seen.pages.values(), *others)} == {HEADERS[header]}


def test_no_page_can_be_framed_and_no_foreign_or_inline_code_would_run() -> None:
    policy = HEADERS["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


def answers(ann: Visitor, paths: list[str]) -> dict[str, int]:
    """Those that were mistakes of ours."""
    found = {path: ann.get(path) for path in paths}
    assert not any(clinics.MARK in page.text or '"><script>' in page.text for page in found.values())
    return {path: page.status_code for path, page in found.items() if page.status_code >= 500}


GETS = sorted({page.path for page in PAGES if "GET" in page.methods})


@pytest.mark.parametrize("path", [path for path in GETS if "{" in path])
def test_no_address_is_a_mistake_of_ours(ann: Visitor, path: str) -> None:
    assert answers(ann, [re.sub(r"{[^}]+}", quote(words, safe=""), path) for words in NASTY]) == {}


@pytest.mark.parametrize("path", [path for path in GETS if "{" not in path])
def test_no_question_is_a_mistake_of_ours(ann: Visitor, seen: Seen, path: str) -> None:
    forms = [html.document_fromstring(page.text) for at, page in seen.html.items() if urlsplit(at).path == path]
    named = {key for form in forms for key in form.xpath("//form[@method='get' or not(@method)]//@name")}
    linked = {
        pair.partition("=")[0] for at in seen.pages for pair in urlsplit(at).query.split("&") if at.startswith(path)
    }
    keys = sorted(filter(None, {*map(str, named), *linked}))
    at_once = ["&".join(f"{key}={words}" for key in keys) for words in (*map(quote, NASTY), "%FF")]
    one_by_one = [f"{key}={quote(words)}" for key in keys for words in (NASTY[3], NASTY[4], NASTY[8], "0001-01-01")]
    assert answers(ann, [f"{path}?{question}" for question in (*at_once, *one_by_one)] if keys else [path]) == {}


ESCAPES = ["/static/../site.py", "/static/..%2fsite.py", "/static/%2e%2e/site.py", "/static//etc/passwd",
           "/static/..%5csite.py", "/thumb/40/..%2f..%2f..%2fsettings.env", "/card/..%2f..%2fsettings.env",
           "/card/../../settings.env", "/card/%2e%2e%2f%2e%2e%2fsettings.env", "/static/%00", "/card/.%00.png",
           "/log/..%2fsettings.env", "/review/..%2f1", "/fonts/..%2fquotidian.db"]  # fmt: skip


@pytest.mark.parametrize("path", ESCAPES)
def test_no_file_is_read_that_is_not_meant_to_be(ann: Visitor, path: str) -> None:
    response = ann.get(path)
    assert response.status_code in (303, 400, 404)
    assert clinics.SECRET not in response.text
    assert "import annotations" not in response.text
    assert "root:" not in response.text


def test_a_page_that_fails_tells_nothing_of_the_program(ann: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.web.dashboard.site._answered", lambda *_: 1 / 0)
    page = ann.get("/")
    assert page.status_code == 500
    assert "Nothing was changed" in page.text
    assert "ZeroDivision" not in page.text
    assert "Traceback" not in page.text
    assert page.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_other_methods_do_nothing(ann: Visitor, clinic: App, method: str) -> None:
    before = content(clinic)
    assert ann.ask(method, "/theme", data={"theme": "dark"}, headers=OURS).status_code == 405
    assert content(clinic) == before


def test_a_change_can_not_be_asked_for_by_a_link(ann: Visitor, clinic: App) -> None:
    before, token = content(clinic), ann.token("/")
    for page in PAGES:
        if "POST" in page.methods:
            for number in ("1", "h5hnwaw"):
                ann.get(f"{re.sub(r'{[^}]+}', number, page.path)}?token={token}&do=approve&action=hold&theme=dark")
    assert content(clinic) == before


def test_the_answer_to_a_page_says_nothing_of_the_server(ann: Visitor) -> None:
    assert not {"server", "x-powered-by"} & {name.lower() for name in ann.get("/").headers}
    assert HERE not in ann.get("/").text


def test_pages_that_differ_only_in_numbers_count_as_alike() -> None:
    assert shape("/log/k3f9x2a?open=1") == shape("/log/h5hnwaw?open=2") != shape("/log")
