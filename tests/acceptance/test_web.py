"""Pages and feeds of the web at the command line: an address is taken in as a file is, a feed's new items once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from scheduler.bootstrap import hostile
from tests.acceptance.walk import EVERY_SECOND, Workspace, make_workspace
from tests.servers.web import Web, answer, serving

TEXT = (Path(__file__).parents[1] / "data" / "articles" / "desk-necks.md").read_text("utf-8")
MARKDOWN = b"Content-Type: text/markdown; charset=utf-8\r\n"
XML = b"Content-Type: application/rss+xml; charset=utf-8\r\n"


@dataclass
class Site:
    """One site, by its address, with the items of its feed, newest first."""

    web: Web
    items: list[str] = field(default_factory=list)
    down: bool = False

    @property
    def url(self) -> str:
        return f"http://p{self.web.ports[80]}.site.test"

    def feed(self) -> bytes:
        if self.down:
            return answer(b"", status="503 Service Unavailable")
        items = "".join(
            f"<item><title>{name}</title><guid>{name}</guid><link>{self.url}/{name}.md</link></item>"
            for name in self.items
        )
        document = f"<rss version='2.0'><channel><title>Clinic</title>{items}</channel></rss>"
        return answer(document.encode(), head=XML + b'ETag: "%d"\r\n' % len(self.items))

    def add(self, name: str) -> None:
        """At the top, with an article of its own words."""
        self.items.insert(0, name)
        words = TEXT.replace("neck", f"neck{name[-1]}").encode()
        self.web.extra[f"/{name}.md"] = lambda: answer(words, head=MARKDOWN)

    def pages(self) -> list[str]:
        return [path for _, path, _ in self.web.asked if path not in ("/robots.txt", "/feed.xml")]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("READ_PAGE", "READ_FEED"):
        chain = [part.replace("scheduler.fetching.work", "tests.servers.web_child") for part in getattr(hostile, name)]
        monkeypatch.setattr(hostile, name, tuple(chain))
    with serving(Web(names={})) as web:
        site = Site(web)
        web.extra["/feed.xml"] = site.feed
        yield site


@pytest.fixture
def following(site: Site, tmp_path: Path) -> Workspace:
    return make_workspace(
        tmp_path / "clinic", f"{EVERY_SECOND.replace('ARTICLE=5', 'ARTICLE=1')}FEEDS={site.url}/feed.xml\n"
    )


def titles(workspace: Workspace) -> set[str]:
    return {post["article"] for post in workspace.json("list")}


def test_a_page_of_the_web_is_cut_like_a_file_and_queued_twice_it_is_taken_in_once(
    site: Site, following: Workspace
) -> None:
    site.add("necks1")
    document = following.json("cut", f"{site.url}/necks1.md?utm_source=letter")
    assert document["article"]["source"] == f"{site.url}/necks1.md"
    assert len(document["excerpts"]) > 3
    first = following.json("queue", f"{site.url}/necks1.md")
    second = following.json("queue", f"{site.url}/necks1.md#again")
    assert [first["files"][0]["fate"], second["files"][0]["fate"]] == ["new", "known"]
    assert [len(first["planned"]), second["planned"]] == [1, []]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://127.0.0.1/article", "This address leads into a private network."),
        ("ftp://site.test/article", "Only http and https are read, not 'ftp'."),
    ],
)
def test_an_address_that_is_not_public_is_refused_in_words(workspace: Workspace, address: str, sentence: str) -> None:
    result = workspace.run("cut", address)
    assert result.exit_code == 1
    assert f"Error: {sentence}\n  Where: {address}\n  Hint: " in result.stderr


def test_an_item_of_a_feed_becomes_an_article_only_once(site: Site, following: Workspace) -> None:
    site.add("necks1")
    first = following.run("queue")
    assert first.exit_code == 0, first.output
    site.add("necks2")
    assert [file["fate"] for file in following.json("queue")["files"]] == ["new"]
    assert len(following.json("list")) == 2
    assert site.pages() == ["/necks1.md", "/necks2.md"]


def test_a_feed_that_fails_is_told_and_stops_nothing_else(site: Site, following: Workspace) -> None:
    site.down = True
    following.drop("necks.md", TEXT)
    result = following.run("queue")
    assert result.exit_code == 1
    assert "The site can't answer at the moment (503)." in result.stderr
    assert "posts/articles/necks.md" in result.stdout
    assert following.json("list")


def test_a_worker_that_cron_calls_says_which_feed_fails(site: Site, following: Workspace) -> None:
    site.web.extra["/feed.xml"] = lambda: b"<html>no feed</html>"
    told = following.run("worker", "--once")

    assert told.exit_code == 0
    assert told.stderr.count("Error: ") == 1
    assert f"Where: {site.url}/feed.xml" in told.stderr
    assert told.output.endswith("Nothing was due.\n")


def test_the_worker_follows_a_feed_by_itself(site: Site, following: Workspace) -> None:
    site.add("necks1")
    assert following.run("worker", "--once").exit_code == 0
    assert len(following.json("list")) == 1


def test_doctor_says_that_a_feed_is_none(site: Site, following: Workspace) -> None:
    site.web.extra["/feed.xml"] = answer
    result = following.run("doctor")
    assert f"feed {site.url}/feed.xml: This is not a feed." in result.stdout
    assert result.exit_code == 1
