"""A queue file as an article whose excerpts are its rows, and what an edited one does to the posts that are there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from scheduler.domain.article import Article, Block, BlockKind, Excerpt, ExcerptKind
from scheduler.domain.delivery import Delivery
from scheduler.domain.post import Post
from scheduler.domain.readymade import Complaint, Row
from scheduler.domain.revision import Effect, PostRevision, Revision, waits
from scheduler.domain.transitions import cancel
from scheduler.ports import Painter
from scheduler.usecases.illustrate import BATCH, paint_each, with_card
from scheduler.usecases.matching import match
from scheduler.usecases.plan import Candidate
from scheduler.usecases.recompose import Recomposer
from scheduler.usecases.rowcheck import check_time
from scheduler.usecases.rowfollow import RowFollower
from scheduler.usecases.rowmove import Mover

BETWEEN = "\n\n"
GONE = "Its row was taken out of the file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A queue file as it is stored, with its posts, and their deliveries by the post's id."""

    article_id: int
    article: Article
    posts: Sequence[Post]
    deliveries: Mapping[int, tuple[Delivery, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReviser:
    """Everything that following the rows of a file needs. `zone` is the brand's."""

    follower: RowFollower
    recomposer: Recomposer
    mover: Mover
    zone: str

    def drafts(
        self, name: str, language: str, rows: Sequence[Row], *, now: datetime
    ) -> tuple[Article, tuple[Post, ...], list[Complaint]]:
        """A new file's article and posts, and what speaks against rows whose time can't be meant."""
        good, complaints = self._in_time(rows, now)
        article, excerpts = article_of(name, language, [row.text for row in good], fingerprint_of(good))
        posts = [self.follower.draft(row, excerpt, article) for row, excerpt in zip(good, excerpts, strict=True)]
        return article, tuple(posts), complaints

    def revision(
        self, present: Present, language: str, rows: Sequence[Row], *, whole: bool, prune: bool, now: datetime
    ) -> tuple[Revision, list[Complaint], int]:
        """What these rows do to what is there, what speaks against some of them, and how many posts have no row.

        `whole` says that the file has no other rows, which couldn't be read: else nobody knows what is gone.
        """
        there = [post for post in present.posts if not _is_removed(post)]
        found = match(rows, there, waits=lambda post: _waits(present, post), by_place=whole)
        added, complaints = self._in_time(found.rows, now)
        kept = [row for _, row in found.pairs] + added
        texts = [*(row.text for row in kept), *(post.excerpt.text for post in found.posts)]
        name = present.article.source
        article, excerpts = article_of(
            name, language, texts, fingerprint_of(sorted(kept, key=lambda row: row.asks.row))
        )
        changes = []
        for (post, row), excerpt in zip(found.pairs, excerpts, strict=False):
            changes.append(self.follower.follow(post, row, excerpt, present.deliveries[post.id], article))
        for post, excerpt in zip(found.posts, excerpts[len(kept) :], strict=True):
            changes.append(_gone(post, excerpt, present.deliveries[post.id], prune=prune and whole))
        for post in present.posts:
            if _is_removed(post):
                kept_out = PostRevision(
                    before=post, after=post, effect=Effect.KEPT, deliveries=present.deliveries[post.id]
                )
                changes.append(kept_out)
        drafts = [
            self.follower.draft(row, excerpt, article)
            for row, excerpt in zip(added, excerpts[len(found.pairs) :], strict=False)
        ]
        revision = Revision(
            article_id=present.article_id,
            before=present.article,
            after=article,
            posts=tuple(sorted(changes, key=lambda one: one.before.id)),
            added=tuple(drafts),
        )
        stepped, stuck = self._stepped(revision, now)
        return stepped, [*complaints, *stuck], len(found.posts)

    def painted(self, revision: Revision, painter: Painter, *, now: datetime) -> Revision:
        """With the pictures that it asks for, or with why there are none."""
        bare = [one.after for one in revision.posts if one.after.lacks_card and not one.before.lacks_card]
        painted: dict[int, Post] = {}
        for start in range(0, len(bare), BATCH):
            batch = bare[start : start + BATCH]
            requests = [self.follower.card_of(post, revision.after) for post in batch]
            for post, result in zip(batch, paint_each(painter, requests), strict=True):
                painted[post.id] = with_card(post, result)
        posts = tuple(replace(one, after=painted.get(one.after.id, one.after)) for one in revision.posts)
        return self._stepped(replace(revision, posts=posts), now)[0]

    def _in_time(self, rows: Iterable[Row], now: datetime) -> tuple[list[Row], list[Complaint]]:
        good, complaints = [], []
        for row in rows:
            if found := check_time(row, self.zone, now=now):
                complaints.append(found)
            else:
                good.append(row)
        return good, complaints

    def _stepped(self, revision: Revision, now: datetime) -> tuple[Revision, list[Complaint]]:
        """Deliveries that are still to come say what their posts say, when their rows say."""
        posts = tuple(self._recomposed(one, revision, now) for one in revision.posts)
        return self.mover.moved(replace(revision, posts=posts, parked=()), now=now)

    def _recomposed(self, change: PostRevision, revision: Revision, now: datetime) -> PostRevision:
        if change.effect is Effect.CANCELLED or _is_removed(change.after):
            return change
        before = Candidate(post=change.before, article=revision.before)
        after = Candidate(post=change.after, article=revision.after)
        steps = self.recomposer.steps(change, before, after, now)
        effect = Effect.COMPOSED if steps and change.effect in (Effect.KEPT, Effect.MOVED) else change.effect
        return replace(change, steps=steps, effect=effect)


def article_of(name: str, language: str, texts: Sequence[str], fingerprint: str) -> tuple[Article, list[Excerpt]]:
    """A file's rows as paragraphs, and each as an excerpt."""
    excerpts, blocks, at = [], [], 0
    for text in texts:
        span = (at, at + len(text))
        excerpts.append(Excerpt(text=text, kind=ExcerptKind.QUOTE, score=1.0, spans=(span,)))
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=span[0], end=span[1]))
        at = span[1] + len(BETWEEN)
    article = Article(
        source=name,
        title=title_of(name),
        language=language,
        fingerprint=fingerprint,
        text=BETWEEN.join(texts),
        blocks=tuple(blocks),
    )
    return article, excerpts


def title_of(name: str) -> str:
    """A file's name as words."""
    return PurePosixPath(name).stem.replace("-", " ").replace("_", " ").strip() or name


def fingerprint_of(rows: Iterable[Row]) -> str:
    """SHA-256 of all that the rows say."""
    said = [[row.text, asdict(row.asks)] for row in rows]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _is_removed(post: Post) -> bool:
    return post.ready is not None and post.ready.removed


def _waits(present: Present, post: Post) -> bool:
    """Whether it may still become another post: nothing of it is out."""
    return all(map(waits, present.deliveries[post.id]))


def _gone(post: Post, excerpt: Excerpt, deliveries: tuple[Delivery, ...], *, prune: bool) -> PostRevision:
    """What nobody asks for any more is cancelled where somebody said so; what is out stays."""
    after = replace(post, excerpt=excerpt)
    live = [one for one in deliveries if waits(one)]
    if not prune or post.ready is None:
        return PostRevision(before=post, after=after, effect=Effect.KEPT, deliveries=deliveries)
    after = replace(after, ready=replace(post.ready, removed=True))
    steps = tuple((one, cancel(one, GONE)) for one in live)
    return PostRevision(before=post, after=after, effect=Effect.CANCELLED, deliveries=deliveries, steps=steps)
