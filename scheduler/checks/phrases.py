"""The small language in which claim rules are written: words, not regular expressions, so that no rule can hang.

Words stand between spaces; `a|b` is either; `heal*` is any ending; `#` is a number; `it_band` is two words in one
place; `..` is up to two words between, `...` up to six; `@name` is a list from the file's `[words]`; a last `?` asks
that the sentence is a question. In what excuses a finding `~` stands for the words found. Case and the shape of
apostrophes don't matter. What a phrase may cost is bounded by its gaps, of which it has few.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scheduler.checks.reading import Break, Reading, shape

HEAD = 3
"""Characters of a word with any ending by which phrases are looked up."""
FOUND = "~"
ASKED = "?"
MOST_GAPS = 4
FURTHEST = 24
"""So many words before what was found an excuse may begin."""
TURNS = frozenset({"only", "just", "merely", "simply", "but", "until", "unless", "fail", "fails", "failed", "failing"})
"""Words over which no excuse reaches: not only, not until, never fails to."""

_ELEMENT = re.compile(r"@?[\w'%$€£&*#-]{1,60}(?:\|@?[\w'%$€£&*#-]{1,60}){0,300}")
_PIECE = re.compile(r"[^\W_][\w'&%]*\*?|[$€£]?[#\d]+%?|\*")
_GAPS = {"..": 2, "...": 6}
_Pieces = tuple[tuple[str, str], ...]
"""The words of one alternative, each with the sign that joins it to the one before: a hyphen, or nothing special."""
_Range = tuple[int, int]


class PhraseUnusable(ValueError):
    """A phrase that isn't written in the language above."""


@dataclass(frozen=True, slots=True)
class _Element:
    """One word's place in a phrase: what may stand there."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    shapes: frozenset[str]
    longer: Mapping[str, Sequence[_Pieces]]

    def ends(self, reading: Reading, at: int) -> Sequence[int]:
        """Each word up to which it reaches when it begins with the word `at`."""
        word = reading.words[at]
        alone = word in self.words or word.startswith(self.beginnings) or (self.shapes and shape(word) in self.shapes)
        one = (at + 1,) if alone else ()
        if not self.longer:
            return one
        several = (*self.longer.get(word, ()), *self.longer.get("", ()))
        return (*one, *(at + len(pieces) for pieces in several if _is_there(pieces, reading, at)))

    @property
    def heads(self) -> frozenset[str]:
        """By what it can be looked up, as `heads_of` gives for a word."""
        firsts = [pieces[0][0] for several in self.longer.values() for pieces in several]
        keys = {f"={word}" for word in self.words} | {f"^{begin[:HEAD]}" for begin in self.beginnings}
        return frozenset(keys | {"#" for _ in self.shapes} | {_head(first) for first in firsts})


@dataclass(frozen=True, slots=True)
class _Step:
    """An element, or the words found where it is None, after up to `gap` other words."""

    gap: int
    element: _Element | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to look for; an excuse when it reaches within a clause only."""

    steps: tuple[_Step, ...]
    is_question: bool
    is_excuse: bool

    @property
    def heads(self) -> frozenset[str]:
        """By what it can be looked up."""
        return self._first.heads if self._first else frozenset()

    @property
    def _first(self) -> _Element | None:
        return self.steps[0].element

    def ends(self, reading: Reading, at: int, found: _Range = (-1, -1)) -> Iterator[int]:
        """Each word up to which the phrase reaches when it begins with the word `at`, the nearest first."""
        if self._first and not self._first.ends(reading, at):
            return iter(())
        ends = self._ends(reading, 0, at, found)
        return (end for end in ends if reading.asks[end - 1]) if self.is_question else ends

    def spans(self, reading: Reading) -> Iterator[_Range]:
        """Wherever it stands."""
        return ((at, end) for at in range(len(reading.words)) for end in self.ends(reading, at))

    def excuses(self, reading: Reading, found: _Range) -> bool:
        """Whether it covers the words found, or stands beside them."""
        beside = any(step.element is None for step in self.steps)
        first = found[0] if self._first is None else max(0, found[0] - FURTHEST)
        return any(
            beside or end >= found[1] for at in range(first, found[0] + 1) for end in self.ends(reading, at, found)
        )

    def _ends(self, reading: Reading, number: int, at: int, found: _Range) -> Iterator[int]:
        if number == len(self.steps):
            yield at
            return
        step, widest = self.steps[number], Break.NONE if self.is_excuse else Break.CLAUSE
        for place in range(at, min(at + step.gap + 1, len(reading.words))):
            if number and reading.breaks[place - 1] > widest:
                return
            there = found[1:] if place == found[0] else ()
            for end in step.element.ends(reading, place) if step.element else there:
                yield from self._ends(reading, number + 1, end, found)
            if self.is_excuse and reading.words[place] in TURNS:
                return


