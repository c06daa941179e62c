"""The small language in which claim rules are written: words, not regular expressions, so that no rule can hang.

Words stand between spaces; `a|b` is either; `heal*` is any ending; `#` is a number; `it_band` is two words in one
place; `..` is up to two words between, `...` up to six; `@name` is a list from the file's `[words]`. Case and the shape
of apostrophes don't matter. Every repetition in what this compiles to is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ELEMENT = re.compile(r"@?[\w'%$€£&*#-]{1,60}(?:\|@?[\w'%$€£&*#-]{1,60}){0,300}")
_GAPS = {"..": 2, "...": 6}
_WITHIN_SENTENCE = r"[^\w.!?]{1,3}"
_WITHIN_CLAUSE = r"[^\w.!?,;:–—]{1,3}"


class PhraseUnusable(ValueError):
    """A phrase that isn't written in the language above."""


def compile_phrase(phrase: str, words: Mapping[str, str], *, within_clause: bool = False) -> re.Pattern[str]:
    """The pattern that finds `phrase` in `straighten`ed text. Raises PhraseUnusable, saying why.

    A match never crosses the end of a sentence; with `within_clause` it crosses no comma either.
    """
    between = _WITHIN_CLAUSE if within_clause else _WITHIN_SENTENCE
    elements = phrase.split()
    if not elements or elements[0] in _GAPS or elements[-1] in _GAPS:
        raise PhraseUnusable("a phrase begins and ends with a word")
    parts: list[str] = []
    for element in elements:
        if element in _GAPS:
            parts.append(rf"(?:{between}[\w'%-]{{1,40}}){{0,{_GAPS[element]}}}")
        else:
            parts.append((between if parts else "") + _either(element, words, between))
    return re.compile(rf"(?<![\w']){''.join(parts)}(?![\w'])")


def straighten(text: str) -> str:
    """Lower case and straight apostrophes, each character in its place."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text).replace("’", "'")


def _either(element: str, words: Mapping[str, str], between: str) -> str:
    if not _ELEMENT.fullmatch(element):
        raise PhraseUnusable(f"“{element}” isn't a word, nor words between bars")
    expanded: list[str] = []
    for word in element.lower().split("|"):
        if word.startswith("@") and word[1:] not in words:
            raise PhraseUnusable(f"there is no list “{word}”")
        expanded += words[word[1:]].lower().split() if word.startswith("@") else [word]
    longest_first = sorted(expanded, key=len, reverse=True)
    return f"(?:{'|'.join(_word(word, between) for word in longest_first)})"


def _word(word: str, between: str) -> str:
    escaped = between.join(re.escape(part) for part in word.split("_"))
    return escaped.replace(r"\*", r"[\w'-]{0,20}").replace(r"\#", r"\d{1,6}")
