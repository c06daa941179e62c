"""Articles as numbers, and the ranking learned from them: what runs is what was trained."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from measuring.articles import Marked, used_for_training
from measuring.fitting import Linear, Matrix, Part, fit, matrix
from measuring.handset import by_hand
from scheduler.cutting.features import ELSEWHERE, features
from scheduler.cutting.languages import rules_of

OTHER_COUNTS = 3.0
FOLDS = 10
# Headings, references and leftovers are hardly met in the marked articles: set by hand.
FIXED: Mapping[str, float] = {ELSEWHERE: -3.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A marked article with a row of features a sentence, the hand-set scores, and whether it may be learned from."""

    marked: Marked
    rows: Matrix
    hand: Matrix
    used: bool

    @property
    def part(self) -> Part:
        wanted = np.zeros(len(self.rows))
        wanted[list(self.marked.wanted)] = 1.0
        return Part(rows=self.rows, wanted=wanted, counts=OTHER_COUNTS if self.marked.family == "other" else 1.0)


Scorer = Callable[[Prepared], Matrix]
Trainer = Callable[[Sequence[Prepared]], Scorer]


def prepare(articles: Sequence[Marked]) -> tuple[list[str], list[Prepared]]:
    """The features' names, and the articles by them."""
    rules = rules_of("en")
    seen = [features(one.article.title, one.sentences, rules) for one in articles]
    names = sorted({name for rows in seen for row in rows for name in row}.difference(FIXED))
    used = used_for_training(articles)
    prepared = [
        Prepared(
            marked=one,
            rows=matrix(rows, names),
            hand=np.array(by_hand(one.article.title, one.sentences)),
            used=may,
        )
        for one, rows, may in zip(articles, seen, used, strict=True)
    ]
    return names, prepared


def linear(known: Sequence[Prepared]) -> Scorer:
    """What is shipped."""
    found: Linear = fit([one.part for one in known])
    return lambda one: found(one.rows)


def by_hand_set(known: Sequence[Prepared]) -> Scorer:
    return lambda one: one.hand


def by_folds(articles: Sequence[Prepared]) -> list[set[str]]:
    """The sites in ten parts, each with its share of either family."""
    family = {one.marked.site: one.marked.family for one in articles}
    sites = sorted(family, key=lambda site: (family[site], site))
    return [set(sites[fold::FOLDS]) for fold in range(FOLDS)]


def by_site(articles: Sequence[Prepared], file: str) -> list[set[str]]:
    """Each site of a file by itself."""
    return [{site} for site in sorted({one.marked.site for one in articles if one.marked.file == file})]


def held_out(articles: Sequence[Prepared], trainer: Trainer, folds: Sequence[set[str]]) -> dict[int, list[float]]:
    """Scores of the authors' sentences by the article's index; each site is scored by what the other sites taught."""
    scores: dict[int, list[float]] = {}
    for fold in folds:
        scorer = trainer([one for one in articles if one.used and one.marked.site not in fold])
        for index, one in enumerate(articles):
            if one.marked.site in fold:
                scores[index] = one.marked.of_theirs(scorer(one).tolist())
    return dict(sorted(scores.items()))
