"""Says whether a sentence stands by itself or leans on the one before it."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from scheduler.cutting import english
from scheduler.cutting.rules import Rules


class Leaning(StrEnum):
    """`upright` stands alone, `joinable` stands once the sentence before it is there too, `lost` never does."""

    UPRIGHT = "upright"
    JOINABLE = "joinable"
    LOST = "lost"


def leaning(low: str, said: Collection[str], rules: Rules) -> Leaning:
    """How a sentence stands, given in lower case with its words."""
    if not rules.english:
        return Leaning.LOST if rules.lost.match(low) else Leaning.UPRIGHT
    if english.DANGLING.match(low) or english.BARE_DEMONSTRATIVE.tells(low, said):
        return Leaning.LOST
    if english.DEMONSTRATIVE.match(low):
        return Leaning.JOINABLE
    leans = english.PRONOUN.match(low) and not english.EXPLETIVE.match(low)
    return Leaning.JOINABLE if leans else Leaning.UPRIGHT


def may_lean(text: str, before: str) -> bool:
    """Whether `before` can be what the pronoun of `text` stands for: “they” needs more than one of a thing."""
    return not (english.THEY.match(text.lower()) and english.ONE_THING.match(before.lower()))
