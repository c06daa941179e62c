"""Asks the claim rules again of posts that aren't out yet: a pack may have changed since they were taken in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from scheduler.domain.article import Article
from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Post, PostStatus
from scheduler.domain.revision import gravest_first, is_stale, of_source
from scheduler.domain.transitions import hold
from scheduler.ports import Edits
from scheduler.usecases.checking import checked
from scheduler.usecases.intake import Intake
from scheduler.usecases.plan import asked_for

BLOCKED = "A claim rule blocks its post since the rules changed."
OVER = frozenset({State.PUBLISHED, State.CANCELLED})
GRAVE = (Severity.BLOCK, Severity.CONFIRM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked:
    """A post whose findings changed; `asks` are those that no yes to `before` has answered."""

    before: Post
    after: Post
    asks: tuple[Finding, ...]

    @property
    def words(self) -> str:
        """What became of the post, to complete `Ann …`."""
        found = ", ".join(finding.rule for finding in self.asks)
        what = f"found {found}" if found else "nothing new to ask"
        void = "; the yes is void" if self.before.approval and not self.after.approval else ""
        return f"checked it by the claim rules as they are now: {what}{void}"


class Memory(Protocol):
    """Which posts were asked by which version of the rules; whatever changes a post forgets it."""

    def unasked(self, version: str, channels: Collection[str]) -> Iterator[Sequence[Post]]:
        """Lot by lot, those that this version was not asked of and of which something may still go out on one of the
        channels."""
        ...

    def mark(self, version: str, asked: Sequence[Post]) -> None:
        """They were asked; those that changed meanwhile stay unasked."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecker:
    """Everything that asking again needs; `version` is another whenever the rules are. No yes outlives a question that
    it wasn't asked."""

    intake: Intake
    edits: Edits
    memory: Memory
    version: str

    def recheck(self, *, who: str, now: datetime) -> Iterator[Rechecked]:
        """The posts whose findings are others now, each stored in one transaction; those that are out stay as they are.

        A finding that is gone just goes. A post that moved on meanwhile is left to the next time; one whose sentence
        its article says no more is left alone, as the checks know nothing of it.
        """
        articles = dict[int, Article]()
        for lot in self.memory.unasked(self.version, [one.name for one in self.intake.outlets]):
            asked: list[Post] = []
            for post in lot:
                again = None if is_stale(post) else self._again(post, self._article(post, articles))
                if again is None or again.after == post:
                    asked.append(post)
                elif written := self._written(again, articles[post.article_id], who, now):
                    yield written
            self.memory.mark(self.version, asked)

    def _article(self, post: Post, known: dict[int, Article]) -> Article:
        """The posts of an article stand beside each other: no more than one is kept."""
        if post.article_id not in known:
            known.clear()
            known[post.article_id] = self.intake.library.article(post.article_id)
        return known[post.article_id]

    def _written(self, again: Rechecked, article: Article, who: str, now: datetime) -> Rechecked | None:
        post = again.before
        own = self.intake.deliveries.select(post_id=post.id)
        if not self._is_to_come(post, article, own):
            return None
        steps = [(one, hold(one, BLOCKED)) for one in own if again.after.blocked and one.state is State.SCHEDULED]
        entry = AuditEntry(at=now, who=who, what=again.words, subject=f"post {post.id}")
        if not self.edits.write(post, again.after, steps, entry):
            return None
        return replace(again, after=self._unflagged(again.after, now))

    def _again(self, post: Post, article: Article) -> Rechecked:
        fresh = checked(self.intake.check, post.excerpt, article, post.words)
        findings = gravest_first([*of_source(post), *fresh])
        asks = tuple(one for one in findings if one.severity in GRAVE and not _was_asked(one, post.findings))
        after = replace(post, findings=findings)
        if asks and post.approval:
            status = PostStatus.DRAFT if post.status is PostStatus.APPROVED else post.status
            after = replace(after, approval=None, status=status)
        return Rechecked(before=post, after=after, asks=asks)

    def _is_to_come(self, post: Post, article: Article, own: Sequence[Delivery]) -> bool:
        """Whether something of it may still go out."""
        served = {one.channel for one in own}
        unplanned = any(asked_for(post, article, one.name) for one in self.intake.outlets if one.name not in served)
        return unplanned or any(one.state not in OVER for one in own)

    def _unflagged(self, post: Post, now: datetime) -> Post:
        return self.intake.approve_unflagged(post, now) if post.status is PostStatus.DRAFT else post


def _was_asked(finding: Finding, before: Sequence[Finding]) -> bool:
    """Whether the same rule asked of the same place, at least as gravely."""
    order = list(Severity)
    return any(
        (old.check, old.rule) == (finding.check, finding.rule)
        and order.index(old.severity) <= order.index(finding.severity)
        and old.span[0] < finding.span[1]
        and finding.span[0] < old.span[1]
        for old in before
    )
