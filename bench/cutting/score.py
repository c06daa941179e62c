"""Measures the ranking on articles whose authors marked a sentence: `python bench/cutting/score.py [FILE.jsonl]`.

Each line holds `title`, `body` (paragraphs between blank lines), `sents` and `pos` (indices of the marked ones).
Printed are the mean area under the curve an article, the share of articles with a marked sentence among the three
best, and the CPU time an article, beside chance and a plain length band. The texts are other people's: they are read,
never kept.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scheduler.cutting import cut
from scheduler.domain.article import Article, BlockKind, Sentence
from scheduler.readers.blocks import Piece, Told, assemble

SHARED = Path(__file__).parents[3] / "shared" / "data" / "quotes" / "dev.jsonl"
Scorer = Callable[[Mapping[str, Any]], list[float]]


def main(path: str) -> None:
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    print(f"{len(rows)} articles\n{'ranker':14} {'AUC':>5} {'hit@3':>6} {'ms':>6}")
    for name, scorer in (("random", by_chance(1)), ("length band", by_length), ("ours", by_cutter)):
        start = time.process_time()
        scores = [scorer(row) for row in rows]
        spent = (time.process_time() - start) * 1000 / len(rows)
        curves = [area(found, set(row["pos"])) for found, row in zip(scores, rows, strict=True)]
        hits = [hit(found, set(row["pos"])) for found, row in zip(scores, rows, strict=True)]
        print(f"{name:14} {mean(curves):5.3f} {mean(hits):6.3f} {spent:6.1f}")


def by_chance(seed: int) -> Scorer:
    chance = random.Random(seed)
    return lambda row: [chance.random() for _ in row["sents"]]


def by_length(row: Mapping[str, Any]) -> list[float]:
    return [min((len(sentence) - 30) / 25, 1, (200 - len(sentence)) / 75) for sentence in row["sents"]]


def by_cutter(row: Mapping[str, Any]) -> list[float]:
    """Our score of the sentence that holds the middle of theirs, places counted without white space."""
    article = article_of(row)
    places = [0]
    for character in article.text:
        places.append(places[-1] + (not character.isspace()))
    sentences = cut(article).sentences
    return [score_at(sentences, places, middle) for middle in middles(row)]


def article_of(row: Mapping[str, Any]) -> Article:
    paragraphs = row["body"].split("\n\n")
    pieces = [Piece(kind=BlockKind.PARAGRAPH, text=" ".join(text.split())) for text in paragraphs]
    return assemble("article.md", Told(title=row["title"] or ""), pieces)


def middles(row: Mapping[str, Any]) -> Iterator[int]:
    body = "".join(row["body"].split())
    at = 0
    for sentence in row["sents"]:
        bare = "".join(sentence.split())
        at = max(at, body.find(bare, at))
        yield at + len(bare) // 2
        at += len(bare)


def score_at(sentences: Sequence[Sentence], places: Sequence[int], middle: int) -> float:
    return next((one.score for one in sentences if places[one.start] <= middle < places[one.end]), 0.0)


def area(scores: Sequence[float], marked: set[int]) -> float:
    """The chance that a marked sentence scores above an unmarked one; a tie counts half."""
    good = [score for index, score in enumerate(scores) if index in marked]
    rest = [score for index, score in enumerate(scores) if index not in marked]
    wins = sum((one > other) + (one == other) / 2 for one in good for other in rest)
    return wins / (len(good) * len(rest)) if good and rest else 0.5


def hit(scores: Sequence[float], marked: set[int]) -> float:
    best = sorted(range(len(scores)), key=lambda index: -scores[index])[:3]
    return float(not marked.isdisjoint(best))


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if path.exists():
        main(str(path))
    else:
        print(f"skipped: it needs marked articles, as in {path.name}; name such a file")
