"""Builds what could be posted: a sentence alone, a question with its answer, or two neighbours that belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.cutting import english, gates, vocabulary
from scheduler.cutting.leaning import Leaning, leaning, may_lean
from scheduler.cutting.repair import Mended, mend
from scheduler.cutting.segment import Segment
from scheduler.cutting.words import stems, words
from scheduler.domain.article import Article, Repair, RepairKind

SHORT_STATEMENT = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sentence with its repaired words, how it stands, and what speaks against any use of it."""

    segment: Segment
    mended: Mended
    leaning: Leaning
    why_not: str | None

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.mended.text.rstrip("\"”’')").endswith("?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One or two neighbouring sentences, by index; `reason` says why they belong together."""

    members: tuple[int, ...]
    text: str
    repairs: tuple[Repair, ...]
    reason: str = ""


def judge(article: Article, segment: Segment) -> Judged:
    """Repairs one sentence and asks the gates."""
    is_english = article.language.startswith("en")
    mended = mend(article.text, (segment.start, segment.end), english_rules=is_english)
    return Judged(
        segment=segment,
        mended=mended,
        leaning=leaning(mended.text) if is_english else Leaning.UPRIGHT,
        why_not=gates.why_not(article, segment, mended.text),
    )


def candidates(judged: Sequence[Judged]) -> tuple[tuple[Candidate, ...], tuple[Judged, ...]]:
    """What could be posted, and the sentences again, each unused one with its reason."""
    found = tuple(_find(judged))
    used = {member for candidate in found for member in candidate.members}
    told = (
        one if one.why_not or index in used else replace(one, why_not=_unused(one)) for index, one in enumerate(judged)
    )
    return found, tuple(told)


def _find(judged: Sequence[Judged]) -> Iterator[Candidate]:
    taken = -1
    for index, one in enumerate(judged):
        if index <= taken or one.why_not or one.leaning is not Leaning.UPRIGHT:
            continue
        candidate = _pair(judged, index) or _single(one, index)
        if candidate:
            taken = candidate.members[-1]
            yield candidate


def _single(one: Judged, index: int) -> Candidate | None:
    if one.asks or len(one.mended.text) < gates.SHORTEST:
        return None
    return Candidate(members=(index,), text=one.mended.text, repairs=one.mended.repairs)


def _pair(judged: Sequence[Judged], index: int) -> Candidate | None:
    """This sentence with the next of its paragraph, when they belong together and fit."""
    if index + 1 >= len(judged):
        return None
    one, following = judged[index], judged[index + 1]
    if following.segment.block is not one.segment.block or following.why_not or following.asks:
        return None
    text = f"{one.mended.text} {following.mended.text}"
    reason = _bond(one, following)
    if not reason or not gates.SHORTEST <= len(text) <= gates.LONGEST:
        return None
    gap = Repair(kind=RepairKind.JOIN, start=one.segment.end, end=following.segment.start)
    join = (gap,) if gap.start < gap.end else ()
    return Candidate(
        members=(index, index + 1),
        text=text,
        repairs=(*one.mended.repairs, *join, *following.mended.repairs),
        reason=reason,
    )


def _bond(one: Judged, following: Judged) -> str:
    """Why the two belong together; empty when they don't, or when joining would raise a letter inside the excerpt."""
    if any(repair.start == following.segment.start for repair in following.mended.repairs):
        return ""
    if one.asks:
        return "" if english.TAG_QUESTION.search(one.mended.text.lower()) else "a question with its answer"
    if following.leaning is Leaning.JOINABLE and may_lean(following.mended.text, one.mended.text):
        return "joined with the next sentence, which leans on it"
    if following.leaning is Leaning.UPRIGHT and _plain(one.mended.text) and _share(one, following):
        return "a short statement joined with the sentence that carries it on"
    return ""


def _plain(text: str) -> bool:
    """A short statement without edge: nothing denied, compared, demanded or said to the reader."""
    said = words(text)
    edged = vocabulary.ABSOLUTES | vocabulary.KEY_WORDS | vocabulary.PERSONAL
    return (
        len(text) <= SHORT_STATEMENT
        and not english.NEGATION.search(text.lower())
        and edged.isdisjoint(said)
        and said[0] not in vocabulary.IMPERATIVES
    )


def _share(one: Judged, following: Judged) -> bool:
    return not stems(one.mended.text).isdisjoint(stems(following.mended.text))


def _unused(one: Judged) -> str:
    if one.leaning is not Leaning.UPRIGHT:
        return "it speaks of something that only the sentences before it name"
    if one.asks:
        return "it asks, and no answer follows that fits with it"
    return gates.TOO_SHORT
