"""The small language in which claim rules are written: words, not regular expressions, so that no rule can hang.

Words stand between spaces; `a|b` is either; `heal*` is any ending; `#` is a number; `it_band` is two words in one
place; `..` is up to two words between, `...` up to six; `@name` is a list from the file's `[words]`; a last `?` asks
that the sentence is a question. In what excuses a finding `~` stands for the words found. Case and the shape of
apostrophes don't matter. Every repetition in what this compiles to is bounded, and it is compiled when first needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scheduler.domain.article import Span

HEAD = 3
"""Characters of a word by which phrases are looked up."""
FOUND = "~"
ASKED = "?"

_ELEMENT = re.compile(r"@?[\w'%$€£&*#-]{1,60}(?:\|@?[\w'%$€£&*#-]{1,60}){0,300}")
_LETTER = re.compile(r"[^\W_]|[#%$€£&]")
_GAPS = {"..": 2, "...": 6}
_WITHIN_SENTENCE = r"[^\w.!?]{1,3}"
_WITHIN_CLAUSE = r"[^\w.!?,;:–—]{1,3}"
# Words over which no denial reaches: not only, not until, never fails to.
_NO_TURN = r"(?!(?:only|just|merely|simply|but|until|unless|fail|fails|failed|failing)(?![\w']))"
_BEGINS, _ENDS = r"(?<![\w'])", r"(?![\w'])"
_NUMBER = r"\\d{1,6}(?:[.,]\\d{1,3}){0,3}"
_START = re.compile(r"(?<![\w'])[\w'%$€£&-]")
_LONGEST_EXCUSE = 400


class PhraseUnusable(ValueError):
    """A phrase that isn't written in the language above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words to look for in `straighten`ed text; `heads` are the at most HEAD characters it can begin with."""

    source: str
    heads: frozenset[str]

    def match(self, text: str, start: int) -> Span | None:
        """Where the phrase stands that begins at `start`."""
        match = _compiled(self.source).match(text, start)
        return match.span() if match else None

    def stands_in(self, text: str) -> bool:
        """Whether it stands anywhere."""
        return bool(_compiled(self.source).search(text))

    def spans(self, text: str) -> Iterator[Span]:
        """Every place where it stands, one after the other."""
        return (match.span() for match in _compiled(self.source).finditer(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Excuse:
    """What makes a finding harmless: words that cover it, or words within the clause `before` and `after` it."""

    covering: Phrase | None = None
    before: str = ""
    after: str = ""

    def holds(self, text: str, found: Span) -> bool:
        """Whether the finding at `found` is excused."""
        start, end = found
        if self.covering:
            return any(one <= start and end <= other for one, other in self.covering.spans(text))
        if self.before and not _compiled(self.before).search(text, max(0, start - _LONGEST_EXCUSE), start):
            return False
        return not self.after or bool(_compiled(self.after).match(text, end))


_compiled = cache(re.compile)


def starts(text: str) -> Iterator[int]:
    """Where a phrase may begin."""
    return (match.start() for match in _START.finditer(text))


def phrase_of(words: str, lists: Mapping[str, str], *, within_clause: bool = False) -> Phrase:
    """What finds `words`; `lists` are those of `[words]`. Raises PhraseUnusable, saying why.

    A match never crosses the end of a sentence; with `within_clause` it crosses no comma either.
    """
    elements = words.split()
    if not elements or not _is_word(elements[0]) or elements[-1] in _GAPS:
        raise PhraseUnusable("a phrase begins and ends with a word")
    source = _sequence(elements, lists, _WITHIN_CLAUSE if within_clause else _WITHIN_SENTENCE)
    return Phrase(source=_BEGINS + source, heads=frozenset(map(_head, _alternatives(elements[0], lists))))


def excuse_of(words: str, lists: Mapping[str, str]) -> Excuse:
    """What excuses a finding. Raises PhraseUnusable, saying why."""
    elements = words.split()
    if FOUND not in elements:
        return Excuse(covering=phrase_of(words, lists, within_clause=True))
    at = elements.index(FOUND)
    before, after = elements[:at], elements[at + 1 :]
    hangs = (before and not _is_word(before[0])) or (after and after[-1] in _GAPS)
    if not (before or after) or FOUND in after or hangs:
        raise PhraseUnusable(f"an excuse says what stands before or after one “{FOUND}”")
    return Excuse(
        before=f"{_BEGINS}{_sequence(before, lists, _WITHIN_CLAUSE)}{_WITHIN_CLAUSE}\\Z" if before else "",
        after=_sequence([FOUND, *after], lists, _WITHIN_CLAUSE) if after else "",
    )


def straighten(text: str) -> str:
    """Lower case and straight apostrophes, each character in its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(small if len(small := character.lower()) == 1 else character for character in text)
    return low.replace("’", "'")


def _is_word(element: str) -> bool:
    return element not in _GAPS and element not in (FOUND, ASKED)


def _sequence(elements: Sequence[str], lists: Mapping[str, str], between: str) -> str:
    turned = _NO_TURN if between == _WITHIN_CLAUSE else ""
    parts: list[str] = []
    for index, element in enumerate(elements):
        if element in _GAPS:
            parts.append(rf"(?:{between}{turned}[$€£]?[\w'%-]{{1,40}}){{0,{_GAPS[element]}}}")
        elif element == ASKED and index == len(elements) - 1:
            parts.append(r"[^.!?]{0,300}\?")
        elif element != FOUND:
            parts.append((between if index else "") + _either(element, lists, between))
    return "".join(parts) + ("" if elements[-1] in _GAPS else _ENDS)


def _either(element: str, lists: Mapping[str, str], between: str) -> str:
    longest_first = sorted(_alternatives(element, lists), key=len, reverse=True)
    return f"(?:{'|'.join(_word(word, between) for word in longest_first)})"


def _alternatives(element: str, lists: Mapping[str, str]) -> list[str]:
    if not _ELEMENT.fullmatch(element):
        raise PhraseUnusable(f"“{element}” isn't a word, nor words between bars")
    expanded: list[str] = []
    for word in element.lower().split("|"):
        if word.startswith("@") and word[1:] not in lists:
            raise PhraseUnusable(f"there is no list “{word}”")
        expanded += lists[word[1:]].lower().split() if word.startswith("@") else [word]
    if not all(_LETTER.search(word) for word in expanded):
        raise PhraseUnusable(f"“{element}” holds a word without a letter")
    return expanded


def _word(word: str, between: str) -> str:
    escaped = between.join(re.escape(part) for part in word.split("_"))
    return re.sub(r"\\#", _NUMBER, escaped).replace(r"\*", r"[\w'-]{0,20}")


def _head(word: str) -> str:
    return re.split(r"[*#_]", word, maxsplit=1)[0][:HEAD]
