"""Looks at each sentence alone: its words as repaired, how it stands, and what speaks against any use of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate

from scheduler.cutting import gates
from scheduler.cutting.languages import rules_of
from scheduler.cutting.leaning import Leaning, leaning, takes_up
from scheduler.cutting.repair import Mended, mend
from scheduler.cutting.rules import Rules
from scheduler.cutting.segment import QUOTABLE, Segment, segments
from scheduler.cutting.speakers import speakers
from scheduler.cutting.words import stems_of, words_of
from scheduler.domain.article import Article, Span

_QUESTION_MARKS = ("?", "؟", "？")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sentence with its repaired words; `said` are these in lower case, `stems` what carries meaning of them.

    `asks` tells a question.
    """

    segment: Segment
    mended: Mended
    leaning: Leaning
    why_not: str | None
    asks: bool
    said: tuple[str, ...]
    stems: frozenset[str]


def judged(article: Article) -> list[Judged]:
    """Every sentence of the article, in order."""
    rules = rules_of(article.language)
    others = speakers(article)
    calls = _Ranges([(call.start, call.end) for call in article.calls_to_action])
    found: list[Judged] = []
    told: set[str] = set()
    for segment in segments(article):
        one = _judged(article, segment, rules, told, _of_place(article, segment, calls, others))
        found.append(one)
        told |= one.stems if segment.block.kind in QUOTABLE else frozenset()
    return found


def _judged(article: Article, segment: Segment, rules: Rules, told: AbstractSet[str], why_not: str | None) -> Judged:
    """`told` are the stems of the sentences before it, `why_not` what its place says against it."""
    mended = mend(article.text, (segment.start, segment.end), rules)
    low = mended.text.lower()
    said = words_of(low)
    known = frozenset(said)
    return Judged(
        segment=segment,
        mended=mended,
        leaning=Leaning.LOST if rules.english and takes_up(low, told) else leaning(low, known, rules),
        why_not=why_not
        or gates.of_words(mended.text, low, known, rules)
        or gates.of_ends(mended.text, article.text[segment.start]),
        asks=mended.text.rstrip("\"”’')»」』 ").endswith(_QUESTION_MARKS),
        said=said,
        stems=stems_of(said),
    )


def _of_place(article: Article, segment: Segment, calls: _Ranges, others: Mapping[int, str]) -> str | None:
    if speaker := others.get(segment.block.start):
        return f"it gives the words of {speaker}"
    return gates.of_place(article, segment, asks_to_call=calls.meet((segment.start, segment.end)))


class _Ranges:
    """Ranges that are asked often whether they meet another one."""

    def __init__(self, ranges: list[Span]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def meet(self, span: Span) -> bool:
        """Whether one of them shares a place with `span`."""
        before = bisect_right(self._starts, span[1] - 1)
        return before > 0 and self._furthest[before - 1] > span[0]
