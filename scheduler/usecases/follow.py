"""What becomes of one post when its article changes. No yes outlives the words, hashtags and picture it was said to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scheduler.domain.article import Article, Excerpt
from scheduler.domain.card import CardRequest
from scheduler.domain.delivery import LIVE, Delivery
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Post, PostStatus
from scheduler.domain.revision import (
    SOURCE,
    Effect,
    PostRevision,
    SourceRule,
    gravest_first,
    is_stale,
    may_be_out,
    of_source,
    waits,
)
from scheduler.ports import Check
from scheduler.usecases.checking import checked
from scheduler.usecases.ingest import Taste, hashtags_of
from scheduler.usecases.trace import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """What following needs."""

    check: Check
    taste: Taste
    card_of: Callable[[Post, Article], CardRequest]

    def follow(
        self, post: Post, trace: Trace, deliveries: tuple[Delivery, ...], before: Article, after: Article
    ) -> PostRevision:
        """The post from an article's version `before` to `after`; a card that has to be made anew is None.

        Where its sentence stands it stays. Otherwise one that may be out is flagged, and one that is not gets the
        sentence's new words, or is held back when the sentence is gone.
        """
        out = any(map(may_be_out, deliveries))
        says = trace.excerpt.words if trace.excerpt and not trace.stands else ""
        if trace.excerpt and trace.stands:
            fixed = out and not _to_come(deliveries)
            result = self._standing(post, trace.excerpt, before, after, fixed=fixed)
        elif out:
            result = _flagged(post, says, still_to_come=any(one.state in LIVE for one in deliveries))
        elif trace.excerpt:
            source = (_asks(post, trace.excerpt),) if post.edited not in ("", trace.excerpt.words) else ()
            result = self._rewritten(post, trace.excerpt, source, before, after), Effect.REWORDED
        else:
            result = self._dropped(post, before, after)
        return PostRevision(before=post, after=result[0], effect=result[1], deliveries=deliveries, says=says)

    def _standing(
        self, post: Post, excerpt: Excerpt, before: Article, after: Article, *, fixed: bool
    ) -> tuple[Post, Effect]:
        """Its place moves; hashtags and card follow the article where something is still to come."""
        stale = is_stale(post)
        if fixed:
            findings = tuple(one for one in post.findings if one.check != SOURCE) if stale else post.findings
            return replace(post, excerpt=excerpt, findings=findings), Effect.RESTORED if stale else Effect.KEPT
        source = () if stale else of_source(post)
        result = self._rewritten(post, excerpt, source, before, after)
        if stale:
            return result, Effect.RESTORED
        return result, Effect.KEPT if result == replace(post, excerpt=excerpt) else Effect.COMPOSED

    def _dropped(self, post: Post, before: Article, after: Article) -> tuple[Post, Effect]:
        """The checks know nothing of a sentence that isn't there; what they found before stays."""
        held_back = self._dressed(post, before, after)
        if any(one.rule == SourceRule.GONE for one in post.findings):
            return (post, Effect.KEPT) if _content(held_back) == _content(post) else (_void(held_back), Effect.COMPOSED)
        others = [one for one in post.findings if one.check != SOURCE]
        return _void(replace(held_back, findings=gravest_first([_gone(post), *others]))), Effect.DROPPED

    def _rewritten(
        self, post: Post, excerpt: Excerpt, source: Sequence[Finding], before: Article, after: Article
    ) -> Post:
        """With this excerpt, or with the person's words instead; checked anew where anything is other than it was."""
        edited = "" if post.edited == excerpt.words else post.edited
        result = self._dressed(replace(post, excerpt=excerpt, edited=edited), before, after, was=post)
        if _content(result) == _content(post) and tuple(source) == of_source(post):
            return result
        found = checked(self.check, excerpt, after, result.words)
        return _void(replace(result, findings=gravest_first([*source, *found])))

    def _dressed(self, post: Post, before: Article, after: Article, *, was: Post | None = None) -> Post:
        """Hashtags and card as the article wants them now; hashtags that a person chose stay."""
        was = was or post
        same_wish = before.wishes.hashtags == after.wishes.hashtags
        theirs = same_wish or was.hashtags != hashtags_of(before, self.taste)
        dressed = post if theirs else replace(post, hashtags=hashtags_of(after, self.taste))
        if self.card_of(dressed, after) == self.card_of(was, before):
            return dressed
        return replace(dressed, card=None, card_refusal="")


def _content(post: Post) -> tuple[object, ...]:
    return post.words, post.hashtags, post.card, post.card_refusal


def _void(post: Post) -> Post:
    status = PostStatus.DRAFT if post.status is PostStatus.APPROVED else post.status
    return replace(post, status=status, approval=None)


def _to_come(deliveries: Sequence[Delivery]) -> bool:
    """Whether something waits, and of nothing it is unknown whether it is out."""
    return any(map(waits, deliveries)) and all(waits(one) or one.state not in LIVE for one in deliveries)


def _flagged(post: Post, says: str, *, still_to_come: bool) -> tuple[Post, Effect]:
    """A note where all is over; a block where something could still go out, for a post has one text only."""
    severity = Severity.BLOCK if still_to_come else Severity.NOTE
    now = f"It says now: “{says}”" if says else "It no longer says this."
    message = f"The article changed after this went out. {now}"
    hint = "Correct it or take it down there, if it is wrong now."
    flag = _finding(post, SourceRule.OUT, severity, message, hint)
    known = [one for one in of_source(post) if (one.rule, one.severity) == (SourceRule.OUT, severity)]
    if known and (not says or known == [flag]):
        return post, Effect.KEPT
    others = [one for one in post.findings if one.check != SOURCE]
    flagged = replace(post, findings=gravest_first([flag, *others]))
    return _void(flagged) if still_to_come else flagged, Effect.FLAGGED


def _gone(post: Post) -> Finding:
    hint = "Leave it, or change the article."
    return _finding(post, SourceRule.GONE, Severity.BLOCK, "The article no longer says this.", hint)


def _asks(post: Post, excerpt: Excerpt) -> Finding:
    hint = f"It says now: “{excerpt.words}” Say yes if your words still fit, or edit them."
    return _finding(post, SourceRule.REWORDED, Severity.CONFIRM, "The article's sentence changed since.", hint)


def _finding(post: Post, rule: SourceRule, severity: Severity, message: str, hint: str) -> Finding:
    return Finding(
        check=SOURCE, severity=severity, rule=rule.value, span=(0, len(post.words)), message=message, hint=hint
    )