def heads_of(word: str) -> Iterator[str]:
    """Under what phrases are to be looked up that may begin with this word."""
    yield f"={word}"
    for length in range(HEAD + 1):
        yield f"^{word[:length]}"
    if shape(word):
        yield "#"


def phrase_of(words: str, lists: Mapping[str, str]) -> Phrase:
    """What finds `words`; `lists` are those of `[words]`. Raises PhraseUnusable, saying why."""
    return _phrase(words, lists, is_excuse=False)


def excuse_of(words: str, lists: Mapping[str, str]) -> Phrase:
    """What excuses a finding. Raises PhraseUnusable, saying why."""
    if words.split().count(FOUND) > 1 or not set(words.split()) - {FOUND}:
        raise PhraseUnusable(f"an excuse says what stands before or after one “{FOUND}”")
    return _phrase(words, lists, is_excuse=True)


def _phrase(words: str, lists: Mapping[str, str], *, is_excuse: bool) -> Phrase:
    elements = words.split()
    is_question = elements[-1:] == [ASKED]
    elements = elements[:-1] if is_question else elements
    if is_question and elements and elements[-1] in _GAPS:
        elements.pop()
    if not elements or elements[0] in _GAPS or elements[-1] in _GAPS:
        raise PhraseUnusable("a phrase begins and ends with a word")
    if sum(element in _GAPS for element in elements) > MOST_GAPS:
        raise PhraseUnusable(f"it has more than {MOST_GAPS} gaps")
    steps: list[_Step] = []
    gap = 0
    for element in elements:
        if element in _GAPS:
            gap = _GAPS[element]
        else:
            place = None if is_excuse and element == FOUND else _element(_alternatives(element, lists))
            steps.append(_Step(gap, place))
            gap = 0
    return Phrase(tuple(steps), is_question, is_excuse)


def _alternatives(element: str, lists: Mapping[str, str]) -> tuple[str, ...]:
    if not _ELEMENT.fullmatch(element):
        raise PhraseUnusable(f"“{element}” isn't a word, nor words between bars")
    expanded: list[str] = []
    for word in element.lower().split("|"):
        if word.startswith("@") and word[1:] not in lists:
            raise PhraseUnusable(f"there is no list “{word}”")
        expanded += lists[word[1:]].lower().split() if word.startswith("@") else [word]
    return tuple(expanded)


@cache
def _element(alternatives: tuple[str, ...]) -> _Element:
    words: set[str] = set()
    beginnings: set[str] = set()
    shapes: set[str] = set()
    longer: dict[str, list[_Pieces]] = defaultdict(list)
    for word in alternatives:
        pieces = _pieces(word)
        first = pieces[0][0]
        if len(pieces) > 1:
            longer["" if _is_open(first) else first].append(pieces)
        elif "#" in first:
            shapes.add(first)
        elif first.endswith("*"):
            beginnings.add(first[:-1])
        else:
            words.add(first)
    return _Element(frozenset(words), tuple(beginnings), frozenset(shapes), longer)


def _pieces(word: str) -> _Pieces:
    parts = re.split(r"([_-])", word)
    pieces = tuple(zip(parts[::2], ["", *parts[1::2]], strict=True))
    if not all(_PIECE.fullmatch(piece) for piece, _ in pieces) or all(piece == "*" for piece, _ in pieces):
        raise PhraseUnusable(f"“{word}” is no word; * stands at its end")
    return pieces


def _is_there(pieces: _Pieces, reading: Reading, at: int) -> bool:
    if at + len(pieces) > len(reading.words):
        return False
    for number, (piece, joint) in enumerate(pieces):
        if number and (reading.breaks[at + number - 1] or (joint == "-" and reading.gaps[at + number - 1] != "-")):
            return False
        if not _is_word(piece, reading.words[at + number]):
            return False
    return True


def _is_word(piece: str, word: str) -> bool:
    if "#" in piece:
        return shape(word) == piece
    return word.startswith(piece[:-1]) if piece.endswith("*") else word == piece


def _is_open(piece: str) -> bool:
    return piece.endswith("*") or "#" in piece


def _head(piece: str) -> str:
    if "#" in piece:
        return "#"
    return f"^{piece[:-1][:HEAD]}" if piece.endswith("*") else f"={piece}"
