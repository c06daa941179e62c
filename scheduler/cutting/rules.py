"""What a language needs to be cut well, as data: lengths, openers to drop, phrases that no post may hold.

A language that is not here is split and measured, and mended where marks and spaces show how; nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A pattern that is only tried on a sentence with one of the words `near`, which is much faster than searching.

    Without `near`, for languages that put no space between words, it is always tried. Text and words are lower case.
    """

    near: frozenset[str] = frozenset()
    pattern: re.Pattern[str]

    def tells(self, text: str, said: Collection[str]) -> bool:
        """Whether the pattern occurs in `text`, whose words are `said`."""
        return not (self.near and self.near.isdisjoint(said)) and self.pattern.search(text) is not None


ADVERTISES = "it advertises"
ABOUT_THE_TEXT = "it points to another place of the article"
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one language, by its primary BCP 47 tag; `shortest` and `longest` are in characters.

    `connective`, `leading_clause` and `trailing_clause` may be left out of a sentence as it is written, and space
    before the marks of `after_odd_space`, too; a trailing clause is only looked for where the words before the end mark
    are one of `trailing_ends`. `lost` matches an opening, in lower case, that no neighbour mends. `gates` pairs the
    words of a reason with what shuts the gate; `notes` tell the marketer what is not looked at.
    """

    language: str
    shortest: int = 38
    longest: int = 260
    connective: re.Pattern[str] = NEVER
    leading_clause: re.Pattern[str] = NEVER
    trailing_clause: re.Pattern[str] = NEVER
    trailing_ends: tuple[str, ...] = ()
    after_odd_space: re.Pattern[str] = re.compile(r"(?<=\s)[,.;](?![\d.])")
    lost: re.Pattern[str] = NEVER
    gates: tuple[tuple[str, Telling], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def english(self) -> bool:
        """Only English has rules for leaning on neighbours, imperatives and fragments."""
        return self.language == "en"
