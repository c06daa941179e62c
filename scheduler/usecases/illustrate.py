"""Posts get their quote cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.audit import AuditEntry
from scheduler.domain.card import CardRequest, CardResult, PaintedCard, RefusedCard
from scheduler.domain.errors import ChildFailed
from scheduler.domain.post import Post
from scheduler.ports import Painter, Posts

BATCH = 12
"""Cards a child process paints before it ends: start-up is shared, and one hostile text takes few along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustrated:
    """A post with its card, or with the reason why it has none."""

    post: Post
    refusal: str = ""


def illustrate(
    bare: Sequence[Post],
    *,
    posts: Posts,
    painter: Painter,
    request: Callable[[Post], CardRequest],
    who: str,
    now: datetime,
) -> Iterator[Illustrated]:
    """Paints a card for each of `bare` and keeps it with the post."""
    for start in range(0, len(bare), BATCH):
        batch = bare[start : start + BATCH]
        results = paint_each(painter, [request(post) for post in batch])
        for post, result in zip(batch, results, strict=True):
            illustrated, what = _with(post, result)
            entry = AuditEntry(at=now, who=who, what=what, subject=f"post {post.id}")
            if posts.write(post, illustrated.post, entry):
                yield illustrated


def _with(post: Post, result: CardResult) -> tuple[Illustrated, str]:
    if isinstance(result, PaintedCard):
        return Illustrated(post=replace(post, card=result, card_refusal="")), "painted the card"
    refusal = f"{result.reason} {result.hint}".strip()
    return Illustrated(post=replace(post, card_refusal=refusal), refusal=refusal), f"no card: {refusal}"


def paint_each(painter: Painter, requests: Sequence[CardRequest]) -> Sequence[CardResult]:
    """A request that takes the whole child down is found by asking one by one, and refused alone."""
    try:
        return painter(requests)
    except ChildFailed as error:
        if len(requests) == 1:
            return [RefusedCard(reason=error.message, hint=error.hint)]
        return [result for request in requests for result in paint_each(painter, [request])]
