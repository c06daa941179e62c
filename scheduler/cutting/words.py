"""Words and rough stems, so that “cause” meets “causes” and “becomes” meets “become”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from scheduler.cutting import vocabulary

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SUFFIX = re.compile(r"(?:ing|edly|ed|ies|es|s|ly|e|y)$")


def words(text: str) -> tuple[str, ...]:
    """Lower-case words in order, apostrophes straightened; at least one, so that `[0]` is safe."""
    return words_of(text.lower())


def words_of(low: str) -> tuple[str, ...]:
    """The same, of a text in lower case."""
    return tuple(_WORD.findall(low.replace("’", "'"))) or ("",)


def stems(text: str) -> frozenset[str]:
    """Rough stems of the words that carry meaning."""
    return stems_of(words(text))


def stems_of(said: Iterable[str]) -> frozenset[str]:
    """The same, of words that were taken out before."""
    return frozenset(chain.from_iterable(map(_stems, said)))


@lru_cache(maxsize=16384)
def _stems(word: str) -> tuple[str, ...]:
    """None of a word that carries no meaning; pairs of neighbours where a script puts no space between words."""
    if _UNSPACED.match(word):
        return tuple(word[at : at + 2] for at in range(max(1, len(word) - 1)))
    if len(word) <= 2 or word in vocabulary.FUNCTION_WORDS:
        return ()
    bare = word.partition("'")[0]
    return (_SUFFIX.sub("", bare) if len(bare) > 4 else bare.removesuffix("s"),)
