"""Rankers that were published, in short, and chance and length beside them.

TextRank: Mihalcea and Tarau, TextRank: Bringing Order into Texts, EMNLP 2004. LexRank: Erkan and Radev, LexRank:
Graph-based Lexical Centrality as Salience in Text Summarization, JAIR 22, 2004. YAKE: Campos et al., YAKE! Keyword
Extraction from Single Documents using Multiple Local Features, Information Sciences 509, 2020, as its authors' package.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import yake

from measuring.articles import Marked
from scheduler.cutting import vocabulary
from scheduler.cutting.words import words

DAMPING = 0.85
STEPS = 50
CLOSE_ENOUGH = 1e-5
LEXRANK_THRESHOLD = 0.1
YAKE_PHRASES = 20

Scorer = Callable[[Marked], Sequence[float]]
Row = list[float]


def rankers(articles: Sequence[Marked]) -> Mapping[str, Scorer]:
    """By name; each scores the authors' sentences of an article."""
    return {
        "random": by_chance(random.Random(1)),
        "length band": by_length,
        "TextRank": textrank,
        "LexRank": LexRank(articles),
        "YAKE": by_yake(),
    }


def by_chance(chance: random.Random) -> Scorer:
    return lambda one: [chance.random() for _ in one.sents]


def by_length(one: Marked) -> list[float]:
    return [min((len(sentence) - 30) / 25, 1, (200 - len(sentence)) / 75) for sentence in one.sents]


def textrank(one: Marked) -> Row:
    """Shared words, divided by the logarithms of both lengths, as weights of a graph."""
    said = [frozenset(_terms(sentence)) for sentence in one.sents]
    return _walk([[_overlap(mine, theirs) if mine is not theirs else 0.0 for theirs in said] for mine in said])


def _overlap(mine: frozenset[str], theirs: frozenset[str]) -> float:
    if len(mine) < 2 or len(theirs) < 2:
        return 0.0
    return len(mine & theirs) / (math.log(len(mine)) + math.log(len(theirs)))


class LexRank:
    """Cosines of words weighted by rarity; what is above the threshold is an edge."""

    def __init__(self, articles: Sequence[Marked]) -> None:
        held = Counter(term for one in articles for term in {term for text in one.sents for term in _terms(text)})
        self._rarity = {term: math.log(len(articles) / count) for term, count in held.items()}

    def __call__(self, one: Marked) -> Row:
        vectors = [self._vector(sentence) for sentence in one.sents]
        return _walk([[float(_cosine(mine, theirs) > LEXRANK_THRESHOLD) for theirs in vectors] for mine in vectors])

    def _vector(self, sentence: str) -> dict[str, float]:
        weights = {term: count * self._rarity.get(term, 0.0) for term, count in Counter(_terms(sentence)).items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}


def _cosine(mine: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    return sum(weight * theirs[term] for term, weight in mine.items() if term in theirs)


def _walk(edges: Sequence[Row]) -> Row:
    """Where a walk along the edges is found most often (PageRank), by repeated steps."""
    count = len(edges)
    sums = [sum(row) or 1.0 for row in edges]
    share = [[weight / total for weight in row] for row, total in zip(edges, sums, strict=True)]
    into = list(zip(*share, strict=True))
    at = [1 / count] * count
    for _ in range(STEPS):
        moved = [(1 - DAMPING) / count + DAMPING * sum(map(float.__mul__, column, at)) for column in into]
        if sum(abs(new - old) for new, old in zip(moved, at, strict=True)) < CLOSE_ENOUGH:
            return moved
        at = moved
    return at


def by_yake() -> Scorer:
    """The worth of the article's key phrases that a sentence holds; YAKE gives the best the least number."""
    extractor = yake.KeywordExtractor(lan="en", top=YAKE_PHRASES)

    def score(one: Marked) -> Row:
        phrases = extractor.extract_keywords(" ".join(one.sents))
        worth = {phrase.lower(): -math.log(max(number, 1e-9)) for phrase, number in phrases}
        return [sum(value for phrase, value in worth.items() if phrase in text.lower()) for text in one.sents]

    return score


def _terms(text: str) -> list[str]:
    return [word for word in words(text) if word not in vocabulary.FUNCTION_WORDS]
