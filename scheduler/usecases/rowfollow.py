"""What becomes of a post when its row in a queue file changes. No yes outlives what it was said to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scheduler.domain.article import Article, Excerpt
from scheduler.domain.card import CardRequest
from scheduler.domain.delivery import LIVE, Delivery
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Post, PostStatus
from scheduler.domain.readymade import Row
from scheduler.domain.revision import SOURCE, Effect, PostRevision, SourceRule, gravest_first, may_be_out, of_source
from scheduler.ports import Check
from scheduler.usecases.checking import checked


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFollower:
    """What following needs."""

    check: Check
    card_of: Callable[[Post, Article], CardRequest]

    def draft(self, row: Row, excerpt: Excerpt, article: Article) -> Post:
        """The post of a new row."""
        findings = gravest_first(self.check(excerpt, article))
        return Post(excerpt=excerpt, ready=row.asks, hashtags=row.asks.hashtags, findings=findings)

    def follow(
        self, post: Post, row: Row, excerpt: Excerpt, deliveries: tuple[Delivery, ...], article: Article
    ) -> PostRevision:
        """The post as its row is now, at `excerpt` in the file's new version; one that may be out is flagged."""
        after = self._rewritten(post, row, excerpt, article)
        is_same = _content(after) == _content(post)
        says = row.text if row.text != post.excerpt.text else ""
        if is_same:
            return PostRevision(before=post, after=after, effect=Effect.KEPT, deliveries=deliveries)
        if any(map(may_be_out, deliveries)):
            after, effect = self._flagged(post, row, deliveries)
        else:
            effect = Effect.REWORDED if says else Effect.COMPOSED
        return PostRevision(before=post, after=after, effect=effect, deliveries=deliveries, says=says)

    def _rewritten(self, post: Post, row: Row, excerpt: Excerpt, article: Article) -> Post:
        """Words that a person typed stay, and are asked about; everything else is as the row says."""
        edited = "" if post.edited == row.text else post.edited
        theirs = post.ready is not None and post.ready.hashtags == row.asks.hashtags
        hashtags = post.hashtags if theirs else row.asks.hashtags
        result = replace(post, excerpt=excerpt, ready=row.asks, edited=edited, hashtags=hashtags)
        is_same = post.ready is not None and post.ready.alt_text == row.asks.alt_text
        if not is_same or self.card_of(result, article) != self.card_of(post, article):
            result = replace(result, card=None, card_refusal="")
        if _content(result) == _content(post):
            return result
        asks = (_asks(row),) if edited and row.text != post.excerpt.text else ()
        found = checked(self.check, excerpt, article, result.words)
        status = PostStatus.DRAFT if post.status is PostStatus.APPROVED else post.status
        return replace(result, findings=gravest_first([*asks, *found]), approval=None, status=status)

    def _flagged(self, post: Post, row: Row, deliveries: Sequence[Delivery]) -> tuple[Post, Effect]:
        """A note where all is over; a block where something could still go out, for a post says one thing only."""
        severity = Severity.BLOCK if any(one.state in LIVE for one in deliveries) else Severity.NOTE
        flag = Finding(
            check=SOURCE,
            severity=severity,
            rule=SourceRule.OUT.value,
            span=(0, len(post.words)),
            message=f"The row changed after this went out. It says now: “{row.text}”",
            hint="Correct it there, or give the row another id to post it anew.",
        )
        if flag in of_source(post):
            return post, Effect.KEPT
        others = [one for one in post.findings if one.check != SOURCE]
        return replace(post, findings=gravest_first([flag, *others])), Effect.FLAGGED


def _content(post: Post) -> tuple[object, ...]:
    """What people say yes to, and what goes out."""
    asked = (post.ready.link, post.ready.picture, post.ready.template, post.ready.alt_text) if post.ready else ()
    return post.words, post.hashtags, post.excerpt.text, asked


def _asks(row: Row) -> Finding:
    return Finding(
        check=SOURCE,
        severity=Severity.CONFIRM,
        rule=SourceRule.REWORDED.value,
        span=(0, 0),
        message="The row's words changed since they were edited.",
        hint=f"It says now: “{row.text}” Say yes if your words still fit, or edit them.",
    )
