"""Says whether a sentence stands by itself or leans on the one before it."""

from __future__ import annotations

from enum import StrEnum

from scheduler.cutting import english


class Leaning(StrEnum):
    """`upright` stands alone, `joinable` stands once the sentence before it is there too, `lost` never does."""

    UPRIGHT = "upright"
    JOINABLE = "joinable"
    LOST = "lost"


def leaning(text: str) -> Leaning:
    """How the English sentence `text` stands."""
    text = text.lower()
    if english.DANGLING.match(text) or english.BARE_DEMONSTRATIVE.search(text):
        return Leaning.LOST
    if english.DEMONSTRATIVE.match(text):
        return Leaning.JOINABLE
    leans = english.PRONOUN.match(text) and not english.EXPLETIVE.match(text)
    return Leaning.JOINABLE if leans else Leaning.UPRIGHT


def may_lean(text: str, before: str) -> bool:
    """Whether `before` can be what the pronoun of `text` stands for: “they” needs more than one of a thing."""
    return not (english.THEY.match(text.lower()) and english.ONE_THING.match(before.lower()))
