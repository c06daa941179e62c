"""Which posts and deliveries are meant: by number or code, by a filter, or those of both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from heapq import heappop, heappush
from itertools import islice

from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.domain.errors import NotFound
from scheduler.domain.post import Post
from scheduler.ports import Deliveries, Library, Listing, Posts, Selection
from scheduler.usecases.openings import category_of
from scheduler.usecases.review import Entry

DRAFT, BLOCKED, UNPLANNED = "draft", "blocked", "unplanned"
STATUSES = (*(state.value for state in State), DRAFT, BLOCKED, UNPLANNED)
"""What can be asked for: a delivery's state; scheduled, but its post lacks a yes; a finding blocks its post; a post
without a delivery."""
OVER = frozenset({State.PUBLISHED, State.CANCELLED})
Turn = tuple[datetime, int]
LONGEST_NUMBER = 18
"""Digits that a database takes as a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Whatever is not empty has to fit. `article` and `text` are words in capitals or not; `since` is inclusive and
    `until` exclusive, both instants (UTC) of what was promised."""

    channels: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    campaign: str = ""
    article: str = ""
    category: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything fits."""
        return self == Filter()

    @property
    def states(self) -> frozenset[State]:
        """Which states a delivery that fits can be in; empty for any."""
        if self.statuses & {BLOCKED, UNPLANNED}:
            return frozenset()
        return frozenset(State.SCHEDULED if word == DRAFT else State(word) for word in self.statuses)

    @property
    def lacks_yes(self) -> bool:
        """Whether only posts that lack a valid yes can fit."""
        return bool(self.statuses) and self.statuses <= {DRAFT, BLOCKED}

    @property
    def wants_a_delivery(self) -> bool:
        """Whether a post without one can't fit."""
        bare = self.statuses & {BLOCKED, UNPLANNED}
        return bool(self.channels or self.campaign or self.since or self.until or (self.statuses and not bare))

    def takes(self, post: Post, delivery: Delivery | None, *, article: str) -> bool:
        """Whether a delivery of a post fits, or the post alone."""
        says = (post.words, delivery.text if delivery else "")
        return (
            _holds(self.article, article)
            and any(_holds(self.text, words) for words in says)
            and self.category.casefold() in ("", category_of(post).casefold())
            and (self._takes_delivery(delivery) if delivery else not self.wants_a_delivery)
            and self._takes_status(post, delivery)
        )

    def _takes_delivery(self, one: Delivery) -> bool:
        return (
            (not self.channels or one.channel in self.channels)
            and self.campaign.casefold() in ("", one.campaign.casefold())
            and (self.since is None or one.due_at >= self.since)
            and (self.until is None or one.due_at < self.until)
        )

    def _takes_status(self, post: Post, delivery: Delivery | None) -> bool:
        return not self.statuses or not self.statuses.isdisjoint(_statuses(post, delivery))


def _statuses(post: Post, delivery: Delivery | None) -> Iterator[str]:
    if post.blocked:
        yield BLOCKED
    if delivery is None:
        yield UNPLANNED
        return
    yield delivery.state.value
    if delivery.state is State.SCHEDULED and not post.may_go_out:
        yield DRAFT


