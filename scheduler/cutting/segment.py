"""Splits an article into sentences without losing a character's place."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.cutting.boundaries import sentence_spans
from scheduler.domain.article import Article, Block, BlockKind

QUOTABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE})


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
            spans = sentence_spans(article.text[block.start : block.end], article.language)
            found += [Segment(start=block.start + s, end=block.start + e, block=block) for s, e in spans]
        else:
            found.append(Segment(start=block.start, end=block.end, block=block))
    return tuple(found)
