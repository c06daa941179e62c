"""What can be seen of a sentence alone: its length, its marks, and, in English, the words that it uses."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import chain

from scheduler.cutting.judging import Judged
from scheduler.cutting.leaning import Leaning
from scheduler.cutting.lexicon import DOING, OPENERS, lists_of, openers_of
from scheduler.cutting.rules import Rules
from scheduler.domain.article import RepairKind

Row = dict[str, float]
"""A sentence's features by name; one that is missing is 0."""

ENGLISH_LONGEST = 260
MOST_NUMBERS = 3
LONGEST_WORD = 14

SHARED = frozenset(("abstract", "function", "you", "i", "past", "feeling"))
OPENING = {name: f"opens_{name}" for name in (DOING, *OPENERS)}

_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][a-zA-Z]")
_NUMBER = re.compile(r"\d[\d,.]*")
_ENDS = frozenset(".!?…。！？؟")
_CLOSERS = "\"'”’»」』)]"
_QUOTE = re.compile(r"[\"“”„«»「]")
_MONEY = re.compile(r"[$€£]")


def of_shape(one: Judged, rules: Rules) -> Row:
    """Length, marks and gates; lengths are in characters of English, whatever the language."""
    text = one.mended.text
    marks = {
        "asks": one.asks,
        "no_comma": "," not in text,
        "semicolon": ";" in text,
        "colon": ":" in text[:-1],
        "brackets": "(" in text,
        "quotes": _QUOTE.search(text),
        "trails_off": "…" in text or "..." in text,
        "money": _MONEY.search(text),
        "no_end": text.rstrip(_CLOSERS)[-1:] not in _ENDS,
        "gated": one.why_not is not None,
        "leans": one.leaning is not Leaning.UPRIGHT,
        "lost": one.leaning is Leaning.LOST,
        "connective": any(repair.kind is RepairKind.CONNECTIVE for repair in one.mended.repairs),
    }
    row = {name: 1.0 for name, holds in marks.items() if holds}
    row["numbers"] = float(min(MOST_NUMBERS, len(_NUMBER.findall(text))))
    row |= _of_length(len(text) * ENGLISH_LONGEST // rules.longest)
    return row


@lru_cache(maxsize=1024)
def _of_length(length: int) -> Row:
    return {
        "length": math.log(length + 1),
        "band": clamp(min((length - 30) / 25, (200 - length) / 75)),
        "tiny": float(length <= 35),
        "short": float(length < 40),
        "near_55": tent(length, (35, 55, 75)),
        "near_75": tent(length, (55, 75, 95)),
        "near_95": tent(length, (75, 95, 120)),
        "near_150": tent(length, (120, 150, 190)),
        "long": clamp((length - 140) / 120),
    }


def of_words(one: Judged) -> Row:
    """What the English word lists see: whether any word of a list occurs, and of some, their share of ten words."""
    said = one.said
    row = dict.fromkeys(set().union(*map(_noticed, said)), 1.0)
    share = 10 / len(said)
    for feature in chain.from_iterable(map(_shared, said)):
        row[feature] = row.get(feature, 0.0) + share
    row |= {OPENING[name]: 1.0 for name in openers_of(said[0])}
    row["names"] = float(min(4, len(_NAME.findall(one.mended.text))))
    row["longest_word"] = float(min(LONGEST_WORD, max(map(len, said))))
    return row


@lru_cache(maxsize=16384)
def _noticed(word: str) -> tuple[str, ...]:
    return tuple(f"any_{name}" for name in lists_of(word))


@lru_cache(maxsize=16384)
def _shared(word: str) -> tuple[str, ...]:
    return tuple(f"{name}_share" for name in lists_of(word) if name in SHARED)


def clamp(value: float) -> float:
    """`value` within 0 and 1."""
    return max(0.0, min(1.0, value))


def tent(value: float, points: tuple[float, float, float]) -> float:
    """1 at the middle of three points, falling to 0 at the outer ones."""
    before, at, after = points
    return clamp(min((value - before) / (at - before), (after - value) / (after - at)))
