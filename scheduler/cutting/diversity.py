"""Keeps excerpts from saying the same thing twice."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.cutting.words import stems
from scheduler.domain.article import Excerpt

SAME_SHARE = 0.7


def distinct(ranked: Iterable[Excerpt]) -> tuple[Excerpt, ...]:
    """`ranked` in its order, without those that share their place or most of their words with a better one."""
    kept: list[Excerpt] = []
    for excerpt in ranked:
        if not any(_same(excerpt, better) for better in kept):
            kept.append(excerpt)
    return tuple(kept)


def _same(one: Excerpt, other: Excerpt) -> bool:
    if any(a < d and c < b for a, b in one.spans for c, d in other.spans):
        return True
    mine, theirs = stems(one.text), stems(other.text)
    return len(mine & theirs) >= SAME_SHARE * max(1, min(len(mine), len(theirs)))
