"""Scores sentences by hand-set weights: what of a sentence's features makes people mark it for quoting."""

from __future__ import annotations

import math
from collections.abc import Mapping

BIAS = -2.25
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

REASONS: Mapping[str, str] = {
    "band": "of a length that people quote",
    "absolutes": "says it without ifs",
    "keywords": "uses words that carry weight",
    "negation": "says what isn't so",
    "second": "speaks to the reader",
    "title": "is about what the title says",
    "feeling": "has feeling in it",
}


def score(row: Mapping[str, float]) -> float:
    """Between 0 and 1, higher is more quotable."""
    total = BIAS + sum(weight * row[name] for name, weight in WEIGHTS.items())
    return round(1 / (1 + math.exp(-total)), 4)


def reasons(row: Mapping[str, float]) -> tuple[str, ...]:
    """The two features that speak most for the sentence, in words."""
    worth = {name: WEIGHTS.get(name, 0.0) * row[name] for name in REASONS}
    best = sorted((name for name in worth if worth[name] > 0), key=lambda name: -worth[name])
    return tuple(REASONS[name] for name in best[:2])
