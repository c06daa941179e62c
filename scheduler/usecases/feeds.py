"""Feeds that are followed: new items become articles, once each. A feed or an item that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.article import Article, Cut
from scheduler.domain.errors import ChildFailed, NoAnswer, NotAllowedNow, PageUnusable, QuotidianError
from scheduler.domain.feed import (
    FIRST_ITEMS,
    ITEMS_AT_ONCE,
    Feed,
    FeedItem,
    ItemFate,
    SeenItem,
    Subscription,
    next_item_try,
    next_poll,
)
from scheduler.domain.links import same_page
from scheduler.domain.post import Post
from scheduler.ports import FeedItems, Feeds
from scheduler.usecases.ingest import Fate, Taken
from scheduler.usecases.intake import Intake

PASSING = (NoAnswer, ChildFailed, NotAllowedNow)
"""What may be otherwise the next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a feed has that is not dealt with: items, oldest first, each with its tries so far.

    `passed` are those that are passed by because they are too many. `after` is how we stand with the feed in the end.
    """

    items: tuple[tuple[FeedItem, int], ...]
    passed: int
    after: Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """Everything that following feeds needs."""

    addresses: Sequence[str]
    feeds: Feeds
    items: FeedItems
    read_feed: Callable[[Subscription], Feed]
    read_item: Callable[[FeedItem], tuple[Article, Cut]]
    intake: Intake

    def due(self, *, now: datetime) -> Iterator[str]:
        """Feeds that are to be asked."""
        for address in self.addresses:
            before = self.feeds.subscription(address)
            if before is None or before.next_at <= now:
                yield address

    def ask(self, address: str, *, now: datetime) -> News:
        """Asks one feed. Raises what kept it from answering, which is remembered: it is asked again later."""
        before = self.feeds.subscription(address) or Subscription(address=address, next_at=now)
        try:
            feed = self.read_feed(before)
        except QuotidianError as error:
            self.feeds.keep(_failed(before, error, now))
            raise
        new = list(self.items.unseen([replace(item, feed=address) for item in feed.items]))
        most = FIRST_ITEMS if self.items.is_new(address) else ITEMS_AT_ONCE
        taken, passed = new[:most], new[most:]
        self.items.record([_seen(item, ItemFate.PASSED, now) for item in passed])
        again = [(_again(item), item.tries) for item in self.items.waiting(address, now=now)]
        after = Subscription(
            address=address,
            etag=feed.etag,
            last_modified=feed.last_modified,
            next_at=next_poll(failures=0, now=now, retry_after=None),
        )
        return News(items=(*again, *((item, 0) for item in reversed(taken))), passed=len(passed), after=after)

    def take(self, news: News, *, who: str, now: datetime) -> Iterator[Taken]:
        """Takes the items in, one after the other; whoever stops midway finds the rest when the feed is next asked."""
        pages = {same_page(source) for source in self.intake.library.known()}
        for item, tries in news.items:
            taken = self._taken(item, pages, who, now)
            self.items.record([_outcome(item, taken, tries + 1, now)])
            yield taken
        self.feeds.keep(news.after)

    def _taken(self, item: FeedItem, pages: set[str], who: str, now: datetime) -> Taken:
        """What we have from elsewhere isn't read again."""
        if item.link and same_page(item.link) in pages:
            return Taken(name=item.source, fate=Fate.KNOWN)
        intake = replace(self.intake, read_and_cut=lambda _: self._read(item, pages))
        (taken,) = intake.look([item.source], now=now)
        return intake.keep(taken, who=who, now=now)

    def _read(self, item: FeedItem, pages: set[str]) -> tuple[Article, Cut]:
        """A new item never takes the place of an article that we have, whatever address its page gives itself."""
        if not (item.link or item.content):
            raise PageUnusable("This item has neither a whole text nor a page.", hint="Queue the article as a file.")
        article, cut = self.read_item(item)
        taken = same_page(article.source) in pages
        pages.add(same_page(article.source))
        return (replace(article, source=item.source) if taken else article), cut


def _failed(before: Subscription, error: QuotidianError, now: datetime) -> Subscription:
    failures = before.failures + 1
    at = next_poll(failures=failures, now=now, retry_after=error.retry_after)
    return replace(before, failures=failures, next_at=at, words=error.message)


def _again(seen: SeenItem) -> FeedItem:
    return FeedItem(feed=seen.feed, key=seen.key, link=seen.link)


def _seen(item: FeedItem, fate: ItemFate, now: datetime) -> SeenItem:
    return SeenItem(feed=item.feed, key=item.key, link=item.link, fate=fate, first_seen=now)


def _outcome(item: FeedItem, taken: Taken, tries: int, now: datetime) -> SeenItem:
    """Where the page gave no answer it is tried again; what the feed itself held would only be the same."""
    if taken.error is None:
        fate = ItemFate.KNOWN if taken.fate is Fate.KNOWN else ItemFate.TAKEN
        return replace(_seen(item, fate, now), article_id=_article_id(taken.posts), tries=tries)
    passing = isinstance(taken.error, PASSING) and item.link
    at = next_item_try(tries=tries, now=now, retry_after=taken.error.retry_after) if passing else None
    fate = ItemFate.WAITING if at else ItemFate.REFUSED
    return replace(_seen(item, fate, now), tries=tries, next_at=at, words=taken.error.message)


def _article_id(posts: Iterable[Post]) -> int | None:
    return next((post.article_id for post in posts), None)
