"""Raises what the author made stand out: whole sentences in bold, and block quotes."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.cutting.judging import Judged
from scheduler.domain.article import Article, BlockKind, Mark, MarkKind

MOST_OF_A_SENTENCE = 0.9

Favour = tuple[float, str]
"""What share of the way to 1 a sentence's score is raised by, and why, in words."""

NONE: Favour = (0.0, "")
BOLD: Favour = (0.4, "the author made it bold")
QUOTED: Favour = (0.3, "the author set it apart as a quote")


def favours(article: Article, sentences: Sequence[Judged]) -> list[Favour]:
    """One a sentence, in order."""
    bold = sorted((mark for mark in article.marks if mark.kind is MarkKind.BOLD), key=lambda mark: mark.start)
    found: list[Favour] = []
    first = 0
    for one in sentences:
        while first < len(bold) and bold[first].end <= one.segment.start:
            first += 1
        if _covered(one, bold, first) >= MOST_OF_A_SENTENCE * (one.segment.end - one.segment.start):
            found.append(BOLD)
        else:
            found.append(QUOTED if one.segment.block.kind is BlockKind.QUOTE else NONE)
    return found


def _covered(one: Judged, marks: Sequence[Mark], first: int) -> int:
    """How many characters of the sentence these marks cover, from the one at `first` on."""
    start, end = one.segment.start, one.segment.end
    covered = 0
    for index in range(first, len(marks)):
        if marks[index].start >= end:
            break
        covered += min(end, marks[index].end) - max(start, marks[index].start)
    return covered


def raised(score: float, favour: Favour) -> float:
    """`score`, between 0 and 1, on its way to 1."""
    return round(score + (1 - score) * favour[0], 4)
