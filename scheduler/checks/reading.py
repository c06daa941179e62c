"""Words of a post as the claim rules see them: small letters, straight apostrophes, and what stands between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from scheduler.domain.article import Span

_WORD = re.compile(r"[$€£]?\d+(?:[.,]\d+)*(?:%|[^\W\d_]+)?|[^\W\d_][\w'&]*")
_NUMBER = re.compile(r"([$€£]?)[\d.,]+(%?)")
_WIDEST_GAP = 3


class Break(IntEnum):
    """What separates a word from the next one: a phrase crosses no sentence, an excuse no clause."""

    NONE = 0
    CLAUSE = 1
    SENTENCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`words` with their `spans` in the text, `breaks` and `gaps` behind each, and whether its sentence asks."""

    words: Sequence[str]
    spans: Sequence[Span]
    breaks: Sequence[Break]
    gaps: Sequence[str]
    asks: Sequence[bool]

    def span(self, first: int, end: int) -> Span:
        """The characters from a word up to, but without, the word `end`."""
        return self.spans[first][0], self.spans[end - 1][1]


def read(text: str) -> Reading:
    """The words of a text."""
    straight = straighten(text)
    spans = [match.span() for match in _WORD.finditer(straight)]
    edges = [start for start, _ in spans[1:]] + [len(straight)]
    gaps = [straight[end:edge] for (_, end), edge in zip(spans, edges, strict=False)]
    breaks = [_break(gap) for gap in gaps]
    return Reading(
        words=[straight[start:end] for start, end in spans],
        spans=spans,
        breaks=breaks,
        gaps=gaps,
        asks=_asks(breaks, gaps),
    )


def straighten(text: str) -> str:
    """Lower case and straight apostrophes, each character in its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(small if len(small := character.lower()) == 1 else character for character in text)
    return low.replace("’", "'")


def shape(word: str) -> str:
    """`#` for a number, with the sign that it has; empty for any other word."""
    number = _NUMBER.fullmatch(word)
    return f"{number.group(1)}#{number.group(2)}" if number else ""


def _break(gap: str) -> Break:
    if not 0 < len(gap) <= _WIDEST_GAP or any(character in ".!?…\n" for character in gap):
        return Break.SENTENCE
    return Break.CLAUSE if any(character in ",;:–—" for character in gap) else Break.NONE


def _asks(breaks: Sequence[Break], gaps: Sequence[str]) -> list[bool]:
    """For each word whether its sentence ends in a question mark."""
    asks: list[bool] = []
    asked = False
    for kind, gap in zip(reversed(breaks), reversed(gaps), strict=True):
        asked = "?" in gap if kind is Break.SENTENCE else asked
        asks.append(asked)
    return asks[::-1]
