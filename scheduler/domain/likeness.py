"""How much two texts have in common: what keeps one article from saying the same twice, and finds a sentence again
after it was edited. No word list of any language is needed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

SAME_SHARE = 0.7
"""Of the words that carry meaning, counted in the shorter text: from here on both say the same."""
REWORDED_SHARE = 0.6
"""Of all words, in their order: from here on one is the other one reworded."""
LONG = 4
STEM = 6

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_SYMBOL = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


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


def likeness(one: str, other: str) -> float:
    """The share of words, from 0 to 1, that both have in the same order."""
    mine, theirs = (_SYMBOL.findall(text.casefold()) for text in (one, other))
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()


def reworded(one: str, other: str) -> bool:
    """Whether these are two versions of one sentence."""
    return likeness(one, other) >= REWORDED_SHARE or says_the_same(meaning(one), meaning(other))
