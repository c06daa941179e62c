"""Splits an article into sentences without losing a character's place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

from scheduler.domain.article import Article, Block, BlockKind

QUOTABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE})

MARK = r"(?:\((?:\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,8})\)|\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,8}\]|[¹²³⁰⁴-⁹]{1,4})"
_MARK_AFTER_STOP = re.compile(rf"([.!?])\s?((?:{MARK}){{1,4}})(?=\s|$)")
_PROTECTED = re.compile(
    r"\w\.(?:NET|js|com|org|net)\b|(?:https?://|www\.)\S{2,2000}|\d[\d ().-]{5,18}\d", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One sentence in its place; `block` is its paragraph, item or heading (a heading is one segment)."""

    start: int
    end: int
    block: Block


def segments(article: Article) -> tuple[Segment, ...]:
    """Every sentence in reading order; items and headings were already split by the reader."""
    found: list[Segment] = []
    for block in article.blocks:
        if block.kind in QUOTABLE:
            spans = _spans(article.text[block.start : block.end], article.language)
            found += [Segment(start=block.start + s, end=block.start + e, block=block) for s, e in spans]
        else:
            found.append(Segment(start=block.start, end=block.end, block=block))
    return tuple(found)


def _spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Sentence spans without white space around them; a piece that goes on in lower case belongs to the one before."""
    start = 0
    bounds = [bound["end_index"] for bound in sentencex.get_sentence_boundaries(language, _masked(text))]
    for end in [*bounds[:-1], len(text)]:
        after = text[end:].lstrip()[:1] if end < len(text) else ""
        if after.islower() or not text[start:end].strip():
            continue
        piece = text[start:end]
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
        start = end


def _masked(text: str) -> str:
    """The same length, with citation marks before the full stop and no stops inside of names, addresses and phones."""
    text = _MARK_AFTER_STOP.sub(lambda found: _stop_last(found.group()), text)
    return _PROTECTED.sub(lambda found: re.sub(r"[^\w\s]", "_", found.group()), text)


def _stop_last(found: str) -> str:
    return re.sub(r"\s", "_", found[1:]) + found[0]
