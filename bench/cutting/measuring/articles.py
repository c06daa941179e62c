"""Articles whose authors marked sentences, cut as the program cuts them.

A line of a file holds `title`, `body` (paragraphs between blank lines), `sents` and `pos` (indices of the marked ones),
`family` and `group` (the site). The texts are other people's: they are read, never kept.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.cutting.judging import Judged, judged
from scheduler.domain.article import Article, BlockKind
from scheduler.readers.blocks import Told, assemble
from scheduler.readers.pieces import Piece

SHARED = Path(__file__).parents[4] / "shared" / "data" / "quotes"
FILES = ("dev", "train", "train2")
CAPPED = "train2"
MOST_OF_A_SITE = 10
NOWHERE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An article, our sentences of it, and where each of the author's `sents` is among them (or NOWHERE)."""

    file: str
    family: str
    site: str
    sents: Sequence[str]
    marked: frozenset[int]
    article: Article
    sentences: Sequence[Judged]
    place: Sequence[int]

    @property
    def wanted(self) -> frozenset[int]:
        """Our sentences that hold a marked one."""
        return frozenset(self.place[index] for index in self.marked) - {NOWHERE}

    def of_theirs(self, scores: Sequence[float]) -> list[float]:
        """Scores of our sentences, told of theirs; what is in no sentence of ours has the least."""
        return [min(scores) - 1 if index == NOWHERE else scores[index] for index in self.place]


def read(path: Path) -> list[Marked]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [_marked(path.stem, row) for row in rows]


def _marked(file: str, row: Mapping[str, Any]) -> Marked:
    article = article_of(row)
    sentences = judged(article)
    return Marked(
        file=file,
        family=row.get("family", "other"),
        site=_site(row.get("group", file)),
        sents=row["sents"],
        marked=frozenset(row["pos"]),
        article=article,
        sentences=sentences,
        place=[_place(middle, sentences) for middle in _middles(row, article.text)],
    )


def _site(group: str) -> str:
    """One name for the sites of one client, so that none of them teaches what is asked of the other."""
    return group.rpartition("/")[2].removesuffix("-blog").removesuffix("-recruiting").lower()


def article_of(row: Mapping[str, Any]) -> Article:
    paragraphs = row["body"].split("\n\n")
    pieces = [Piece(kind=BlockKind.PARAGRAPH, text=" ".join(text.split())) for text in paragraphs]
    return assemble("article.md", Told(title=row["title"] or ""), pieces)


def _middles(row: Mapping[str, Any], text: str) -> Iterator[int]:
    """The place of each sentence's middle in our text, found by counting what isn't white space."""
    places = [at for at, character in enumerate(text) if not character.isspace()]
    body = "".join(row["body"].split())
    at = 0
    for sentence in row["sents"]:
        bare = "".join(sentence.split())
        at = max(at, body.find(bare, at))
        yield places[min(at + len(bare) // 2, len(places) - 1)]
        at += len(bare)


def _place(middle: int, sentences: Sequence[Judged]) -> int:
    spans = enumerate((one.segment.start, one.segment.end) for one in sentences)
    return next((index for index, (start, end) in spans if start <= middle < end), NOWHERE)


def used_for_training(articles: Sequence[Marked]) -> list[bool]:
    """All articles, but of the file with few, large sites only some of each."""
    order = list(range(len(articles)))
    random.Random(0).shuffle(order)
    seen: Counter[str] = Counter()
    used = [True] * len(articles)
    for index in order:
        if articles[index].file == CAPPED:
            seen[articles[index].site] += 1
            used[index] = seen[articles[index].site] <= MOST_OF_A_SITE
    return used
