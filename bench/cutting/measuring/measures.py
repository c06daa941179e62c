"""How well a ranking finds the marked sentences, and how sure that is: sites are drawn again, not articles."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

DRAWS = 2000
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Of one article: the area under the curve, and whether a marked sentence is among the three best."""

    area: float
    hit: float


def quality(scores: Sequence[float], marked: Collection[int]) -> Quality:
    return Quality(area=area(scores, marked), hit=hit(scores, marked))


def area(scores: Sequence[float], marked: Collection[int]) -> float:
    """The chance that a marked sentence scores above an unmarked one; a tie counts half."""
    good = [score for index, score in enumerate(scores) if index in marked]
    rest = [score for index, score in enumerate(scores) if index not in marked]
    wins = sum((one > other) + (one == other) / 2 for one in good for other in rest)
    return wins / (len(good) * len(rest)) if good and rest else 0.5


def hit(scores: Sequence[float], marked: Collection[int]) -> float:
    """Ties are in reading order."""
    best = sorted(range(len(scores)), key=lambda index: -scores[index])[:3]
    return float(any(index in marked for index in best))


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def interval(values: Sequence[float], sites: Sequence[str]) -> tuple[float, float]:
    """Where the mean lies in 95 of 100 draws of as many sites, with all their articles."""
    by_site: defaultdict[str, list[float]] = defaultdict(list)
    for value, site in zip(values, sites, strict=True):
        by_site[site].append(value)
    drawn = random.Random(0)
    groups = list(by_site.values())
    means = sorted(
        mean([value for group in drawn.choices(groups, k=len(groups)) for value in group]) for _ in range(DRAWS)
    )
    outside = int(DRAWS * (1 - LEVEL) / 2)
    return means[outside], means[-1 - outside]
