"""What people decide about a post against its going out: a yes taken back, a post left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.post import Post, PostStatus
from scheduler.ports import Deliveries, Posts
from scheduler.usecases.decide import named

ON_ITS_WAY = frozenset({State.CLAIMED, State.SENDING, State.PUBLISHED, State.UNKNOWN})


def take_back(post: Post, *, posts: Posts, deliveries: Deliveries, by: str, now: datetime) -> Post:
    """Without its yes, as long as none of its deliveries is on its way. Raises NotAllowedNow."""
    if under_way := _under_way(post, deliveries):
        raise NotAllowedNow(f"It is {under_way.state.value} on {under_way.channel} already.")
    before = replace(post, status=PostStatus.DRAFT, approval=None)
    _write(post, before, "took back the yes", posts, by, now)
    if under_way := _under_way(post, deliveries):
        raise NotAllowedNow(f"It was taken up for {under_way.channel} at this very moment.")
    return before


def leave_out(post: Post, *, posts: Posts, by: str, now: datetime) -> Post:
    """No longer asked about, and without a yes; a later yes takes it up again. Raises NotAllowedNow."""
    left = replace(post, status=PostStatus.HELD, approval=None)
    _write(post, left, "left it out", posts, by, now)
    return left


def ask_again(post: Post, *, posts: Posts, by: str, now: datetime) -> Post:
    """One that was left out is asked about again. Raises NotAllowedNow."""
    if post.status is not PostStatus.HELD:
        return post
    draft = replace(post, status=PostStatus.DRAFT)
    _write(post, draft, "took it up again", posts, by, now)
    return draft


def _write(before: Post, after: Post, what: str, posts: Posts, by: str, now: datetime) -> None:
    entry = AuditEntry(at=now, who=named(by), what=what, subject=f"post {before.id}")
    if not posts.write(before, after, entry):
        raise NotAllowedNow(f"Post {before.id} changed while you were reading.", hint="Look again.")


def _under_way(post: Post, deliveries: Deliveries) -> Delivery | None:
    found = deliveries.select(post_id=post.id)
    return next((one for one in found if one.state in ON_ITS_WAY), None)