def _holds(words: str, text: str) -> bool:
    return words.casefold() in text.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Deliveries by due instant, their posts by number, and what was asked for and isn't there."""

    deliveries: tuple[Delivery, ...]
    posts: Mapping[int, Post]
    missing: tuple[NotFound, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """Deliveries by due instant, their posts and the titles of articles by number, posts without a delivery, and how
    many `more` deliveries there are."""

    deliveries: tuple[Delivery, ...]
    posts: Mapping[int, Post]
    titles: Mapping[int, str]
    left_out: tuple[Post, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Everything that choosing needs."""

    posts: Posts
    deliveries: Deliveries
    library: Library
    selection: Selection
    listing: Listing

    def choose(self, names: Iterable[str], wanted: Filter, *, states: Collection[State]) -> Chosen:
        """What is meant by post numbers and delivery codes, as far as it fits the filter, or everything that fits.

        A post's number means its deliveries that are not over. A filter that names no status means deliveries in one of
        `states`, which are those that can be meant.
        """
        missing: list[NotFound] = []
        names = tuple(names)
        found = self._named(names, missing) if names else self._read(wanted, wanted.states or frozenset(states))
        posts = self.selection.posts({one.post_id for one in found})
        fits = [one for one in found if wanted.takes(posts[one.post_id], one, article=one.article)]
        if names and found and not fits:
            missing.append(NotFound("None of these fits the filter."))
        return Chosen(deliveries=tuple(fits), posts=posts, missing=tuple(missing))

    def again(self, chosen: Chosen) -> Chosen:
        """The same deliveries as they are now."""
        found = [self.deliveries.get(one.code) for one in chosen.deliveries]
        posts = self.selection.posts({one.post_id for one in found})
        return Chosen(deliveries=tuple(found), posts=posts, missing=chosen.missing)

    def entries(self, wanted: Filter) -> Iterator[Entry]:
        """Posts with those of their deliveries that fit, the soonest first; those without a delivery last.

        They come as they are read: of a long list only a lot is in the memory.
        """
        titles = self.library.titles()
        if wanted.statuses != {UNPLANNED}:
            yield from self._planned(wanted, titles)
        if not wanted.wants_a_delivery:
            yield from (entry for lot in self.listing.bare() for one in lot if (entry := _bare(one, wanted, titles)))

    def coming(self, now: datetime, *, most: int) -> Upcoming:
        """What may still go out, as far as a page has room for: at most so many from now on, and of those that wait
        from before."""
        read = partial(self.selection.deliveries, states=LIVE, channels=(), campaign="", most=most)
        found = (*read(since=None, until=now), *read(since=now, until=None))
        left_out = islice((post for lot in self.listing.bare() for post in lot), most)
        return Upcoming(
            deliveries=found,
            posts=self.selection.posts({one.post_id for one in found}),
            titles=self.library.titles(),
            left_out=tuple(left_out),
            more=self.listing.count(LIVE) - len(found),
        )

    def _planned(self, wanted: Filter, titles: Mapping[int, str]) -> Iterator[Entry]:
        """A post whose earliest delivery doesn't fit waits until it is the turn of the first that does."""
        waiting: list[tuple[Turn, Entry]] = []
        for lot in self.listing.planned(
            states=wanted.states,
            channels=wanted.channels,
            campaign=wanted.campaign,
            since=wanted.since,
            until=wanted.until,
            lacking=wanted.lacks_yes,
            blocked=wanted.statuses == {BLOCKED},
        ):
            for post, own in lot:
                title = titles.get(post.article_id, "")
                if kept := tuple(one for one in own if wanted.takes(post, one, article=title)):
                    heappush(waiting, (_turn(kept[0]), Entry(post=post, article=title, deliveries=kept)))
            while waiting and lot and waiting[0][0] <= _turn(lot[-1][1][0]):
                yield heappop(waiting)[1]
        yield from (heappop(waiting)[1] for _ in range(len(waiting)))

    def _read(self, wanted: Filter, states: Collection[State]) -> Sequence[Delivery]:
        return self.selection.deliveries(
            states=states,
            channels=wanted.channels,
            campaign=wanted.campaign,
            since=wanted.since,
            until=wanted.until,
        )

    def _named(self, names: Iterable[str], missing: list[NotFound]) -> Sequence[Delivery]:
        found: dict[str, Delivery] = {}
        for name in names:
            try:
                found |= {one.code: one for one in self._of(name)}
            except NotFound as error:
                missing.append(error)
        return list(found.values())

    def _of(self, name: str) -> Sequence[Delivery]:
        number = post_number(name)
        if number is None:
            return [self.deliveries.get(name)]
        post = self.posts.get(number)
        found = [one for one in self.deliveries.select(post_id=post.id) if one.state not in OVER]
        if not found:
            raise NotFound(f"Post {post.id} has no delivery that is still to come.")
        return found


def _bare(post: Post, wanted: Filter, titles: Mapping[int, str]) -> Entry | None:
    title = titles.get(post.article_id, "")
    return Entry(post=post, article=title, deliveries=()) if wanted.takes(post, None, article=title) else None


def _turn(delivery: Delivery) -> Turn:
    return delivery.due_at, delivery.id


def post_number(name: str) -> int | None:
    """The number that an ID is; None for a delivery's code. Raises NotFound for an absurd one."""
    if not (name.isascii() and name.isdigit()):
        return None
    if len(name) > LONGEST_NUMBER:
        raise NotFound(f"There is no post {name}.")
    return int(name)
