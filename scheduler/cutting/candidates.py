"""Builds what could be posted: a sentence alone, a question with its answer, or two neighbours that belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.cutting import english, gates, vocabulary
from scheduler.cutting.judging import Judged
from scheduler.cutting.leaning import Leaning, may_lean
from scheduler.cutting.repair import touches
from scheduler.cutting.rules import Rules
from scheduler.domain.article import Repair, RepairKind, Span

__all__ = ["Candidate", "Judged", "candidates"]

SHORT_STATEMENT = 45

_EDGED = vocabulary.ABSOLUTES | vocabulary.KEY_WORDS | vocabulary.PERSONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One or more neighbouring sentences, by index; `reason` says why they belong together.

    `heading` and `breaks` are a list's, as in `Excerpt`.
    """

    members: tuple[int, ...]
    text: str
    spans: tuple[Span, ...]
    repairs: tuple[Repair, ...]
    reason: str = ""
    heading: str = ""
    breaks: tuple[int, ...] = ()


def candidates(judged: Sequence[Judged], rules: Rules) -> tuple[tuple[Candidate, ...], tuple[Judged, ...]]:
    """What could be posted, and the sentences again, each unused one with its reason."""
    found = tuple(_find(judged, rules))
    used = {member for candidate in found for member in candidate.members}
    told = (
        one if one.why_not or index in used else replace(one, why_not=_unused(one)) for index, one in enumerate(judged)
    )
    return found, tuple(told)


def _find(judged: Sequence[Judged], rules: Rules) -> Iterator[Candidate]:
    taken = -1
    for index, one in enumerate(judged):
        if index <= taken or one.why_not or one.leaning is not Leaning.UPRIGHT:
            continue
        candidate = _pair(judged, index, rules) or _single(one, index, rules)
        if candidate:
            taken = candidate.members[-1]
            yield candidate


def _single(one: Judged, index: int, rules: Rules) -> Candidate | None:
    if one.asks or len(one.mended.text) < rules.shortest:
        return None
    return Candidate(members=(index,), text=one.mended.text, spans=(one.mended.span,), repairs=one.mended.repairs)


def _pair(judged: Sequence[Judged], index: int, rules: Rules) -> Candidate | None:
    """This sentence with the next of its paragraph, when they belong together and fit."""
    if index + 1 >= len(judged):
        return None
    one, following = judged[index], judged[index + 1]
    if following.segment.block is not one.segment.block or following.why_not or following.asks:
        return None
    reason = _bond(one, following, rules)
    if not reason:
        return None
    gap = "" if touches(one.mended.text, following.mended.text) else " "
    text = f"{one.mended.text}{gap}{following.mended.text}"
    if not rules.shortest <= len(text) <= rules.longest:
        return None
    between = Repair(kind=RepairKind.JOIN, start=one.segment.end, end=following.segment.start)
    join = (between,) if between.start < between.end else ()
    return Candidate(
        members=(index, index + 1),
        text=text,
        spans=(one.mended.span, following.mended.span),
        repairs=(*one.mended.repairs, *join, *following.mended.repairs),
        reason=reason,
    )


def _bond(one: Judged, following: Judged, rules: Rules) -> str:
    """Why the two belong together; empty when they don't, or when joining would raise a letter inside the excerpt."""
    start = following.segment.start
    if following.mended.span[0] != start or any(repair.start == start for repair in following.mended.repairs):
        return ""
    if one.asks:
        only_seeks_assent = rules.english and english.TAG_QUESTION.search(one.mended.text.lower())
        return "" if only_seeks_assent else "a question with its answer"
    if following.leaning is Leaning.JOINABLE and may_lean(following.mended.text, one.mended.text):
        return "joined with the next sentence, which leans on it"
    if (
        rules.english
        and following.leaning is Leaning.UPRIGHT
        and _plain(one)
        and not one.stems.isdisjoint(following.stems)
    ):
        return "a short statement joined with the sentence that carries it on"
    return ""


def _plain(one: Judged) -> bool:
    """A short statement without edge: nothing denied, compared, demanded or said to the reader."""
    text = one.mended.text
    return (
        len(text) <= SHORT_STATEMENT
        and not english.NEGATION.search(text.lower())
        and _EDGED.isdisjoint(one.said)
        and one.said[0] not in vocabulary.IMPERATIVES
    )


def _unused(one: Judged) -> str:
    if one.leaning is Leaning.FRAGMENT:
        return "it has no verb, and says little alone"
    if one.leaning is not Leaning.UPRIGHT:
        return "it speaks of something that only the sentences before it name"
    if one.asks:
        return "it asks, and no answer follows that fits with it"
    return gates.TOO_SHORT
