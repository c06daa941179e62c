"""Other ways to learn the ranking, tried against the one that is shipped."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from sklearn.ensemble import HistGradientBoostingClassifier

from measuring.fitting import Matrix, Part, fit, fit_raw
from measuring.learning import Prepared, Scorer, Trainer, linear

BITS = 12
CHARACTERS_COUNT = 0.15
PENALTY_OF_PAIRS = 0.25

Change = Callable[[Prepared], Matrix]


def trials(names: Sequence[str]) -> Mapping[str, Trainer]:
    """By name, as the table tells them."""
    at = {name: index for index, name in enumerate(names)}
    placed = [index for name, index in at.items() if name.startswith(("before_", "after_", "longer_than"))]
    return {
        "shipped: softmax over the article": linear,
        "without neighbours": changed(lambda one: np.delete(one.rows, placed, axis=1)),
        "with the hand-set score": changed(lambda one: np.column_stack([one.rows, one.hand])),
        "times position and title": changed(
            lambda one: np.hstack([one.rows, *(one.rows * one.rows[:, [at[name]]] for name in ("position", "title"))])
        ),
        "ranks inside of the article added": changed(lambda one: np.hstack([one.rows, _ranks(one.rows)])),
        "by kind of site (length, you, I)": changed(lambda one: _by_kind(one.rows, at)),
        "pairs instead of softmax": pairs,
        "each sentence for itself, boosted trees": trees,
        "hashed characters alone": characters,
        "characters and ours, averaged": averaged,
    }


def changed(change: Change) -> Trainer:
    """The shipped fit on other features."""

    def train(known: Sequence[Prepared]) -> Scorer:
        parts = [Part(rows=change(one), wanted=one.part.wanted, counts=one.part.counts) for one in known]
        found = fit(parts)
        return lambda one: found(change(one))

    return train


def _ranks(rows: Matrix) -> Matrix:
    return np.asarray(rows.argsort(axis=0, kind="stable").argsort(axis=0) / len(rows))


def _by_kind(rows: Matrix, at: Mapping[str, int]) -> Matrix:
    """Weights that change with the article's length and with how it speaks."""
    kinds = (np.log(len(rows)) - 3.5, rows[:, at["any_you"]].mean() - 0.35, rows[:, at["any_i"]].mean() - 0.15)
    return np.hstack([rows, *(rows * kind for kind in kinds)])


def pairs(known: Sequence[Prepared]) -> Scorer:
    """Logistic regression on differences within an article."""
    rows = np.concatenate([one.rows for one in known])
    spread = np.maximum(rows.std(axis=0), 0.15)
    differences, counts = [], []
    for one in known:
        part = one.part
        scaled = part.rows / spread
        wanted = part.wanted > 0
        found = (scaled[wanted][:, None] - scaled[~wanted][None]).reshape(-1, rows.shape[1])
        differences.append(found)
        counts.append(np.full(len(found), part.counts / max(1, len(found))))
    apart, weight = np.concatenate(differences), np.concatenate(counts)
    weight /= weight.sum()

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        margin = apart @ weights
        value = weight @ np.logaddexp(0, -margin) + PENALTY_OF_PAIRS / 2 * weights @ weights
        return float(value), PENALTY_OF_PAIRS * weights - apart.T @ (weight / (1 + np.exp(margin)))

    weights = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    return lambda one: np.asarray(one.rows / spread @ weights)


def trees(known: Sequence[Prepared]) -> Scorer:
    """A hundred small trees."""
    model = HistGradientBoostingClassifier(max_iter=100, max_depth=3, learning_rate=0.06, random_state=0)
    parts = [one.part for one in known]
    weight = np.concatenate([np.full(len(part.rows), part.counts / len(part.rows)) for part in parts])
    model.fit(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.wanted for part in parts]),
        sample_weight=weight / weight.mean(),
    )
    return lambda one: np.asarray(model.decision_function(one.rows))


def characters(known: Sequence[Prepared]) -> Scorer:
    """Runs of three to five characters, hashed."""
    parts = [Part(rows=_hashed(one), wanted=one.part.wanted, counts=one.part.counts) for one in known]
    weights = fit_raw(parts, penalty=0.03)
    return lambda one: np.asarray(_hashed(one) @ weights)


def _hashed(one: Prepared) -> sparse.csr_matrix:
    found = [_runs(sentence.mended.text) for sentence in one.marked.sentences]
    rows = np.repeat(np.arange(len(found)), [len(runs) for runs in found])
    places = np.concatenate([np.array(sorted(runs), dtype=int) for runs in found])
    values = np.concatenate([np.full(len(runs), 1 / np.sqrt(max(1, len(runs)))) for runs in found])
    return sparse.csr_matrix((values, (rows, places)), shape=(len(found), 1 << BITS))


def _runs(text: str) -> set[int]:
    low = f" {' '.join(text.lower().split())} ".encode()
    return {zlib.crc32(low[at : at + n]) % (1 << BITS) for n in (3, 4, 5) for at in range(len(low) - n + 1)}


def averaged(known: Sequence[Prepared]) -> Scorer:
    ours, theirs = linear(known), characters(known)
    scales = [np.concatenate([scorer(one) for one in known]).std() for scorer in (ours, theirs)]

    def score(one: Prepared) -> Matrix:
        return (1 - CHARACTERS_COUNT) * ours(one) / scales[0] + CHARACTERS_COUNT * theirs(one) / scales[1]

    return score
