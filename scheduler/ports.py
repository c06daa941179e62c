"""What the use cases ask of the world: small protocols, kept by the adapters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from scheduler.domain.article import Article, Cut, Excerpt
from scheduler.domain.audit import AuditEntry
from scheduler.domain.campaign import Belonging
from scheduler.domain.card import CardRequest, CardResult
from scheduler.domain.catchup import Run
from scheduler.domain.change import Change, Edit
from scheduler.domain.channel import Capabilities, Outgoing, Prepared, Receipt
from scheduler.domain.delivery import Attempt, Booking, Delivery, Outcome, State
from scheduler.domain.fatigue import Airing, Perennial
from scheduler.domain.feed import FeedItem, SeenItem, Subscription
from scheduler.domain.fenced import FencedWrite
from scheduler.domain.findings import Finding
from scheduler.domain.moment import UNMARKED, Mark
from scheduler.domain.pause import Pause
from scheduler.domain.post import Post
from scheduler.domain.revision import Known, Revision
from scheduler.domain.zonerules import Promise


class Clock(Protocol):
    """The one source of the present."""

    def now(self) -> datetime:
        """The present instant, UTC, aware."""

    def monotonic(self) -> float:
        """Seconds that never jump, for measuring a lease from inside one process."""

    def mark(self) -> Mark:
        """The same seconds with the boot of the machine in which they count: what is stored beside an instant."""


class Log(Protocol):
    """One structured record: what happened, and its data."""

    def __call__(self, event: str, /, **fields: object) -> object: ...


class Reader(Protocol):
    """Bytes of one file into an article; no disk. Raises FileUnusable."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings it takes, with the dot, lower case."""

    def read(self, name: str, data: bytes) -> Article:
        """`name` is the file's path inside the workspace, for messages and `Article.source`."""


class Cutter(Protocol):
    """An article into ranked excerpts."""

    def __call__(self, article: Article) -> Cut: ...


class Check(Protocol):
    """What may be wrong with posting an excerpt of this article."""

    def __call__(self, excerpt: Excerpt, article: Article) -> tuple[Finding, ...]: ...


class Painter(Protocol):
    """Requests into pictures on disk, one result a request, in order."""

    def __call__(self, requests: Sequence[CardRequest]) -> Sequence[CardResult]: ...


class Shelf(Protocol):
    """Painted cards on disk."""

    def lying(self) -> Iterable[tuple[str, datetime]]:
        """The name of each file and when it was last painted or asked for."""
        ...

    def remove(self, name: str, *, before: datetime) -> bool:
        """Takes a file away that has not been asked for since `before`; whether it went."""
        ...


class Publisher(Protocol):
    """One account on one network. Anything but Refused, TryAgain and a receipt is taken as Unknown."""

    def capabilities(self) -> Capabilities:
        """What the network takes; no request."""

    def verify(self) -> str:
        """Who we are there, in words; raises Refused with the reason."""

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """Everything repeatable (uploads), before the intent is written."""

    def publish(self, prepared: Prepared) -> Receipt:
        """The one request that publishes."""


@runtime_checkable
class Finder(Protocol):
    """A publisher that can look whether a post is there."""

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """The receipt of a post sent at or after `since`; None when it is certain that it is not there.

        Raises Refused where we may never look: then a person is asked. After any other error it is looked for again.
        """


@runtime_checkable
class Expiring(Protocol):
    """A publisher whose keys end by themselves."""

    def token_ends(self) -> datetime | None:
        """When (UTC); None while that isn't known. No request."""


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

    def all(self) -> Sequence[Post]:
        """Every post, oldest article first, best excerpt first."""

    def of(self, article_id: int) -> Sequence[Post]:
        """Those of one article, in the same order."""

    def write(self, before: Post, after: Post, entry: AuditEntry) -> bool:
        """Status, approval, findings, edited words, hashtags and card of `after`, unless it changed since `before`."""


class Deliveries(Protocol):
    """The delivery table."""

    def get(self, code: str) -> Delivery:
        """Raises NotFound."""

    def select(
        self, *, states: Collection[State] = (), post_id: int | None = None, due_before: datetime | None = None
    ) -> Sequence[Delivery]:
        """By due instant; empty `states` means all; `due_before` is exclusive."""

    def add(self, deliveries: Sequence[Delivery], entry: AuditEntry, *, of: Sequence[Post] = ()) -> None:
        """All or none. Raises NotAllowedNow: two live deliveries never share a channel and an instant, none a code.

        Nor is anything added when one of the posts `of` which these are is not as it was read.
        """

    def write(
        self,
        before: Delivery,
        after: Delivery,
        *,
        attempt: Attempt | None = None,
        entry: AuditEntry | None = None,
        along: Sequence[tuple[Delivery, Delivery]] = (),
    ) -> bool:
        """Compare and set: only where the row still is `before`, its fence and state first of all.

        False means that somebody else moved it; then only `attempt` is stored. Durable when it returns. `along` are
        steps of other deliveries that go with it, all or none.
        Raises NotAllowedNow when `after` would share its channel and instant with another live delivery.
        """


