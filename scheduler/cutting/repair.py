"""Mends a sentence for standing alone, word for word: ranges are left out and listed, never anything put in.

Nothing that softens or denies a statement is ever left out, no quantity and no name; see `vocabulary.HEDGES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.cutting import english, vocabulary
from scheduler.cutting.boundaries import MARK
from scheduler.domain.article import Repair, RepairKind, Span

_FIGURE = (
    r"\((?:see )?(?:fig(?:ure|s|\.)?|table|tab\.|image|photo|chart)\.? ?\d{1,2}[a-z]?(?: ?(?:,|and|–|-) ?\d{1,2})?\)"
)
_CITATION = re.compile(rf"\s?(?:{_FIGURE}|{MARK})(?=[\s.,;:!?)\[(]|$)", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)$", re.IGNORECASE)
_OPENERS = (
    (RepairKind.CONNECTIVE, english.CONNECTIVE),
    (RepairKind.CONNECTIVE, english.CONNECTIVE),
    (RepairKind.CLAUSE, english.LEADING_CLAUSE),
)
_SPACE = re.compile(r"\s+(?=[,.;](?![\d.]))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A sentence as it may stand alone: its place, what was left out, and the words that remain."""

    span: Span
    repairs: tuple[Repair, ...]
    text: str


def mend(text: str, span: Span, *, english_rules: bool) -> Mended:
    """The sentence at `span` of `text`, repaired."""
    cuts = list(_marks(text, span))
    if english_rules:
        cuts += _openers(text, span)
        cuts += _trailing(text, span)
    cuts += _spaces(text, span, cuts)
    repairs = tuple(sorted(cuts, key=lambda cut: cut.start))
    return Mended(span=span, repairs=repairs, text=remaining(text, (span,), repairs))


def remaining(text: str, spans: Sequence[Span], repairs: Sequence[Repair]) -> str:
    """What `spans` say once `repairs` are left out: white space collapsed, the first letter raised."""
    kept = " ".join("".join(_kept(text, span, repairs)) for span in spans)
    words = " ".join(kept.split())
    return words[:1].upper() + words[1:] if len(words[:1].upper()) == 1 else words


def _kept(text: str, span: Span, repairs: Sequence[Repair]) -> Iterator[str]:
    at, end = span
    for repair in sorted(repairs, key=lambda repair: repair.start):
        if at <= repair.start and repair.end <= end:
            yield text[at : repair.start]
            at = repair.end
    yield text[at:end]


def _marks(text: str, span: Span) -> Iterator[Repair]:
    for found in _CITATION.finditer(text, *span):
        if not _NUMBER_WORD.search(text, max(span[0], found.start() - 12), found.start()):
            yield Repair(kind=RepairKind.CITATION, start=found.start(), end=found.end())


def _openers(text: str, span: Span) -> Iterator[Repair]:
    """Connectives and clauses about the text itself, one after the other, as long as a sentence is left."""
    at, end = span
    for kind, pattern in _OPENERS:
        found = pattern.match(text, at, end)
        if found and found.end() < end and not softens(found.group()):
            yield Repair(kind=kind, start=at, end=found.end())
            at = found.end()


def _trailing(text: str, span: Span) -> Iterator[Repair]:
    clause = english.TRAILING_CLAUSE.search(text, *span)
    if clause and not softens(clause.group()):
        yield Repair(kind=RepairKind.CLAUSE, start=clause.start(), end=clause.end())


def _spaces(text: str, span: Span, cuts: Sequence[Repair]) -> Iterator[Repair]:
    for found in _SPACE.finditer(text, *span):
        if not any(cut.start < found.end() and found.start() < cut.end for cut in cuts):
            yield Repair(kind=RepairKind.SPACING, start=found.start(), end=found.end())


def softens(words: str) -> bool:
    """Whether leaving these words out would drop a hedge or a negation."""
    low = words.lower()
    return english.NEGATION.search(low) is not None or not vocabulary.HEDGES.isdisjoint(re.findall(r"[a-z]+", low))
