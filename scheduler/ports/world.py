"""What the use cases ask of the world outside the database: clock, log, files, pictures and networks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from scheduler.domain.article import Article, Cut, Excerpt
from scheduler.domain.card import CardRequest, CardResult
from scheduler.domain.channel import Capabilities, Outgoing, Prepared, Receipt
from scheduler.domain.findings import Finding
from scheduler.domain.moment import Mark


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
