"""Says what kind of post an excerpt makes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scheduler.cutting import vocabulary
from scheduler.cutting.judging import Judged
from scheduler.cutting.words import words
from scheduler.domain.article import BlockKind, ExcerptKind

_NOT_A_DEMAND = frozenset(("is", "are", "was", "were", "can", "may", "will", "has", "helps", "works", "makes", "takes"))
_NUMBER = re.compile(r"(?<![\w.])\d")


def kind_of(members: Sequence[Judged], *, english_rules: bool) -> ExcerptKind:
    """Question with answer, tip (a list's item or an imperative), number, otherwise a quote."""
    first = members[0]
    if first.asks:
        return ExcerptKind.QUESTION
    if (english_rules and _demands(first.mended.text)) or first.segment.block.kind is BlockKind.ITEM:
        return ExcerptKind.TIP
    numbered = any(_NUMBER.search(one.mended.text) for one in members)
    return ExcerptKind.NUMBER if numbered else ExcerptKind.QUOTE


def _demands(text: str) -> bool:
    """An imperative opens it, and isn't a noun: “Rest is …”."""
    said = words(text)
    return said[0] in vocabulary.IMPERATIVES and not _NOT_A_DEMAND.intersection(said[1:2])
