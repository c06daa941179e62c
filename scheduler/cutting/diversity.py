"""Keeps excerpts from saying the same thing twice."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.cutting.words import stems
from scheduler.domain.article import Excerpt

SAME_SHARE = 0.7
MOST_EXCERPTS = 200


def distinct(ranked: Iterable[Excerpt]) -> tuple[Excerpt, ...]:
    """`ranked` in its order, without those that share their place or most of their words with a better one."""
    kept: list[tuple[Excerpt, frozenset[str]]] = []
    for excerpt in ranked:
        said = stems(excerpt.text)
        if not any(_overlap(excerpt, better) or _alike(said, known) for better, known in kept):
            kept.append((excerpt, said))
        if len(kept) == MOST_EXCERPTS:
            break
    return tuple(excerpt for excerpt, _ in kept)


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    return any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def _alike(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return len(mine & theirs) >= SAME_SHARE * max(1, min(len(mine), len(theirs)))
