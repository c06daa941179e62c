"""Following feeds: what is new is taken in once, whatever a feed calls it, and what fails is tried again in time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from scheduler.domain.article import Article, Cut
from scheduler.domain.errors import NoAnswer, PageUnusable, QuotidianError
from scheduler.domain.feed import FEED_DELAYS, FIRST_ITEMS, ITEM_DELAYS, ITEMS_AT_ONCE, Feed, FeedItem, Subscription
from scheduler.store import Store, open_store
from scheduler.testing.samples import NINE, article, post
from scheduler.usecases import preflight
from scheduler.usecases.feeds import Subscriptions
from scheduler.usecases.ingest import Fate, Taken, Taste
from scheduler.usecases.intake import Intake
from scheduler.usecases.plan import Offices
from scheduler.usecases.preflight import Verdict
from tests.integration.scene import entry

HOUR = timedelta(hours=1)
FEED = "https://site.test/feed"
CUT = Cut(sentences=(), excerpts=(post().excerpt,))
TASTE = Taste(hashtags=(), posts_per_article=8, offices=("main",), channels=("folder",))


def item(name: str, *, key: str = "", content: str = "") -> FeedItem:
    return FeedItem(feed="", key=key or name, link=f"https://site.test/{name}", title=name, content=content)


def unused(*_: object) -> NoReturn:
    raise AssertionError("this isn't needed")


def painter(requests: object) -> NoReturn:
    unused(requests)


@dataclass
class Scene:
    """A store, and a web of one feed and its pages that answers as it is told."""

    store: Store
    items: list[FeedItem] = field(default_factory=list)
    error: QuotidianError | None = None
    canonical: str = ""
    bad: dict[str, QuotidianError] = field(default_factory=dict)
    asked: list[Subscription] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    @property
    def following(self) -> Subscriptions:
        return Subscriptions(
            addresses=[FEED],
            feeds=self.store.feeds,
            items=self.store.feed_items,
            read_feed=self.read_feed,
            read_item=self.read_item,
            intake=intake(self.store),
        )

    def read_feed(self, subscription: Subscription) -> Feed:
        self.asked.append(subscription)
        if self.error:
            raise self.error
        return Feed(title="Clinic", items=tuple(self.items), etag='"a"', last_modified="then")

    def read_item(self, item: FeedItem) -> tuple[Article, Cut]:
        self.read.append(item.link)
        if item.link in self.bad:
            raise self.bad[item.link]
        return replace(article(item.link), source=self.canonical or item.source), CUT

    def poll(self, now: datetime = NINE) -> list[Taken]:
        following = self.following
        return list(following.take(following.ask(FEED, now=now), who="Ann", now=now))

    def due(self, now: datetime) -> bool:
        return list(self.following.due(now=now)) == [FEED]


def intake(store: Store) -> Intake:
    return Intake(
        library=store.library,
        posts=store.posts,
        deliveries=store.deliveries,
        calendar=store.calendar,
        revisions=store.revisions,
        read_and_cut=unused,
        digest=lambda _: "",
        check=lambda excerpt, article: (),
        painter=painter,
        card_of=unused,
        is_there=unused,
        is_gone=lambda _: False,
        outlets=(),
        offices=Offices(booking={"main": "https://example.com"}, call="Book:"),
        taste=TASTE,
        waits_for_all=True,
    )


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(open_store(f"sqlite:///{tmp_path / 'test.db'}"))


def test_of_a_new_feed_the_newest_are_taken_in_oldest_first_and_the_others_never(scene: Scene) -> None:
    scene.items = [item(f"{number}") for number in range(FIRST_ITEMS + 4)]
    assert {taken.fate for taken in scene.poll()} == {Fate.NEW}
    assert scene.read == [f"https://site.test/{number}" for number in reversed(range(FIRST_ITEMS))]
    assert scene.poll(NINE + HOUR) == []


def test_a_feed_that_floods_us_is_taken_in_by_portions(scene: Scene) -> None:
    scene.items = [item("first")]
    scene.poll()
    scene.items = [item(f"{number}") for number in range(ITEMS_AT_ONCE + 30)]
    news = scene.following.ask(FEED, now=NINE + HOUR)
    assert ([found.key for found, _ in news.items][-1], len(news.items), news.passed) == ("0", ITEMS_AT_ONCE, 30)


def test_an_item_is_taken_in_once_whatever_it_is_called_and_whichever_feed_leads_there(scene: Scene) -> None:
    scene.items = [item("water")]
    scene.poll()
    scene.items = [item("water", key="another"), replace(item("water/?utm_source=rss"), key="third"), item("sleep")]
    assert [taken.name for taken in scene.poll(NINE + HOUR)] == ["https://site.test/sleep"]


def test_an_article_that_is_known_from_elsewhere_is_not_read_again(scene: Scene) -> None:
    intake(scene.store).library.add(replace(article(), source="http://www.site.test/water"), [post()], entry())
    scene.items = [item("water")]
    assert [taken.fate for taken in scene.poll()] == [Fate.KNOWN]
    assert scene.read == []


def test_a_site_that_calls_all_its_pages_the_same_still_has_several(scene: Scene) -> None:
    scene.items, scene.canonical = [item("water"), item("sleep")], "https://site.test/blog"
    assert [taken.fate for taken in scene.poll()] == [Fate.NEW, Fate.NEW]
    assert set(intake(scene.store).library.known()) == {"https://site.test/blog", "https://site.test/water"}


def test_the_next_time_a_feed_is_told_what_we_have(scene: Scene) -> None:
    scene.poll()
    assert not scene.due(NINE + HOUR / 2)
    assert scene.due(NINE + HOUR)
    scene.poll(NINE + HOUR)
    assert [(one.etag, one.last_modified) for one in scene.asked] == [("", ""), ('"a"', "then")]


def test_a_feed_that_fails_is_asked_less_and_less_and_keeps_what_it_had(scene: Scene) -> None:
    scene.poll()
    scene.error, now = NoAnswer(), NINE
    for delay in (*FEED_DELAYS, FEED_DELAYS[-1]):
        with pytest.raises(NoAnswer):
            scene.following.ask(FEED, now=now)
        assert not scene.due(now + delay - timedelta(seconds=1))
        now += delay
        assert scene.due(now)
    scene.error = None
    scene.poll(now)
    assert scene.asked[-1].etag == '"a"'
    assert scene.due(now + HOUR)


def test_a_feed_that_asks_for_patience_gets_it(scene: Scene) -> None:
    scene.error = NoAnswer()
    scene.error.retry_after = 5 * 3600
    with pytest.raises(NoAnswer):
        scene.following.ask(FEED, now=NINE)
    assert not scene.due(NINE + 4 * HOUR)
    assert scene.due(NINE + 5 * HOUR)


def test_a_page_without_an_answer_is_tried_again_and_given_up_in_the_end(scene: Scene) -> None:
    scene.items, scene.bad = [item("water"), item("sleep")], {"https://site.test/water": NoAnswer()}
    assert [taken.fate for taken in scene.poll()] == [Fate.NEW, Fate.REFUSED]
    scene.items, now = [], NINE
    for delay in ITEM_DELAYS:
        assert scene.poll(now + delay - timedelta(seconds=1)) == []
        now += delay
        assert [taken.fate for taken in scene.poll(now)] == [Fate.REFUSED]
    assert scene.poll(now + timedelta(days=30)) == []


def test_a_page_that_comes_back_is_taken_in(scene: Scene) -> None:
    scene.items, scene.bad = [item("water")], {"https://site.test/water": NoAnswer()}
    scene.poll()
    scene.bad = {}
    assert [taken.fate for taken in scene.poll(NINE + HOUR)] == [Fate.NEW]
    assert scene.poll(NINE + 2 * HOUR) == []


def test_a_page_that_is_no_article_is_told_once_and_stops_no_other(scene: Scene) -> None:
    scene.items, scene.bad = [item("water"), item("sleep")], {"https://site.test/sleep": PageUnusable()}
    taken = scene.poll()
    assert [one.fate for one in taken] == [Fate.REFUSED, Fate.NEW]
    assert taken[0].error
    assert taken[0].error.place == "https://site.test/sleep"
    assert scene.poll(NINE + HOUR) == []


def test_an_item_with_neither_text_nor_page_is_refused(scene: Scene) -> None:
    scene.items = [FeedItem(feed="", key="1", link="", title="Empty")]
    (taken,) = scene.poll()
    assert taken.error
    assert (taken.error.message[:9], taken.error.place) == ("This item", f"{FEED}#1")


def test_whoever_stops_midway_finds_the_rest_the_next_time(scene: Scene) -> None:
    scene.items = [item(f"{number}") for number in range(FIRST_ITEMS + 2)]
    following = scene.following
    next(following.take(following.ask(FEED, now=NINE), who="Ann", now=NINE))
    assert scene.due(NINE)
    assert len(scene.poll(NINE)) == FIRST_ITEMS - 1


def test_doctor_tells_a_feed_that_answers_from_one_that_is_empty_and_one_that_fails(scene: Scene) -> None:
    def verdict() -> Verdict:
        (found,) = preflight.feeds([FEED], scene.read_feed, now=NINE)
        assert found.what == f"feed {FEED}"
        return found.verdict

    empty, scene.items = verdict(), [item("water")]
    well, scene.error = verdict(), NoAnswer()
    assert [empty, well, verdict()] == [Verdict.LOOK, Verdict.GOOD, Verdict.BAD]
