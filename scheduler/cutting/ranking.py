"""Scores sentences by weights learned from articles whose authors marked the ones to quote.

`weights.json` holds a weight and a usual value for each feature's name and nothing else: no words of any article.
`bench/cutting/train.py` wrote it.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import repeat
from operator import mul

NAMED = 2
LEAST_WORTH = 0.05
FURTHEST = 700.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """By feature name; a sentence with the `usual` values has the total 0."""

    weight: Mapping[str, float]
    usual: Mapping[str, float]

    @property
    def bias(self) -> float:
        """The total of a sentence that has no feature at all."""
        return -sum(weight * self.usual[name] for name, weight in self.weight.items())


def _load() -> Weights:
    data = json.loads(resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(
        weight={name: pair[0] for name, pair in data.items()},
        usual={name: pair[1] for name, pair in data.items()},
    )


WEIGHTS = _load()
BIAS = WEIGHTS.bias

# What is told to people, and the features that speak of it.
REASONS: Mapping[str, tuple[str, ...]] = {
    "of a length that people quote": ("band", "near_75", "near_95", "near_150", "long"),
    "says it without ifs": ("any_absolute",),
    "uses words that carry weight": ("any_weighty", "any_point", "any_superlative"),
    "says what isn't so": ("any_denial", "opens_denial"),
    "speaks to the reader": ("any_you", "you_share", "opens_you"),
    "is about what the title says": ("title", "title_words", "any_title"),
    "says what the article keeps coming back to": ("central", "repeating", "known"),
    "has feeling in it": ("any_feeling", "any_good", "any_bad"),
    "compares one thing with another": ("any_comparing", "any_than"),
    "says what to do": ("opens_command", "any_duty", "opens_remember"),
    "stands where articles make their point": ("at_two_thirds", "near_end", "last_but_two", "third", "ends_paragraph"),
}


_TOLD = {name: words for words, names in REASONS.items() for name in names}


def score(row: Mapping[str, float]) -> float:
    """Between 0 and 1: the chance that an editor marks this sentence rather than a usual one.

    A feature that no marked article has weighs nothing.
    """
    weights = map(WEIGHTS.weight.get, row, repeat(0.0))
    total = BIAS + sum(map(mul, weights, row.values()))
    return round(1 / (1 + math.exp(max(-FURTHEST, min(FURTHEST, -total)))), 4)


def reasons(row: Mapping[str, float]) -> tuple[str, ...]:
    """The two things that speak most for the sentence against a usual one, in words; only such that it has."""
    worth: defaultdict[str, float] = defaultdict(float)
    for name, value in row.items():
        if value and name in _TOLD:
            worth[_TOLD[name]] += WEIGHTS.weight[name] * (value - WEIGHTS.usual[name])
    best = sorted((words for words in REASONS if worth[words] > LEAST_WORTH), key=lambda words: -worth[words])
    return tuple(best[:NAMED])
