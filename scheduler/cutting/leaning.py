"""Says whether a sentence stands by itself or leans on the one before it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from enum import StrEnum

from scheduler.cutting import english
from scheduler.cutting.rules import Rules
from scheduler.cutting.verbs import has_verb
from scheduler.cutting.words import stems


class Leaning(StrEnum):
    """`upright` stands alone, `joinable` stands once the sentence before it is there too, `lost` never does.

    A `fragment` has no verb: it may answer a question, or stand in a list.
    """

    UPRIGHT = "upright"
    JOINABLE = "joinable"
    LOST = "lost"
    FRAGMENT = "fragment"


def leaning(low: str, said: AbstractSet[str], rules: Rules) -> Leaning:
    """How a sentence stands, given in lower case with its words."""
    if not rules.english:
        return Leaning.LOST if rules.lost.match(low) else Leaning.UPRIGHT
    if english.DANGLING.match(low):
        return Leaning.LOST
    if not english.POINTING.isdisjoint(said):
        if english.BARE_DEMONSTRATIVE.search(low):
            return Leaning.LOST
        if english.DEMONSTRATIVE.match(low):
            return Leaning.JOINABLE
    if english.PRONOUN.match(low) and not english.EXPLETIVE.match(low):
        return Leaning.JOINABLE
    return Leaning.UPRIGHT if has_verb(said) or english.ASKS.match(low) else Leaning.FRAGMENT


def takes_up(low: str, before: AbstractSet[str]) -> bool:
    """Whether an English sentence names, with “the”, what earlier sentences told: “the imbalanced muscles”.

    `before` holds the stems of those.
    """
    found = english.TAKEN_UP.search(low) if "ed " in low or "en " in low else None
    return found is not None and all((known := stems(word)) and known <= before for word in found.groups())


def may_lean(text: str, before: str) -> bool:
    """Whether `before` can be what the pronoun of `text` stands for: “they” needs more than one of a thing."""
    return not (english.THEY.match(text.lower()) and english.ONE_THING.match(before.lower()))
