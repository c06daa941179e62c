"""Fits weights so that each article's marked sentences stand out among its sentences: a softmax over the article.

The loss is that of ListNet's top-one probability (Cao et al., Learning to Rank, ICML 2007) with a quadratic penalty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

Matrix = NDArray[np.float64]

PENALTY = 0.25
LEAST_SPREAD = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One article's sentences as rows, which of them are wanted (0 or 1), and how much the article counts."""

    rows: Matrix | sparse.csr_matrix
    wanted: Matrix
    counts: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Weights of the features, and their usual values: a usual sentence has 0."""

    weights: Matrix
    usual: Matrix

    def __call__(self, rows: Matrix) -> Matrix:
        return np.asarray((rows - self.usual) @ self.weights)


def matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Matrix:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def fit(parts: Sequence[Part], penalty: float = PENALTY) -> Linear:
    """The least spread keeps rare features from large weights."""
    rows = np.concatenate([part.rows for part in parts])
    usual = rows.mean(axis=0)
    spread = np.maximum(rows.std(axis=0), LEAST_SPREAD)
    weights = _least((rows - usual) / spread, parts, penalty)
    return Linear(weights=weights / spread, usual=usual)


def fit_raw(parts: Sequence[Part], penalty: float) -> Matrix:
    """The weights of sparse rows, as they are."""
    return _least(sparse.vstack([part.rows for part in parts]).tocsr(), parts, penalty)


def _least(rows: Matrix | sparse.csr_matrix, parts: Sequence[Part], penalty: float) -> Matrix:
    problem = _Softmax(rows, parts)
    found = minimize(problem.loss, np.zeros(rows.shape[1]), args=(penalty,), jac=True, method="L-BFGS-B")
    return np.asarray(found.x)


class _Softmax:
    def __init__(self, rows: Matrix | sparse.csr_matrix, parts: Sequence[Part]) -> None:
        lengths = [len(part.wanted) for part in parts]
        counts = np.array([part.counts for part in parts])
        self.rows = rows
        self.counts = counts / counts.sum()
        self.starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self.part = np.repeat(np.arange(len(parts)), lengths)
        shares = np.concatenate([part.wanted / part.wanted.sum() for part in parts])
        self.target = rows.T @ (self.counts[self.part] * shares)

    def loss(self, weights: Matrix, penalty: float) -> tuple[float, Matrix]:
        scores = self.rows @ weights
        most = np.maximum.reduceat(scores, self.starts)
        powers = np.exp(scores - most[self.part])
        sums = np.add.reduceat(powers, self.starts)
        loss = self.counts @ (np.log(sums) + most) - weights @ self.target + penalty / 2 * weights @ weights
        expected = self.rows.T @ (self.counts[self.part] * powers / sums[self.part])
        return float(loss), expected - self.target + penalty * weights
