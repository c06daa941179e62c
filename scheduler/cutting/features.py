"""One row of named features a sentence: small numbers, most of them 0 or 1, in which quotable sentences differ.

`wording` sees a sentence alone, `placing` sees it in its article. A feature that a row lacks is 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.cutting.judging import Judged
from scheduler.cutting.placing import of_article, of_neighbours, of_place
from scheduler.cutting.rules import Rules
from scheduler.cutting.segment import QUOTABLE
from scheduler.cutting.wording import Row, of_shape, of_words

ELSEWHERE = "elsewhere"


def features(title: str, judged: Sequence[Judged], rules: Rules) -> list[Row]:
    """A row a sentence, in order; words are seen as repaired.

    Places are counted in the running text alone: a title, heading or list of references moves nothing.
    """
    rows = [_of_sentence(one, rules) for one in judged]
    running = [index for index, one in enumerate(judged) if one.segment.block.kind in QUOTABLE]
    sentences = [judged[index] for index in running]
    placed = zip(running, of_article(title, sentences), of_place(sentences), of_neighbours(sentences), strict=True)
    for index, *seen in placed:
        for part in seen:
            rows[index] |= part
    for index in set(range(len(judged))).difference(running):
        rows[index][ELSEWHERE] = 1.0
    return rows


def _of_sentence(one: Judged, rules: Rules) -> Row:
    row = of_shape(one, rules)
    if rules.english:
        row |= of_words(one)
    return row
