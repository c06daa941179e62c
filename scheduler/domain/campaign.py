"""A campaign: how the posts of one article are spread over weeks or months, and what they look like in turn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from scheduler.domain.article import Article, ExcerptKind
from scheduler.domain.errors import FileUnusable
from scheduler.domain.fatigue import Evergreen
from scheduler.domain.lateness import LateRule
from scheduler.domain.post import Post

WEEK = timedelta(weeks=1)
ANNOUNCED = timedelta(days=14)
"""So far ahead people rely on the plan: what is due sooner stays where it is."""
OUT = "none"
"""What an article writes that stays out of the campaign that the settings name for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """So many weeks at one pace: posts a week of one article on one channel."""

    weeks: int
    posts_a_week: float


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """What a campaign file says. Empty `kinds` mean all, empty `templates` and `calls`: as the settings say.

    `posts` is how many an article gives, or None for as many as the rhythm has room for. `start` is the first day;
    without it each article starts as it comes. `category` makes its posts take the slots of one.
    """

    name: str
    about: str = ""
    rhythm: tuple[Stretch, ...]
    posts: int | None = None
    start: date | None = None
    kinds: tuple[ExcerptKind, ...] = ()
    category: str = ""
    templates: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    late: LateRule | None = None
    evergreen: Evergreen | None = None

    @property
    def weeks(self) -> int:
        """How long it lasts for one article."""
        return sum(stretch.weeks for stretch in self.rhythm)

    @cached_property
    def wanted(self) -> int:
        """How many posts an article gives."""
        return self.posts or max(1, round(sum(_room(stretch) for stretch in self.rhythm)))

    @cached_property
    def shape(self) -> str:
        """Another one when its posts belong elsewhere: 12 characters."""
        stretches = [[stretch.weeks, stretch.posts_a_week] for stretch in self.rhythm]
        said = json.dumps([self.name, stretches, str(self.start), self.category])
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    def takes(self, kind: ExcerptKind) -> bool:
        """Whether excerpts of this kind belong to it."""
        return not self.kinds or kind in self.kinds

    def times(self, count: int, first: datetime) -> list[datetime]:
        """When `count` posts would best go out: over its whole length from `first` on, as dense as its rhythm."""
        room = sum(map(_room, self.rhythm))
        return [first + self._when(number * room / count) for number in range(count)]

    def _when(self, posts: float) -> timedelta:
        """How long the rhythm takes for so many posts."""
        passed = 0.0
        for stretch in self.rhythm:
            if posts < _room(stretch):
                return (passed + posts / stretch.posts_a_week) * WEEK
            posts -= _room(stretch)
            passed += stretch.weeks
        return passed * WEEK


def _room(stretch: Stretch) -> float:
    return stretch.weeks * stretch.posts_a_week


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaigns:
    """Those at hand, by name; `broken` tells what is wrong with the files of others. `everybody` is the name of the one
    that every article joins which names none, or empty."""

    known: Mapping[str, Campaign] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    everybody: str = ""

    def get(self, name: str) -> Campaign:
        """Raises FileUnusable, with the names that there are."""
        if found := self.known.get(name):
            return found
        if why := self.broken.get(name):
            raise FileUnusable(f"The campaign “{name}” can't be used: {why}", hint="Mend its file.")
        there = f"There are {', '.join(sorted(self.known))}." if self.known else "Put one into assets/campaigns/."
        raise FileUnusable(f"There is no campaign “{name}”.", hint=there)

    def name_of(self, post: Post | None, article: Article) -> str:
        """What a post belongs to: the campaign of its row or of its article, or everybody's; empty for none."""
        if post and post.ready:
            return post.ready.when.campaign
        name = article.wishes.campaign or self.everybody
        return "" if name == OUT else name

    def of(self, post: Post | None, article: Article) -> Campaign | None:
        """The same; None also where there is no such campaign any more."""
        return self.known.get(self.name_of(post, article))


class Belonging(NamedTuple):
    """What some deliveries that are to come belong to: the campaign and its shape by which they were planned.

    `asks` is what their article names, or their row where they are ready-made.
    """

    article_id: int
    asks: str
    is_ready_made: bool
    campaign: str
    shape: str


NO_CAMPAIGNS = Campaigns()
