"""What an edited article does to the posts that were cut from its earlier version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.article import Article
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Post

SOURCE = "source"
"""The check that compares a post with its article as it is now."""


class SourceRule(StrEnum):
    """What it finds. Under GONE and OUT, the excerpt is still the earlier version's."""

    GONE = "source-gone"
    REWORDED = "source-reworded"
    OUT = "source-changed-after"


class Effect(StrEnum):
    """What became of a post."""

    KEPT = "kept"
    COMPOSED = "composed anew"
    REWORDED = "reworded"
    DROPPED = "dropped"
    RESTORED = "restored"
    FLAGGED = "flagged"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article as the library knows it: `digest` is the SHA-256 of the file it was last read from, or empty."""

    article_id: int
    fingerprint: str
    title: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRevision:
    """One post: as it was and as it shall be, its deliveries as they were, and each that moves with where to.

    `says` is what the article says in place of the post's sentence now, empty when nothing or the same.
    """

    before: Post
    after: Post
    effect: Effect
    deliveries: tuple[Delivery, ...] = ()
    steps: tuple[tuple[Delivery, Delivery], ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One article from the version that is stored to the one that was read, with all its posts, and posts to add.

    `parked` are steps that come before all others: deliveries that change places make room for each other.
    """

    article_id: int
    before: Article
    after: Article
    digest: str = ""
    posts: tuple[PostRevision, ...]
    added: tuple[Post, ...] = ()
    parked: tuple[tuple[Delivery, Delivery], ...] = ()

    def of(self, *effects: Effect) -> tuple[PostRevision, ...]:
        """The posts that this became of."""
        return tuple(one for one in self.posts if one.effect in effects)

    @property
    def counts(self) -> str:
        """`7 kept, 1 reworded, 2 new`."""
        found = [f"{len(posts)} {effect}" for effect in Effect if (posts := self.of(effect))]
        return ", ".join([*found, *([f"{len(self.added)} new"] if self.added else [])])

    @property
    def waits_for(self) -> tuple[Delivery, ...]:
        """Deliveries that are on their way this very moment and whose posts would change: not now, then."""
        moving = (one for one in self.posts if one.effect is not Effect.KEPT)
        return tuple(d for one in moving for d in one.deliveries if d.state in (State.CLAIMED, State.SENDING))


def is_stale(post: Post) -> bool:
    """Whether the post's excerpt is not of its article's present version."""
    return any(one.rule != SourceRule.REWORDED for one in of_source(post))


def of_source(post: Post) -> tuple[Finding, ...]:
    """What was found when the post was compared with its article."""
    return tuple(one for one in post.findings if one.check == SOURCE)


def may_be_out(delivery: Delivery) -> bool:
    """Whether somebody may read it by now."""
    if delivery.state in (State.SCHEDULED, State.HELD):
        return delivery.sent_at is not None
    return delivery.state in (State.PUBLISHED, State.CLAIMED, State.SENDING, State.UNKNOWN)


def waits(delivery: Delivery) -> bool:
    """Whether it is still to come, and certainly not out."""
    return delivery.state in (State.SCHEDULED, State.HELD) and delivery.sent_at is None


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Blocks, then what is to be confirmed, then notes."""
    return tuple(sorted(findings, key=lambda finding: list(Severity).index(finding.severity)))
