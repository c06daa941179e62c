"""Posts get their quote cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

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
    for post, result in zip(bare, paint_all(painter, map(request, bare)), strict=True):
        illustrated = with_card(post, result)
        if illustrated == post:
            continue
        refusal = illustrated.card_refusal
        what = f"no card: {refusal}" if refusal else "painted the card"
        entry = AuditEntry(at=now, who=who, what=what, subject=f"post {post.id}")
        if posts.write(post, illustrated, entry):
            yield Illustrated(post=illustrated, refusal=refusal)


def with_card(post: Post, result: CardResult) -> Post:
    """The post with its new card; where it got none, with the reason beside the card it had."""
    if isinstance(result, PaintedCard):
        if post.alt_text:
            result = replace(result, alt_text=post.alt_text)
        return replace(post, card=result, card_refusal="")
    return replace(post, card_refusal=result.words)


def paint_all(painter: Painter, requests: Iterable[CardRequest]) -> Iterator[CardResult]:
    """A result for each request, in order, as soon as its batch is painted."""
    waiting = iter(requests)
    while batch := list(islice(waiting, BATCH)):
        yield from paint_each(painter, batch)


def paint_each(painter: Painter, requests: Sequence[CardRequest]) -> Sequence[CardResult]:
    """A request that takes the whole child down is found by asking one by one, and refused alone."""
    try:
        return painter(requests)
    except ChildFailed as error:
        if len(requests) == 1:
            return [RefusedCard(reason=error.message, hint=error.hint)]
        return [result for request in requests for result in paint_each(painter, [request])]
