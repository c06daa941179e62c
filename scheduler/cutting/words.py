"""Words and rough stems, so that “cause” meets “causes” and “becomes” meets “become”."""

from __future__ import annotations

import re
from functools import lru_cache

from scheduler.cutting import vocabulary

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SUFFIX = re.compile(r"(?:ing|edly|ed|ies|es|s|ly|e|y)$")


def words(text: str) -> tuple[str, ...]:
    """Lower-case words in order, apostrophes straightened; at least one, so that `[0]` is safe."""
    return tuple(_WORD.findall(text.lower().replace("’", "'"))) or ("",)


def stems(text: str) -> frozenset[str]:
    """Rough stems of the words that carry meaning."""
    return frozenset(_stem(word) for word in words(text) if len(word) > 2 and word not in vocabulary.FUNCTION_WORDS)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    bare = word.partition("'")[0]
    return _SUFFIX.sub("", bare) if len(bare) > 4 else bare.removesuffix("s")
