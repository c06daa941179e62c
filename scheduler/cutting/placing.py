"""What can be seen of a sentence in its article: place, paragraph, neighbours, the title, words that come again."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from scheduler.cutting.judging import Judged
from scheduler.cutting.leaning import Leaning
from scheduler.cutting.lexicon import openers_of
from scheduler.cutting.wording import Row, tent
from scheduler.cutting.words import stems

MOST_STEMS = 15
LONG_PARAGRAPH = 8

FOLLOWED = {name: f"before_{name}" for name in ("you", "they", "if", "when", "the")}

_ENDS = frozenset('.!?…:。！？؟"”’»」)')


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
        _of_position(index, last)
        | _of_paragraph(index - paragraph[0], min(LONG_PARAGRAPH, len(paragraph)), index == paragraph[-1])
        | _of_order(order, len(paragraphs))
        for order, paragraph in enumerate(paragraphs)
        for index in paragraph
    ]


def _of_position(index: int, last: int) -> Row:
    ends = {"first": index == 0, "third": index == 2, "last": index == last, "last_but_two": index == last - 2}
    return _of_share(round(100 * index / max(1, last))) | {name: 1.0 for name, holds in ends.items() if holds}


@lru_cache(maxsize=128)
def _of_share(percent: int) -> Row:
    row = {
        "position": percent / 100,
        "at_start": tent(percent, (-6, 0, 6)),
        "at_two_thirds": tent(percent, (50, 70, 85)),
        "near_end": tent(percent, (70, 85, 94)),
        "at_end": tent(percent, (94, 100, 106)),
    }
    return {name: value for name, value in row.items() if value}


@lru_cache(maxsize=256)
def _of_paragraph(before: int, size: int, ends: bool) -> Row:
    seen = {
        "opens_paragraph": before == 0 and not ends,
        "ends_paragraph": before > 0 and ends,
        "second_of_paragraph": before == 1,
        "inside_paragraph": before > 0 and not ends,
        "alone": before == 0 and ends,
    }
    return {name: 1.0 for name, holds in seen.items() if holds} | {"paragraph": size / LONG_PARAGRAPH}


def _of_order(order: int, paragraphs: int) -> Row:
    seen = {
        "first_paragraph": order == 0,
        "last_paragraph": order == paragraphs - 1,
        "last_paragraph_but_one": order == paragraphs - 2,
    }
    return {name: 1.0 for name, holds in seen.items() if holds}


def of_neighbours(running: Sequence[Judged]) -> list[Row]:
    """One row a sentence: what stands before and after it."""
    lengths = [math.log(len(one.mended.text) + 1) for one in running]
    unended = [one.mended.text[-1:] not in _ENDS for one in running]
    rows: list[Row] = [{} for _ in running]
    for at in range(1, len(running)):
        before, after = running[at - 1], running[at]
        together = before.segment.block is after.segment.block
        rows[at - 1] |= _of_following(before, after, together=together)
        rows[at] |= _of_previous(before, together=together)
        rows[at - 1]["before_unended"] = float(unended[at])
        rows[at]["after_unended"] = float(unended[at - 1])
        rows[at]["longer_than_before"] = lengths[at] - lengths[at - 1]
        rows[at - 1]["longer_than_after"] = lengths[at - 1] - lengths[at]
    return rows


def _of_previous(previous: Judged, *, together: bool) -> Row:
    seen = {
        "after_colon": previous.mended.text.endswith(":"),
        "after_gated": previous.why_not,
        "after_leaning": together and previous.leaning is not Leaning.UPRIGHT,
    }
    return {name: 1.0 for name, holds in seen.items() if holds}


def _of_following(one: Judged, following: Judged, *, together: bool) -> Row:
    seen = {"before_question": following.asks, "before_gated": following.why_not}
    row = {name: 1.0 for name, holds in seen.items() if holds}
    if together:
        row |= {FOLLOWED[name]: 1.0 for name in openers_of(following.said[0]) if name in FOLLOWED}
    row["before_alike"] = 2 * len(one.stems & following.stems) / max(1, len(one.stems))
    return row
