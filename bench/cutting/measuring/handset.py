"""The ranking that the learned one has to beat: eighteen features with weights that were set by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scheduler.cutting import english, vocabulary
from scheduler.cutting.judging import Judged
from scheduler.cutting.leaning import Leaning
from scheduler.cutting.words import stems

WEIGHTS: Mapping[str, float] = {
    "band": 1.25,
    "short": -0.75,
    "long": 1.5,
    "position": 1.0,
    "title": 1.0,
    "keywords": 0.25,
    "absolutes": 0.5,
    "negation": 0.25,
    "second": 0.25,
    "feeling": 0.25,
    "is": 0.5,
    "first": -0.25,
    "names": -0.25,
    "if": -0.5,
    "asks": -1.0,
    "leans": -0.25,
    "repaired": -0.5,
    "gated": -1.5,
}

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]")


def by_hand(title: str, sentences: Sequence[Judged]) -> list[float]:
    """A score a sentence, without bounds."""
    sought = stems(title)
    last = max(1, len(sentences) - 1)
    rows = [_of_shape(one) | _of_words(one, sought) | {"position": at / last} for at, one in enumerate(sentences)]
    return [sum(weight * row[name] for name, weight in WEIGHTS.items()) for row in rows]


def _of_shape(one: Judged) -> dict[str, float]:
    length = len(one.mended.text)
    return {
        "band": _clamp(min((length - 30) / 25, (200 - length) / 75)),
        "short": float(length < 40),
        "long": _clamp((length - 140) / 120),
        "asks": float(one.asks),
        "leans": float(one.leaning is not Leaning.UPRIGHT),
        "repaired": float(bool(one.mended.repairs)),
        "gated": float(one.why_not is not None),
    }


def _of_words(one: Judged, sought: frozenset[str]) -> dict[str, float]:
    known = set(one.said)
    return {
        "title": len(one.stems & sought) / max(3, len(sought)),
        "keywords": float(min(3, len(known & vocabulary.KEY_WORDS))),
        "absolutes": float(min(2, len(known & vocabulary.ABSOLUTES))),
        "feeling": float(min(3, len(known & vocabulary.FEELING))),
        "negation": float(english.NEGATION.search(one.mended.text.lower()) is not None),
        "second": float(not vocabulary.SECOND_PERSON.isdisjoint(known)),
        "first": float(not vocabulary.FIRST_PERSON.isdisjoint(known)),
        "is": float(not {"is", "are", "isn't", "aren't"}.isdisjoint(known)),
        "if": float(one.said[0] in ("if", "when", "once")),
        "names": float(min(4, len(_NAME.findall(one.mended.text)))),
    }


def _clamp(value: float) -> float:
    return max(0.0, min(1.0, value))
