"""What can be seen of a sentence in its article: place, paragraph, neighbours, the title, words that come again."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from scheduler.cutting.judging import Judged
from scheduler.cutting.leaning import Leaning
from scheduler.cutting.lexicon import openers_of
from scheduler.cutting.wording import Row, tent
from scheduler.cutting.words import stems

MOST_STEMS = 15
LONG_PARAGRAPH = 8

FOLLOWED = {name: f"before_{name}" for name in ("you", "they", "if", "when", "the")}

_UNENDED = re.compile(r"[^.!?…:。！？؟\"”’»」)]$")


def of_article(title: str, running: Sequence[Judged]) -> list[Row]:
    """One row a sentence of the running text: words of the title, and words that the article says again."""
    sought = stems(title)
    shared = Counter(stem for one in running for stem in one.stems)
    return [_of_stems(one.stems, sought, shared, len(running)) for one in running]


def _of_stems(own: frozenset[str], sought: frozenset[str], shared: Counter[str], sentences: int) -> Row:
    again = [shared[stem] - 1 for stem in own]
    count = max(1, len(again))
    from_title = len(own & sought)
    share = from_title / max(3, len(sought))
    return {
        "title": share,
        "title_words": float(min(4, from_title)),
        "any_title": float(from_title > 0),
        "whole_title": float(share > 0.7),
        "central": 10 * sum(again) / count / sentences,
        "repeating": math.log1p(sum(again)),
        "known": 1 - again.count(0) / count,
        "content": min(MOST_STEMS, count) / MOST_STEMS,
    }


def of_place(running: Sequence[Judged]) -> list[Row]:
    """One row a sentence: where in the article and in its paragraph it stands."""
    last = len(running) - 1
    paragraphs = [list(group) for _, group in groupby(range(len(running)), lambda at: running[at].segment.block.start)]
    return [
        _of_position(index, last) | _of_paragraph(paragraph, index) | _of_order(order, len(paragraphs))
        for order, paragraph in enumerate(paragraphs)
        for index in paragraph
    ]


def _of_position(index: int, last: int) -> Row:
    share = index / max(1, last)
    return {
        "position": share,
        "at_start": tent(share, (-0.06, 0.0, 0.06)),
        "at_two_thirds": tent(share, (0.5, 0.7, 0.85)),
        "near_end": tent(share, (0.7, 0.85, 0.94)),
        "at_end": tent(share, (0.94, 1.0, 1.06)),
        "first": float(index == 0),
        "third": float(index == 2),
        "last": float(index == last),
        "last_but_two": float(index == last - 2),
    }


def _of_paragraph(paragraph: Sequence[int], index: int) -> Row:
    size = len(paragraph)
    first, last = index == paragraph[0], index == paragraph[-1]
    return {
        "opens_paragraph": float(first and size > 1),
        "ends_paragraph": float(last and size > 1),
        "second_of_paragraph": float(index == paragraph[0] + 1),
        "inside_paragraph": float(not first and not last),
        "alone": float(size == 1),
        "paragraph": min(LONG_PARAGRAPH, size) / LONG_PARAGRAPH,
    }


def _of_order(order: int, paragraphs: int) -> Row:
    return {
        "first_paragraph": float(order == 0),
        "last_paragraph": float(order == paragraphs - 1),
        "last_paragraph_but_one": float(order == paragraphs - 2),
    }


def of_neighbours(running: Sequence[Judged]) -> list[Row]:
    """One row a sentence: what stands before and after it."""
    before = (None, *running)
    after = (*running[1:], None)
    return [
        (_of_before(one, previous) if previous else {}) | (_of_after(one, following) if following else {})
        for one, previous, following in zip(running, before, after, strict=False)
    ]


def _of_before(one: Judged, previous: Judged) -> Row:
    text = previous.mended.text
    seen = {
        "after_colon": text.endswith(":"),
        "after_gated": previous.why_not,
        "after_leaning": previous.leaning is not Leaning.UPRIGHT and previous.segment.block is one.segment.block,
        "after_unended": _UNENDED.search(text),
    }
    row = {name: 1.0 for name, holds in seen.items() if holds}
    row["longer_than_before"] = math.log((len(one.mended.text) + 1) / (len(text) + 1))
    return row


def _of_after(one: Judged, following: Judged) -> Row:
    text = following.mended.text
    seen = {
        "before_question": following.asks,
        "before_gated": following.why_not,
        "before_unended": _UNENDED.search(text),
    }
    row = {name: 1.0 for name, holds in seen.items() if holds}
    if following.segment.block is one.segment.block:
        row |= {FOLLOWED[name]: 1.0 for name in openers_of(following.said[0]) if name in FOLLOWED}
    row["before_alike"] = 2 * len(one.stems & following.stems) / max(1, len(one.stems))
    row["longer_than_after"] = math.log((len(one.mended.text) + 1) / (len(text) + 1))
    return row
