"""How much two texts have in common: what keeps one article from saying the same twice, and finds a sentence again
after it was edited. No word list of any language is needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

SAME_SHARE = 0.7
"""Of the words that carry meaning, counted in the shorter text: from here on both say the same."""
REWORDED_SHARE = 0.6
"""Of all words, in their order: from here on one is the other one reworded."""
LONG = 4
STEM = 6
CACHED = 2_048

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_SYMBOL = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


@lru_cache(maxsize=CACHED)
def meaning(text: str) -> frozenset[str]:
    """The beginnings of the words that carry meaning: the longer ones and numbers; in Chinese and Japanese, each pair
    of neighbouring characters. Every word where all are short."""
    words = _WORD.findall(text.casefold())
    telling = [word for word in words if len(word) >= LONG or word.isdigit() or not word.isascii()]
    return frozenset(part for word in telling or words for part in _parts(word))


def _parts(word: str) -> list[str]:
    if re.match(f"[{_UNSPACED}]", word) and len(word) > 1:
        return [word[at : at + 2] for at in range(len(word) - 1)]
    return [word[:STEM]]


def says_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most of what the shorter one means is in the longer one; both as `meaning` gives them."""
    return len(one & other) >= SAME_SHARE * max(1, min(len(one), len(other)))


def rewordings(one: str, others: Sequence[str]) -> list[float]:
    """For each of `others`: the share of words, from 0 to 1, that it has in common with `one`, in their order.

    It is 0 where the two are no versions of one sentence: the share is below REWORDED_SHARE, and they don't say the
    same either.
    """
    matcher = SequenceMatcher(None, b=_symbols(one), autojunk=False)
    means = meaning(one)
    return [_share(matcher, other, says_the_same(means, meaning(other))) for other in others]


@lru_cache(maxsize=CACHED)
def _symbols(text: str) -> tuple[str, ...]:
    return tuple(_SYMBOL.findall(text.casefold()))


def _share(matcher: SequenceMatcher[str], other: str, same: bool) -> float:
    matcher.set_seq1(_symbols(other))
    # The two quick ones are upper bounds, and spare most of the work where nothing is alike.
    if not same and min(matcher.real_quick_ratio(), matcher.quick_ratio()) < REWORDED_SHARE:
        return 0
    ratio = matcher.ratio()
    return ratio if same or ratio >= REWORDED_SHARE else 0
