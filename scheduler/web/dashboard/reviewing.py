"""Everything that a person needs to decide about one post, and its place among those that wait."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from itertools import pairwise

from scheduler.domain.article import Article
from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.domain.findings import CLAIMS, Finding, Severity
from scheduler.domain.post import Post, PostStatus
from scheduler.domain.revision import is_stale
from scheduler.domain.thread import BETWEEN
from scheduler.store.screens.review import Turn
from scheduler.usecases.cancelling import Cancelled, cancelled_last
from scheduler.usecases.takeback import ON_ITS_WAY
from scheduler.web.dashboard import networks, source
from scheduler.web.dashboard.networks import OnNetwork
from scheduler.web.dashboard.source import Paragraph
from scheduler.web.dashboard.visit import Visit

A_PAGE = 20
PART = "· · ·"
"""Between the parts of a thread."""
COUNTED = 1000


def seen(post: Post, deliveries: Sequence[Delivery]) -> str:
    """What a page shows of a post, as one word: whoever says yes says it to this."""
    content = [
        post.content_hash,
        [[each.severity, each.rule, each.message, *each.span] for each in post.findings],
        [[one.code, one.text, one.due_at.isoformat(), one.card_sha256, one.alt_text] for one in deliveries],
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A post in the list; `level` is block, confirm or empty."""

    turn: Turn
    post: Post
    deliveries: tuple[Delivery, ...]

    @property
    def level(self) -> str:
        """The gravest of its findings that needs a person."""
        found = (each for each in (Severity.BLOCK, Severity.CONFIRM) if self.post.has(each))
        return next((each.value for each in found), "")

    @property
    def at(self) -> datetime | None:
        """Its soonest slot, held or not."""
        return self.turn.due_at or next((one.due_at for one in self.deliveries), None)

    @property
    def is_plain(self) -> bool:
        """Whether nothing was found, so that it may be approved with others."""
        return not self.post.findings and not self.post.lacks_card

    @property
    def seen(self) -> str:
        """As `seen`."""
        return seen(self.post, self.deliveries)


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits, from some place on: at most A_PAGE rows; `total` is counted up to COUNTED.

    `beyond` is the post that comes after the last row, 0 where none does.
    """

    rows: tuple[Row, ...]
    total: int
    is_first: bool
    beyond: int = 0

    @property
    def plain(self) -> tuple[Row, ...]:
        """Those that may be approved together."""
        return tuple(row for row in self.rows if row.is_plain)

    def place(self, post_id: int) -> int | None:
        """The index of a post among the rows."""
        return next((index for index, row in enumerate(self.rows) if row.post.id == post_id), None)


def queue(visit: Visit, post_id: int = 0) -> Queue:
    """The first ones, or those from a post on that comes later."""
    screen = visit.app.store.review_screen
    turns, is_first = list(screen.queue(most=A_PAGE + 1)), True
    if post_id and all(turn.post_id != post_id for turn in turns[:A_PAGE]) and (own := screen.turn(post_id)):
        turns, is_first = [own, *screen.queue(after=own, most=A_PAGE)], False
    total = len(turns) if is_first and len(turns) <= A_PAGE else screen.count(most=COUNTED)
    beyond = turns[A_PAGE].post_id if len(turns) > A_PAGE else 0
    return Queue(rows=tuple(_rows(visit, turns[:A_PAGE])), total=total, is_first=is_first, beyond=beyond)


def _rows(visit: Visit, turns: Sequence[Turn]) -> list[Row]:
    numbers = [turn.post_id for turn in turns]
    posts = visit.app.store.selection.posts(numbers)
    coming: dict[int, list[Delivery]] = {}
    for one in visit.app.store.review_screen.coming(numbers):
        coming.setdefault(one.post_id, []).append(one)
    return [
        Row(turn=turn, post=posts[turn.post_id], deliveries=tuple(coming.get(turn.post_id, ())))
        for turn in turns
        if turn.post_id in posts
    ]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One post and all that stands beside it."""

    visit: Visit
    post: Post
    article: Article
    deliveries: tuple[Delivery, ...]
    past: tuple[Delivery, ...] = ()

    @property
    def seen(self) -> str:
        """As `seen`."""
        return seen(self.post, self.deliveries)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is still to come."""
        return bool(self.past) and not self.deliveries

    @property
    def is_left_out(self) -> bool:
        """Whether somebody doesn't want to be asked about it."""
        return self.post.status is PostStatus.HELD

    @property
    def can_undo(self) -> bool:
        """Whether the yes to it can be taken back."""
        return self.post.may_go_out and not any(one.state in ON_ITS_WAY for one in (*self.past, *self.deliveries))

    @cached_property
    def dropped(self) -> tuple[Cancelled, ...]:
        """What of it was cancelled last."""
        return cancelled_last(self.past, self.visit.app.store.journal)

    @cached_property
    def shown(self) -> list[OnNetwork]:
        """On each network; the parts of a thread one after the other."""
        app = self.visit.app
        if self.deliveries:
            places = list(dict.fromkeys(one.channel for one in self.deliveries))
            return networks.planned(app, sorted(self.deliveries, key=lambda one: (places.index(one.channel), one.part)))
        return networks.would_be(app, self.post, self.article)

    @property
    def first(self) -> Delivery | None:
        """What comes soonest."""
        return self.deliveries[0] if self.deliveries else None

    @property
    def channels(self) -> list[str]:
        """Where it goes, each once."""
        return list(dict.fromkeys(one.name for one in self.shown))

    @property
    def fits_nowhere(self) -> bool:
        """Whether no channel could take it as it is."""
        return bool(self.shown) and all(one.trouble for one in self.shown)

    @property
    def cost(self) -> float:
        """US dollars in all."""
        return networks.total(self.shown)

    @property
    def is_stale(self) -> bool:
        """Whether the article says something else by now."""
        return is_stale(self.post)

    @property
    def around(self) -> tuple[Paragraph, ...]:
        """The sentence in its article; none for a row of a table, or where the article is another by now."""
        if self.post.ready or self.is_stale:
            return ()
        return source.around(self.article, self.post.excerpt)

    @property
    def place(self) -> str:
        """The number of its sentence; empty where it is none of the article's, as `around`."""
        return "" if self.post.ready or self.is_stale else source.place_of(self.article, self.post.excerpt)

    @property
    def left_out(self) -> list[str]:
        """What the cut left out."""
        return [] if self.post.ready or self.is_stale else source.left_out(self.article, self.post.excerpt)

    @property
    def confirms(self) -> list[tuple[str, Finding]]:
        """What a person has to have checked, each with the name of its tick."""
        found = [each for each in self.post.findings if each.severity is Severity.CONFIRM]
        return [(f"{each.rule}-{each.span[0]}-{each.span[1]}", each) for each in found]

    @property
    def held(self) -> list[Delivery]:
        """What stays back."""
        return [one for one in self.deliveries if one.state is State.HELD]

    @property
    def marked(self) -> list[tuple[str, str]]:
        """The post's words, each stretch with the level of the finding on it, empty where there is none.

        A confirmation about all of the words marks none of them.
        """
        words = self.post.words
        found = [(max(each.span[0], 0), min(each.span[1], len(words)), each.severity) for each in self.post.findings]
        spans = [
            (start, end, level.value)
            for start, end, level in found
            if level is Severity.BLOCK or (level is Severity.CONFIRM and end - start < len(words) - 1)
        ]
        told = partial(BETWEEN.sub, PART) if len(self.post.parts) > 1 else str
        edges = sorted({0, len(words), *(edge for start, end, _ in spans for edge in (start, end))})
        return [
            (told(words[start:end]), next((level for a, b, level in spans if a <= start and end <= b), ""))
            for start, end in pairwise(edges)
        ]

    @property
    def reasons(self) -> Mapping[str, tuple[str, str]]:
        """Why each claim rule that found something exists, and its source, by its name."""
        found = {each.rule for each in self.post.findings if each.check == CLAIMS}
        return {rule.id: (rule.reason, rule.source) for rule in self.visit.app.claims[1] if rule.id in found}


def desk(visit: Visit, post_id: int) -> Desk:
    """Raises NotFound."""
    store = visit.app.store
    post = store.posts.get(post_id)
    own = store.deliveries.select(post_id=post_id)
    return Desk(
        visit=visit,
        post=post,
        article=store.library.article(post.article_id),
        deliveries=tuple(one for one in own if one.state in LIVE),
        past=tuple(one for one in own if one.state not in LIVE),
    )
