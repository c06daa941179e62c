"""A feed that is followed, its items, and when to ask again: values and decisions about times, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.domain.links import untracked

FIRST_ITEMS = 5
"""So many of the newest items of a feed are taken in when it is first asked; the others are passed by."""

ITEMS_AT_ONCE = 20
"""So many of the newest that are new are taken in at any later time, so that no feed can flood a business."""

EVERY = timedelta(hours=1)
# After the first failure in a row wait the first delay, and so on; the last one stays.
FEED_DELAYS = (timedelta(hours=1), timedelta(hours=2), timedelta(hours=4), timedelta(hours=8), timedelta(hours=24))
# An item whose page gives no answer is tried again; after the last delay it is given up.
ITEM_DELAYS = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=24))
LONGEST_PATIENCE = timedelta(days=7)
"""A site that asks to be left alone is taken at its word, up to this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item: `content` is its HTML where the feed holds the whole text, otherwise empty.

    `key` is what the feed calls it, or a hash of link and title. `link` is a web address, or empty. `published` is a
    date as YYYY-MM-DD; it, `title`, `author` and `language` are empty where the feed doesn't tell.
    """

    feed: str
    key: str
    link: str
    title: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    content: str = ""

    @property
    def source(self) -> str:
        """What an article made of it is called: its page, or its place in the feed."""
        return untracked(self.link) or f"{self.feed}#{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed answered, newest item first; `unchanged` since the last time, then without items."""

    title: str = ""
    items: tuple[FeedItem, ...] = ()
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """How we stand with one feed: what it called its last answer, failures in a row, when to ask again."""

    address: str
    etag: str = ""
    last_modified: str = ""
    failures: int = 0
    next_at: datetime
    words: str = ""


class ItemFate(StrEnum):
    """What became of a feed's item."""

    TAKEN = "taken"
    KNOWN = "known"
    PASSED = "passed"
    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenItem:
    """An item that we have dealt with, or that is tried again at `next_at`; `words` tell why it wasn't taken in."""

    feed: str
    key: str
    link: str
    fate: ItemFate
    first_seen: datetime
    article_id: int | None = None
    tries: int = 0
    next_at: datetime | None = None
    words: str = ""


def next_poll(*, failures: int, now: datetime, retry_after: int | None) -> datetime:
    """When to ask a feed again after so many failures in a row; never before it asked for itself, in seconds."""
    delay = FEED_DELAYS[min(failures, len(FEED_DELAYS)) - 1] if failures else EVERY
    return now + max(delay, _patience(retry_after))


def next_item_try(*, tries: int, now: datetime, retry_after: int | None) -> datetime | None:
    """When to try an item's page again after so many tries; None: give up."""
    return now + max(ITEM_DELAYS[tries - 1], _patience(retry_after)) if tries <= len(ITEM_DELAYS) else None


def _patience(seconds: int | None) -> timedelta:
    return min(timedelta(seconds=seconds or 0), LONGEST_PATIENCE)
