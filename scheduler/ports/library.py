"""What is kept of articles and posts, and how they follow their files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.domain.article import Article
from scheduler.domain.audit import AuditEntry
from scheduler.domain.campaign import Belonging
from scheduler.domain.change import Edit
from scheduler.domain.delivery import Delivery
from scheduler.domain.fatigue import Airing, Perennial
from scheduler.domain.feed import FeedItem, SeenItem, Subscription
from scheduler.domain.post import Post
from scheduler.domain.revision import Known, Revision


class Library(Protocol):
    """Articles, and the posts cut from them."""

    def known(self) -> Mapping[str, Known]:
        """Every article by its source, as far as needed to see whether it changed."""

    def add(self, article: Article, posts: Sequence[Post], entry: AuditEntry, *, digest: str = "") -> int:
        """Stores article, excerpts and posts in one transaction, with the digest of its file; the article's id.

        Raises NotAllowedNow when its source or its fingerprint was taken in before.
        """

    def article(self, article_id: int) -> Article:
        """Raises NotFound."""

    def titles(self) -> Mapping[int, str]:
        """The title of every article, by its id."""


class Posts(Protocol):
    """Posts as people decide about them."""

    def get(self, post_id: int) -> Post:
        """Raises NotFound."""

    def each(self) -> Iterator[Post]:
        """Every post, oldest article first, best excerpt first, as they are read."""

    def of(self, article_id: int) -> Sequence[Post]:
        """Those of one article, in the same order."""

    def write(self, before: Post, after: Post, entry: AuditEntry) -> bool:
        """Status, approval, findings, edited words, hashtags and card of `after`, unless it changed since `before`."""


class Edits(Protocol):
    """A post together with its deliveries."""

    def write(self, before: Post, after: Post, steps: Sequence[tuple[Delivery, Delivery]], entry: AuditEntry) -> bool:
        """The post and its deliveries, one step after the other, all or none: False when one of them moved on."""

    def write_all(self, edits: Sequence[Edit]) -> Sequence[bool]:
        """The same for each, in one transaction."""


class Revisions(Protocol):
    """An article's new version together with what it does to its posts and their deliveries."""

    def write(self, revision: Revision, entries: Sequence[AuditEntry]) -> Sequence[int] | None:
        """The numbers of the added posts; None, and nothing is written, when the article, one of its posts or one of
        their deliveries is not as it was read."""

    def remember(self, article_id: int, *, source: str, digest: str) -> None:
        """Where the article's present version was last read from, and the digest of that file."""


class Evergreens(Protocol):
    """What a plan of later runs asks."""

    def perennials(self, post_id: int = 0) -> Sequence[Perennial]:
        """Every post, but for those whose rows were removed, by number; or one of them."""

    def airings(self, sayings: Collection[int]) -> Iterator[Airing]:
        """The deliveries of all posts that say one of these, or have a later run to come, by due instant."""

    def said(self, channel: str, bodies: Collection[int]) -> Mapping[int, str]:
        """Which of these texts (as domain.wording) a channel has, planned or out, each with the code of a
        delivery that says it."""


class Belongings(Protocol):
    """Which campaigns deliveries were planned by."""

    def belongings(self, *, after: datetime) -> Sequence[Belonging]:
        """Of what is scheduled and due later than `after`; each once."""


class Feeds(Protocol):
    """How we stand with each feed."""

    def subscription(self, address: str) -> Subscription | None:
        """None before the feed was asked for the first time."""

    def keep(self, subscription: Subscription) -> None:
        """In place of what was there."""


class FeedItems(Protocol):
    """Which items of feeds were dealt with."""

    def unseen(self, items: Sequence[FeedItem]) -> Sequence[FeedItem]:
        """Those of the items that were not dealt with, under this name or another, in the same order."""

    def is_new(self, address: str) -> bool:
        """Whether no item of this feed was ever dealt with."""

    def record(self, items: Sequence[SeenItem]) -> None:
        """What became of items, in place of what was there."""

    def waiting(self, address: str, *, now: datetime) -> Sequence[SeenItem]:
        """Items of a feed that are to be tried again by now, the longest known first."""
