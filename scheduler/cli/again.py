"""Posts that come again, in words: beside what is planned, and where one post is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from scheduler.cli.common import count
from scheduler.domain.delivery import Delivery
from scheduler.domain.post import Post
from scheduler.domain.slots import local
from scheduler.usecases.again import told
from scheduler.usecases.comeback import THREAD, USED_UP
from scheduler.usecases.plan import Plan, Planned

if TYPE_CHECKING:
    from scheduler.bootstrap import App

WAYS_OUT = {
    USED_UP: "More calls to action (`;` between them), or more posts of its article, give it more.",
    THREAD: "Take out its lines of three dashes, or its `evergreen`.",
}


def run_of(planned: Planned) -> str:
    """`run 2 of 4, last 2026-09-01`; empty for a first one."""
    if planned.again is None:
        return ""
    last = local(planned.again.last, planned.delivery.zone)
    return f"run {planned.delivery.run} of {planned.again.most}, last {last:%Y-%m-%d}"


def run_in(delivery: Delivery) -> str:
    """` (run 2)` behind a later run's state."""
    return f" (run {delivery.run})" if delivery.run > 1 else ""


def lines(plan: Plan) -> Iterator[str]:
    """What is called off, and what ran out of words."""
    for one in plan.withdrawn:
        airing = one.airing
        yield f"Called off on {airing.channel}: run {airing.run} of post {airing.post_id} ({airing.code}): {one.reason}"
    told_of = ((over.channel, over.reason) for over in plan.over if over.reason in WAYS_OUT)
    for (channel, reason), number in Counter(told_of).items():
        yield f"No longer comes again on {channel}: {count(number, 'post')}. {reason} {WAYS_OUT[reason]}"


def as_lists(plan: Plan) -> dict[str, Any]:
    """The same as JSON, with every post that came for the last time."""
    called_off = [
        {"code": one.airing.code, "post": one.airing.post_id, "channel": one.airing.channel, "reason": one.reason}
        for one in plan.withdrawn
    ]
    ended = [{"post": one.post_id, "channel": one.channel, "reason": one.reason} for one in plan.over]
    return {"called_off": called_off, "ended": ended}


def about(post: Post, app: App) -> list[str]:
    """Why and when a post comes again, a sentence a line."""
    comebacks = app.intake.comebacks
    return list(told(comebacks, post.id, now=app.clock.now())) if comebacks else []
