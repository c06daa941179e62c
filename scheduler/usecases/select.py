"""Which posts and deliveries are meant: by number or code, by a filter, or those of both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import NotFound
from scheduler.domain.post import Post
from scheduler.ports import Deliveries, Library, Posts, Selection
from scheduler.usecases.openings import category_of
from scheduler.usecases.review import Entry

DRAFT, BLOCKED, UNPLANNED = "draft", "blocked", "unplanned"
STATUSES = (*(state.value for state in State), DRAFT, BLOCKED, UNPLANNED)
"""What can be asked for: a delivery's state; scheduled, but its post lacks a yes; a finding blocks its post; a post
without a delivery."""
OVER = frozenset({State.PUBLISHED, State.CANCELLED})
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
class Selector:
    """Everything that choosing needs."""

    posts: Posts
    deliveries: Deliveries
    library: Library
    selection: Selection

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

    def entries(self, wanted: Filter) -> tuple[Entry, ...]:
        """Posts with those of their deliveries that fit, the soonest first; those without a delivery last."""
        titles = self.library.titles()
        by_post: dict[int, list[Delivery]] = {}
        for delivery in self._read(wanted, wanted.states):
            by_post.setdefault(delivery.post_id, []).append(delivery)
        posts = self.selection.posts(by_post) if wanted.wants_a_delivery else {one.id: one for one in self.posts.all()}
        found = [
            self._entry(post, by_post.get(post.id, []), titles.get(post.article_id, ""), wanted)
            for post in posts.values()
        ]
        planned = [entry for entry in found if entry and entry.deliveries]
        planned.sort(key=lambda entry: (entry.deliveries[0].due_at, entry.deliveries[0].id))
        return (*planned, *(entry for entry in found if entry and not entry.deliveries))

    def _entry(self, post: Post, deliveries: Sequence[Delivery], title: str, wanted: Filter) -> Entry | None:
        if not deliveries:
            fits = wanted.takes(post, None, article=title) and not self._has_any(post, wanted)
            return Entry(post=post, article=title, deliveries=()) if fits else None
        kept = tuple(one for one in deliveries if wanted.takes(post, one, article=title))
        return Entry(post=post, article=title, deliveries=kept) if kept else None

    def _has_any(self, post: Post, wanted: Filter) -> bool:
        """Whether it has deliveries that weren't read, as they can't fit."""
        return bool(wanted.states) and bool(self.deliveries.select(post_id=post.id))

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


def post_number(name: str) -> int | None:
    """The number that an ID is; None for a delivery's code. Raises NotFound for an absurd one."""
    if not (name.isascii() and name.isdigit()):
        return None
    if len(name) > LONGEST_NUMBER:
        raise NotFound(f"There is no post {name}.")
    return int(name)
