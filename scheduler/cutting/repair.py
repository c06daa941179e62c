"""Mends a sentence for standing alone, word for word: ranges are left out and listed, never anything put in.

Nothing that softens or denies a statement is ever left out, no quantity and no name; see `vocabulary.HEDGES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.cutting import english, vocabulary
from scheduler.cutting.boundaries import MARK
from scheduler.cutting.rules import Rules
from scheduler.domain.article import Repair, RepairKind, Span

_FIGURE = (
    r"\((?:see )?(?:fig(?:ure|s|\.)?|table|tab\.|image|photo|chart)\.? ?\d{1,2}[a-z]?(?: ?(?:,|and|–|-) ?\d{1,2})?\)"
)
_ONE_NUMBER = r"\(\d{1,3}\)"
_CITATION = re.compile(
    rf"\s?(?:{_FIGURE}|(?!{_ONE_NUMBER}){MARK}|\(\d{{1,2}}\)(?=\s?[.,;:!?\[(]|$))(?=[\s.,;:!?)\[(]|$)", re.IGNORECASE
)
_MARK_SIGN = re.compile(r"[(\[¹²³⁰⁴-⁹]")
_NUMBER_WORD = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)$", re.IGNORECASE)
CLAUSE_CHARACTERS = 120
LONGEST_MENDED = 2000

_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
_LABEL = re.compile(r"(?:[•▪‣⁃◦]\s?)?(?:\(?\d{1,2}[.)]{1,2}|[a-z]\)|[•▪‣⁃◦])\s{1,3}(?=[^\s\d])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A sentence as it may stand alone: its place, what was left out, and the words that remain."""

    span: Span
    repairs: tuple[Repair, ...]
    text: str


def mend(text: str, span: Span, rules: Rules) -> Mended:
    """The sentence at `span` of `text`, repaired; a list's own number or bullet before it isn't part of it."""
    label = _LABEL.match(text, *span)
    span = (label.end(), span[1]) if label else span
    repairs = tuple(sorted(_cuts(text, span, rules), key=lambda cut: cut.start))
    return Mended(span=span, repairs=repairs, text=remaining(text, (span,), repairs))


def _cuts(text: str, span: Span, rules: Rules) -> list[Repair]:
    """Each kind is only gone after where a quick look finds its sign; a sentence that is no sentence stays as it is."""
    cuts: list[Repair] = []
    if span[1] - span[0] > LONGEST_MENDED:
        return cuts
    if _MARK_SIGN.search(text, *span):
        cuts += _marks(text, span)
    if rules.connective.match(text, *span) or rules.leading_clause.match(text, *span):
        cuts += _openers(text, span, rules)
    if text.endswith(rules.trailing_ends, span[0], span[1] - 1):
        cuts += _trailing(text, span, rules)
    if rules.after_odd_space.search(text, *span):
        cuts += _spaces(text, span, tuple(cuts), rules)
    return cuts


def remaining(text: str, spans: Sequence[Span], repairs: Sequence[Repair]) -> str:
    """What `spans` say once `repairs` are left out: white space collapsed, the first letter raised.

    Spans are joined by a space; neighbours that their script writes without one are not.
    """
    words, end = "", 0
    for span in spans:
        part = (
            " ".join("".join(_kept(text, span, repairs)).split()) if repairs else " ".join(text[slice(*span)].split())
        )
        apart = words and not (touches(words, part) and "\n" not in text[end : span[0]])
        words, end = f"{words}{' ' if apart else ''}{part}", span[1]
    return words[:1].upper() + words[1:] if len(words[:1].upper()) == 1 else words


def touches(before: str, after: str) -> bool:
    """Whether two sentences stand side by side without a space, as in Chinese and Japanese."""
    return _UNSPACED.match(before[-1:]) is not None and _UNSPACED.match(after) is not None


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


def _openers(text: str, span: Span, rules: Rules) -> Iterator[Repair]:
    """At most two connectives, then a clause about the text itself, as long as a sentence is left."""
    at, end = span
    for _ in range(2):
        if not (found := _droppable(rules.connective.match(text, at, end), end, rules)):
            break
        yield Repair(kind=RepairKind.CONNECTIVE, start=at, end=found)
        at = found
    if found := _droppable(rules.leading_clause.match(text, at, end), end, rules):
        yield Repair(kind=RepairKind.CLAUSE, start=at, end=found)


def _droppable(found: re.Match[str] | None, end: int, rules: Rules) -> int:
    """Where the opener ends, if one was found that may go; 0 otherwise."""
    if found is None or found.end() >= end or (rules.english and softens(found.group())):
        return 0
    return found.end()


def _trailing(text: str, span: Span, rules: Rules) -> Iterator[Repair]:
    clause = rules.trailing_clause.search(text, max(span[0], span[1] - CLAUSE_CHARACTERS), span[1])
    if clause and not (rules.english and softens(clause.group())):
        yield Repair(kind=RepairKind.CLAUSE, start=clause.start(), end=clause.end())


def _spaces(text: str, span: Span, cuts: Sequence[Repair], rules: Rules) -> Iterator[Repair]:
    for found in rules.after_odd_space.finditer(text, *span):
        end = found.start()
        start = end - 1
        while start > span[0] and text[start - 1].isspace():
            start -= 1
        if start > span[0] and not any(cut.start < end and start < cut.end for cut in cuts):
            yield Repair(kind=RepairKind.SPACING, start=start, end=end)


def softens(words: str) -> bool:
    """Whether leaving these words out would drop a hedge or a negation."""
    low = words.lower()
    return english.NEGATION.search(low) is not None or not vocabulary.HEDGES.isdisjoint(re.findall(r"[a-z]+", low))
