"""Keeps excerpts from saying the same thing twice."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain, islice

from scheduler.domain.article import Excerpt, Span

SAME_SHARE = 0.7
MOST_EXCERPTS = 200
MOST_LOOKED_AT = 1000

Meant = tuple[Excerpt, frozenset[str]]
"""An excerpt with the stems of what it says."""


def distinct(ranked: Iterable[Meant]) -> tuple[Meant, ...]:
    """`ranked` in its order, without those that share their place or most of their words with a better one.

    Of a very long article only the best are looked at, so that none takes long.
    """
    kept: list[Meant] = []
    places = _Places()
    by_stem: defaultdict[str, list[int]] = defaultdict(list)
    for excerpt, said in islice(ranked, MOST_LOOKED_AT):
        shared = Counter(chain.from_iterable(by_stem[stem] for stem in said))
        said_before = any(count >= _same(said, kept[index][1]) for index, count in shared.items())
        if said_before or places.meet(excerpt.spans):
            continue
        for stem in said:
            by_stem[stem].append(len(kept))
        places.add(excerpt.spans)
        kept.append((excerpt, said))
        if len(kept) == MOST_EXCERPTS:
            break
    return tuple(kept)


def alike(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether most of what the shorter one says is in the longer one."""
    return bool(mine and theirs) and len(mine & theirs) >= _same(mine, theirs)


def _same(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return SAME_SHARE * min(len(mine), len(theirs))


class _Places:
    """Ranges of the article that are taken; none of them meets another."""

    def __init__(self) -> None:
        self._taken: list[Span] = []

    def meet(self, spans: Iterable[Span]) -> bool:
        return any(map(self._meets, spans))

    def add(self, spans: Iterable[Span]) -> None:
        for span in spans:
            insort(self._taken, span)

    def _meets(self, span: Span) -> bool:
        after = bisect_left(self._taken, (span[1],))
        return after > 0 and self._taken[after - 1][1] > span[0]