class FencedWrites(Protocol):
    """Several steps at once, as the worker takes them."""

    def write(self, changes: Sequence[FencedWrite]) -> Sequence[bool]:
        """As Deliveries.write, each by itself but in one commit; whether each held. Durable when it returns.

        An intent holds only while its channel is not paused.
        """


class Calendar(Protocol):
    """The delivery table as far as times go, without what the deliveries say."""

    def bookings(self, *, channel: str = "") -> Sequence[Booking]:
        """Every delivery, or those of one channel, by due instant."""

    def held(self, channel: str, *, since: datetime) -> Sequence[datetime]:
        """The due instants from `since` on of a channel's deliveries that are live or out, in order."""

    def runs(self, channel: str, *, since: datetime, until: datetime) -> Sequence[Run]:
        """What a channel sent or may send between these, in that order."""

    def unplanned(self, channels: Sequence[str]) -> Sequence[int]:
        """The articles of posts that have no delivery on one of the channels, oldest first."""


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


class Promises(Protocol):
    """What was promised by the clock on the wall."""

    def promises(self, *, after: datetime) -> Iterator[Promise]:
        """What is scheduled and due later than `after`, by due instant; read to its end before anything is written."""


class Edits(Protocol):
    """A post together with its deliveries."""

    def write(self, before: Post, after: Post, steps: Sequence[tuple[Delivery, Delivery]], entry: AuditEntry) -> bool:
        """The post and its deliveries, one step after the other, all or none: False when one of them moved on."""

    def write_all(self, edits: Sequence[Edit]) -> Sequence[bool]:
        """The same for each, in one transaction."""


class Selection(Protocol):
    """What people ask for, many at once."""

    def deliveries(
        self,
        *,
        states: Collection[State],
        channels: Collection[str],
        campaign: str,
        since: datetime | None,
        until: datetime | None,
    ) -> Sequence[Delivery]:
        """By due instant; what is empty asks for nothing; `since` is inclusive, `until` exclusive."""

    def campaigns(self) -> Sequence[str]:
        """The names of those that planned a delivery."""

    def posts(self, numbers: Collection[int]) -> Mapping[int, Post]:
        """Those that are there, by number."""


class Changes(Protocol):
    """Many deliveries changed by one decision."""

    def write(self, changes: Sequence[Change], *, who: str, now: datetime) -> Collection[str]:
        """In one transaction, each with an audit entry. The codes of those that are not as they were read: they stay.

        Raises NotAllowedNow, and nothing is written, when one would share its channel and instant with another live
        delivery.
        """


class Revisions(Protocol):
    """An article's new version together with what it does to its posts and their deliveries."""

    def write(self, revision: Revision, entries: Sequence[AuditEntry]) -> Sequence[int] | None:
        """The numbers of the added posts; None, and nothing is written, when the article, one of its posts or one of
        their deliveries is not as it was read."""

    def remember(self, article_id: int, *, source: str, digest: str) -> None:
        """Where the article's present version was last read from, and the digest of that file."""


class Pauses(Protocol):
    """Which channels and campaigns stand still."""

    def all(self) -> Mapping[str, Pause]:
        """Those of channels, by channel."""

    def campaigns(self) -> Mapping[str, Pause]:
        """Those of campaigns, by campaign."""

    def add(self, pause: Pause, entry: AuditEntry) -> bool:
        """False when the same was paused before, by a pause that doesn't give way to this one."""

    def end(self, channel: str, entry: AuditEntry, *, campaign: str = "", over_at: datetime | None = None) -> bool:
        """False when the channel was not paused; with `campaign`, and no channel, that.

        With `over_at` also when its pause is not over by then.
        """


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


class Due(Protocol):
    """What the worker asks for at every tick."""

    def claim(
        self, *, now: datetime, lease_seconds: int, mark: Mark = UNMARKED, room: Callable[[str], int] = ...
    ) -> Sequence[Delivery]:
        """Scheduled deliveries that are due and whose posts may go out, claimed with a lease, each account's in order.

        At most `room(channel)` of an account, one where nothing is said. A part of a thread comes after its parent is
        out, and with its id there.
        One whose channel is paused is none of them, nor is it waiting or next.
        One that is over GRACE late is none of them: it goes out only after it was postponed, so never in a burst.
        """

    def waiting(self, *, now: datetime) -> Sequence[Delivery]:
        """Due and scheduled, but the post may not go out (not approved)."""

    def next_at(self) -> datetime | None:
        """The earliest due instant of any scheduled delivery."""


class Journal(Protocol):
    """What happened, read only."""

    def attempts(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        channel: str = "",
        outcome: Outcome | None = None,
        code: str = "",
        after: int = 0,
    ) -> Sequence[Attempt]:
        """By start, oldest first; `after` leaves out what was stored up to the attempt of that id."""

    def audit(
        self, subject: str = "", *, since: datetime | None = None, until: datetime | None = None
    ) -> Sequence[AuditEntry]:
        """Oldest first; of one subject, or all; `since` is inclusive, `until` exclusive."""

    def taken(self, delivery: Delivery) -> Sequence[str]:
        """The remote ids of other deliveries on its channel that say the same."""
