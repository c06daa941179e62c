"""What people decide: a yes to a post, and what becomes of a delivery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import NeedsConfirmation, NotAllowedNow
from scheduler.domain.findings import Severity
from scheduler.domain.post import Approval, Post, PostStatus
from scheduler.domain.thread import along
from scheduler.ports import Deliveries, Posts


def approve(post: Post, *, posts: Posts, by: str, confirm: bool, override: str, now: datetime) -> Post:
    """Says yes to a post as it stands now; an earlier yes that holds stays. Raises NeedsConfirmation, NotAllowedNow."""
    if post.may_go_out:
        return post
    by, override = named(by, "A yes"), override.strip()
    _refuse_unready(post, confirm=confirm, override=override)
    yes = Approval(
        by=by, at=now, content_hash=post.content_hash, confirmed=confirm or bool(override), override=override
    )
    approved = replace(post, status=PostStatus.APPROVED, approval=yes)
    entry = AuditEntry(at=now, who=by, what=_what(post, confirm, override), subject=f"post {post.id}")
    if not posts.write(post, approved, entry):
        raise NotAllowedNow(f"Post {post.id} changed while you were reading.", hint="Look again, then approve.")
    return approved


def named(by: str, what: str = "A decision") -> str:
    """Who decides. Raises NotAllowedNow when nobody does."""
    if not by.strip():
        raise NotAllowedNow(f"{what} needs a name.", hint="Write it after --by.")
    return by.strip()


def refuse_unseen(before: Post, after: Post) -> None:
    """Raises NotAllowedNow for a post that got its picture this moment, unless the settings say yes by themselves."""
    if after.card and after.card != before.card and not after.may_go_out:
        words = (
            f"Post {after.id} got a new card this moment." if before.card else f"Post {after.id} had no card until now."
        )
        raise NotAllowedNow(words, hint=f"Look at it, then approve it: {after.card.path}")


def _refuse_unready(post: Post, *, confirm: bool, override: str) -> None:
    if post.lacks_card:
        raise NotAllowedNow(f"Post {post.id} has no card yet.", hint=post.card_refusal or "Run `quotidian queue`.")
    if post.has(Severity.BLOCK) and not override:
        hint = f"Leave it, or take it on you in writing: quotidian approve {post.id} --override 'why it is true'"
        raise NeedsConfirmation(f"Post {post.id} is blocked: {_words(post, Severity.BLOCK)}", hint=hint)
    if post.has(Severity.CONFIRM) and not (confirm or override):
        hint = f"If it is true and allowed: quotidian approve {post.id} --confirm"
        raise NeedsConfirmation(f"Post {post.id} needs your yes: {_words(post, Severity.CONFIRM)}", hint=hint)


def _words(post: Post, severity: Severity) -> str:
    return " ".join(finding.message for finding in post.findings if finding.severity is severity)


def _what(post: Post, confirm: bool, override: str) -> str:
    if override:
        return f"approved against a block: {override}"
    rules = [finding.rule for finding in post.findings if finding.severity is Severity.CONFIRM]
    return f"approved and confirmed: {', '.join(rules)}" if confirm and rules else "approved"


def change(
    delivery: Delivery,
    to: Callable[[Delivery], Delivery],
    *,
    deliveries: Deliveries,
    who: str,
    what: str,
    now: datetime,
) -> Delivery:
    """Moves a delivery by one of the acts of `domain.transitions`, with an entry in the audit log.

    The parts of a thread that come after it go along.
    """
    after = to(delivery)
    entry = AuditEntry(at=now, who=named(who), what=what, subject=f"delivery {delivery.code}")
    parts = along(delivery, after, deliveries.select(post_id=delivery.post_id))
    if not deliveries.write(delivery, after, entry=entry, along=parts):
        raise NotAllowedNow(f"Delivery {delivery.code} moved on while you were deciding.", hint="Look again.")
    return after
