"""Says what kind of post an excerpt makes."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.cutting import vocabulary
from scheduler.cutting.judging import Judged
from scheduler.cutting.numbers import tells_a_number
from scheduler.cutting.rules import Rules, word_set
from scheduler.cutting.verbs import BASES
from scheduler.domain.article import BlockKind, ExcerptKind

_NOT_A_DEMAND = word_set(
    "is are was were can may will has had helps works makes takes means does should could would might must of or and"
)
_BEFORE_A_DEMAND = word_set("always never please just simply")
_OBJECTS = word_set("your yourself a an the it them out off up down")
_ALSO_ADJECTIVES = word_set("warm clean open lower dry calm slow cool smooth fit clear")


def kind_of(members: Sequence[Judged], rules: Rules) -> ExcerptKind:
    """Question with answer, tip (an imperative; in other languages any item of a list), number, otherwise a quote."""
    first = members[0]
    if first.asks:
        return ExcerptKind.QUESTION
    if demands(first.said) if rules.english else first.segment.block.kind is BlockKind.ITEM:
        return ExcerptKind.TIP
    counts = any(tells_a_number(one.mended.text, one.said, rules) for one in members)
    return ExcerptKind.NUMBER if counts else ExcerptKind.QUOTE


def demands(said: Sequence[str]) -> bool:
    """Whether an English imperative opens a sentence of these words, and isn't a noun: “Rest is …”."""
    verb, then = ((*said[1:], "", "") if said[0] in _BEFORE_A_DEMAND else (*said, ""))[:2]
    if verb in vocabulary.IMPERATIVES - _ALSO_ADJECTIVES:
        return then not in _NOT_A_DEMAND
    return verb in BASES and then in _OBJECTS
