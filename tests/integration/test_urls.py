"""Hostile and odd addresses, from a list, through the real code: each is refused or read as it should be, in time."""

from __future__ import annotations

import socket
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain import errors
from scheduler.domain.errors import AddressRefused, NoAnswer, PageUnusable, QuotidianError
from scheduler.domain.page import FeedRequest, PageRequest
from scheduler.fetching.wire import Bounds
from scheduler.fetching.work import fetch_article, fetch_feed
from tests.servers.web import Web, answer, endless, serving

TABLE = tomllib.loads((Path(__file__).parents[1] / "data" / "urls.toml").read_text("utf-8"))
URLS: dict[str, list[tuple[str, str]]] = TABLE["urls"]
REFUSED = [(kind, *row) for kind in ("AddressRefused", "PageUnusable", "NoAnswer") for row in URLS[kind]]
PATIENT, HASTY = Bounds(seconds=10), Bounds(seconds=0.5)


@pytest.fixture(scope="module")
def shared() -> Iterator[Web]:
    with serving(Web(names=TABLE["names"])) as web:
        yield web


@pytest.fixture
def web(shared: Web) -> Web:
    for record in (shared.resolved, shared.dialled, shared.asked):
        record.clear()
    return shared


def test_the_list_is_as_long_as_was_promised() -> None:
    addresses = [address for rows in URLS.values() for address, _ in rows]
    assert len(addresses) == len(set(addresses)) >= 120


@pytest.mark.parametrize("scheme", ["https", "ftp", "http"])
def test_a_password_in_an_address_is_never_shown(web: Web, scheme: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        fetch_article(PageRequest(address=f"{scheme}://me:hunter2@9@x.test/a@b"), network=web.network, bounds=PATIENT)
    assert caught.value.path == f"{scheme}://…@x.test/a@b"
    assert "hunter2" not in caught.value.told


@pytest.mark.parametrize(("address", "why"), URLS["read"])
def test_an_odd_address_is_read(web: Web, address: str, why: str) -> None:
    page = fetch_article(PageRequest(address=address), network=web.network, bounds=PATIENT)
    assert b"water" in page.body or "Brötchen" in page.body.decode(page.charset, "replace") or b"\xf6" in page.body, why
    assert "#" not in page.url
    assert page.url.isascii()


@pytest.mark.parametrize(("kind", "address", "why"), REFUSED)
def test_a_hostile_address_is_refused_with_a_sentence_and_a_hint(web: Web, kind: str, address: str, why: str) -> None:
    with pytest.raises(getattr(errors, kind)) as caught:
        fetch_article(PageRequest(address=address), network=web.network, bounds=PATIENT)
    error = caught.value
    assert isinstance(error, QuotidianError)
    assert error.message.endswith("."), why
    assert error.hint
    assert error.path or not address


@pytest.mark.parametrize(("address", "why"), URLS["too_slow"])
def test_a_slow_site_ends_at_the_deadline(web: Web, address: str, why: str) -> None:
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="too slow"):
        fetch_article(PageRequest(address=address), network=web.network, bounds=HASTY)
    assert time.monotonic() - began < HASTY.seconds + 1, why


def test_a_name_is_asked_for_once_and_only_the_checked_number_is_dialled(web: Web) -> None:
    fetch_article(PageRequest(address="http://turncoat.test/moved"), network=web.network)
    assert web.resolved == ["turncoat.test"]
    assert set(web.dialled) == {"93.184.216.34"}


def test_a_number_that_does_not_answer_is_passed_over(web: Web) -> None:
    def dial(number: str, port: int, seconds: float) -> socket.socket:
        if number == "93.184.216.34":
            raise ConnectionRefusedError
        return web.dial(number, port, seconds)

    network = replace(web.network, dial=dial)
    assert fetch_article(PageRequest(address="http://many.test/article"), network=network).body
    assert set(web.dialled) == {"93.184.216.35"}
    with pytest.raises(NoAnswer, match="can't be reached"):
        fetch_article(PageRequest(address="http://site.test/article"), network=network)


def test_an_address_without_end_is_refused_and_not_repeated_whole(web: Web) -> None:
    with pytest.raises(AddressRefused, match="longer than") as caught:
        fetch_article(PageRequest(address=f"http://site.test/{'a' * 100_000}"), network=web.network)
    assert len(caught.value.place) < 100


def test_a_private_number_is_never_even_dialled(web: Web) -> None:
    for address in ("http://mixed.test/", "http://ten.test/", "http://10.0.0.1/"):
        with pytest.raises(AddressRefused):
            fetch_article(PageRequest(address=address), network=web.network)
    assert web.dialled == []


def test_we_say_who_we_are_and_nothing_else(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://ten.test:3128")
    fetch_article(PageRequest(address="http://site.test/cookie"), network=web.network)
    _, _, head = web.asked[-1]
    assert "\r\nUser-Agent: Quotidian" in head
    said = {line.partition(":")[0] for line in head.split("\r\n")[1:] if line}
    assert said == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_robots_are_asked_once_a_site_for_an_article_and_never_for_a_feed(web: Web) -> None:
    fetch_article(PageRequest(address="http://site.test/five"), network=web.network)
    assert [path for _, path, _ in web.asked].count("/robots.txt") == 1
    web.asked.clear()
    assert fetch_feed(FeedRequest(address="http://closed.test/feed"), network=web.network).body
    assert [path for _, path, _ in web.asked] == ["/feed"]


@pytest.mark.parametrize(("path", "seconds"), [("/many", 7200), ("/busy", 3600), ("/broken", None)])
def test_a_site_that_asks_us_to_wait_is_heard(web: Web, path: str, seconds: int | None) -> None:
    with pytest.raises(NoAnswer) as caught:
        fetch_article(PageRequest(address=f"http://site.test{path}"), network=web.network)
    assert caught.value.retry_after == seconds


def test_a_feed_that_has_not_changed_says_so(web: Web) -> None:
    request = FeedRequest(
        address="http://site.test/unchanged", etag='"a"', last_modified="Sun, 22 Nov 2026 10:00:00 GMT"
    )
    assert fetch_feed(request, network=web.network).unchanged
    _, _, head = web.asked[-1]
    assert 'If-None-Match: "a"\r\n' in head
    assert "If-Modified-Since: Sun, 22 Nov 2026 10:00:00 GMT\r\n" in head


def test_what_a_site_calls_its_answer_is_kept_in_one_line(web: Web) -> None:
    assert fetch_article(PageRequest(address="http://site.test/folded"), network=web.network).etag == '"a b"'


def test_a_flood_costs_no_more_than_the_bounds_say(web: Web) -> None:
    sent: list[int] = []

    def flood() -> Iterator[bytes]:
        for piece in endless(answer(b"")[:-23] + b"\r\n", bytes(1024)):
            sent.append(len(piece))
            yield piece

    web.extra["/flood"] = flood
    with pytest.raises((PageUnusable, NoAnswer)):
        fetch_article(
            PageRequest(address="http://site.test/flood"), network=web.network, bounds=Bounds(wire_bytes=100_000)
        )
    # What the machine's own buffers hold is on the way already.
    assert sum(sent) < 20 * 1024 * 1024
