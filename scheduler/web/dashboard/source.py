"""A post's sentence where it stands in its article: its number, what was taken, and within it what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise

from scheduler.cutting.segment import QUOTABLE, segments
from scheduler.domain.article import Article, BlockKind, Excerpt, Span

AROUND = 280
"""Characters of the article that are shown before and after, about."""
GAP = "…"
LONGEST = 60_000
"""Characters: the sentences of an article that is longer aren't counted for a page, that would take too long."""
SHORTEST = 40
"""Characters: less than that beside the words is too little to judge them by."""


class Ink(StrEnum):
    """How a stretch of the article is shown."""

    PLAIN = "plain"
    TAKEN = "taken"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words of one ink; `post_id` is that of the post that says them, 0 where none does."""

    ink: Ink
    text: str
    post_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of the article, or what is shown of it."""

    kind: BlockKind
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one post takes."""

    excerpt: Excerpt
    post_id: int = 0


def place_of(article: Article, excerpt: Excerpt) -> str:
    """`sentence 17 to 18 of 41`; empty where it takes none, and for a very long article."""
    if len(article.text) > LONGEST:
        return ""
    sentences = _sentences(article)
    taken = [
        number
        for number, (start, end) in enumerate(sentences, 1)
        if any(first < end and start < last for first, last in excerpt.spans)
    ]
    runs = [[number for _, number in run] for _, run in groupby(enumerate(taken), lambda each: each[1] - each[0])]
    said = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"sentence {' and '.join(said)} of {len(sentences)}" if said else ""


@lru_cache(maxsize=16)
def _sentences(article: Article) -> tuple[Span, ...]:
    """Where each sentence begins and ends; headings are none."""
    return tuple((each.start, each.end) for each in segments(article) if each.block.kind in QUOTABLE)


def around(article: Article, excerpt: Excerpt) -> tuple[Paragraph, ...]:
    """The sentences around what was taken, cut at words."""
    taken = [Taken(excerpt=excerpt)]
    found: list[Paragraph] = []
    for start, end in _windows(article.text, excerpt.spans):
        shown = [each for each in _paragraphs(article, taken, start, end) if each.kind is not BlockKind.TITLE]
        found += _with_gaps(shown, before=start > 0 and not found, after=end < len(article.text))
    return tuple(found)


def whole(article: Article, taken: Sequence[Taken], start: int, end: int) -> tuple[Paragraph, ...]:
    """What lies between, with what each post takes."""
    return tuple(_paragraphs(article, taken, start, end))


def left_out(article: Article, excerpt: Excerpt) -> list[str]:
    """What was left out of the words that were taken, without mere spaces."""
    words = (" ".join(article.text[each.start : each.end].split()) for each in excerpt.repairs)
    return [each for each in words if each]


def _windows(text: str, spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        start, end = _begin(text, start - AROUND, start), _end(text, end + AROUND, end)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _begin(text: str, at: int, taken: int) -> int:
    """A sentence's beginning between `at` and what was taken, else a word's."""
    if at <= 0:
        return 0
    sentence = text.find(". ", at, max(taken - SHORTEST, at))
    return sentence + 2 if sentence >= 0 else text.find(" ", at) + 1 or at


def _end(text: str, at: int, taken: int) -> int:
    """A sentence's end between what was taken and `at`, else a word's."""
    if at >= len(text):
        return len(text)
    sentence = text.rfind(". ", taken + SHORTEST, at)
    return sentence + 1 if sentence > 0 else max(text.rfind(" ", taken, at), taken)


def _paragraphs(article: Article, taken: Sequence[Taken], start: int, end: int) -> Iterator[Paragraph]:
    for block in article.blocks:
        low, high = max(block.start, start), min(block.end, end)
        if low < high:
            yield Paragraph(kind=block.kind, stretches=tuple(_stretches(article.text, taken, low, high)))


def _stretches(text: str, taken: Sequence[Taken], low: int, high: int) -> Iterator[Stretch]:
    near = [one for one in taken if any(start < high and end > low for start, end in one.excerpt.spans)]
    edges = {low, high}
    for one in near:
        ranges = (*one.excerpt.spans, *((each.start, each.end) for each in one.excerpt.repairs))
        edges |= {edge for each in ranges for edge in each if low < edge < high}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        ink, post_id = _ink(near, start, text[start:end])
        yield Stretch(ink=ink, text=text[start:end], post_id=post_id)


def _ink(near: Sequence[Taken], at: int, words: str) -> tuple[Ink, int]:
    for one in near:
        if any(start <= at < end for start, end in one.excerpt.spans):
            is_left = words.strip() and any(each.start <= at < each.end for each in one.excerpt.repairs)
            return (Ink.LEFT if is_left else Ink.TAKEN), one.post_id
    return Ink.PLAIN, 0


def _with_gaps(shown: list[Paragraph], *, before: bool, after: bool) -> list[Paragraph]:
    if before and shown:
        first = (Stretch(ink=Ink.PLAIN, text=f"{GAP} "), *shown[0].stretches)
        shown[0] = replace(shown[0], stretches=first)
    if after and shown:
        last = (*shown[-1].stretches, Stretch(ink=Ink.PLAIN, text=f" {GAP}"))
        shown[-1] = replace(shown[-1], stretches=last)
    return shown
