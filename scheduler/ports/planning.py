"""What plans and people ask of the calendar, and write to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.domain.catchup import Run
from scheduler.domain.change import Change
from scheduler.domain.delivery import Booking, Delivery, State
from scheduler.domain.post import Post
from scheduler.domain.zonerules import Promise


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


class Promises(Protocol):
    """What was promised by the clock on the wall."""

    def promises(self, *, after: datetime) -> Iterator[Promise]:
        """What is scheduled and due later than `after`, by due instant; read to its end before anything is written."""


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
        most: int | None = None,
    ) -> Sequence[Delivery]:
        """By due instant, at most so many; what is empty asks for nothing; `since` is inclusive, `until` exclusive."""

    def campaigns(self) -> Sequence[str]:
        """The names of those that planned a delivery."""

    def posts(self, numbers: Collection[int]) -> Mapping[int, Post]:
        """Those that are there, by number."""


class Listing(Protocol):
    """Posts with their deliveries, lot by lot: a long list would fill the memory."""

    def planned(
        self,
        *,
        states: Collection[State],
        channels: Collection[str],
        campaign: str,
        since: datetime | None,
        until: datetime | None,
        lacking: bool = False,
        blocked: bool = False,
    ) -> Iterator[Sequence[tuple[Post, tuple[Delivery, ...]]]]:
        """Each post that has such deliveries, with these by due instant; the post with the earliest one first.

        Where it is asked for those that are `lacking` a valid yes, only these; of them, if asked, only those with a
        finding that blocks.
        """

    def bare(self) -> Iterator[Sequence[Post]]:
        """Those without a delivery, by number."""

    def waiting(self, states: Collection[State]) -> Sequence[int]:
        """The numbers of posts that lack a valid yes and have a delivery in one of the states, the soonest first.

        Not of those that stay back as their article changed: they ask for nothing.
        """

    def count(self, states: Collection[State]) -> int:
        """How many deliveries are in one of the states."""


class Changes(Protocol):
    """Many deliveries changed by one decision."""

    def write(self, changes: Sequence[Change], *, who: str, now: datetime) -> Collection[str]:
        """In one transaction, each with an audit entry. The codes of those that are not as they were read: they stay.

        Raises NotAllowedNow, and nothing is written, when one would share its channel and instant with another live
        delivery.
        """
