"""Measures how long cutting takes: `python bench/cutting/speed.py [FILE.jsonl]`.

Printed is CPU time in milliseconds, the best of several rounds, and how many times that of only splitting the same
text into sentences: machines differ, ratios hardly do. Measured are articles as they come (of FILE, otherwise of the
tests), and 1 MB of prose made by repeating them with other numbers, so that no sentence is there twice.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import sentencex

from scheduler.cutting import cut
from scheduler.domain.article import Article, BlockKind
from scheduler.readers.blocks import Told, assemble
from scheduler.readers.markdown import Markdown
from scheduler.readers.pieces import Piece

SHARED = Path(__file__).parents[3] / "shared" / "data" / "quotes" / "dev.jsonl"
OURS = Path(__file__).parents[2] / "tests" / "data" / "articles"
MEGABYTE = 1_000_000
ROUNDS = 5


def main(path: Path) -> None:
    """Prints one line a measure."""
    articles = marked(path) if path.exists() else own()
    long = prose(articles)
    print(f"{'':22} {'CPU ms':>8} {'x split':>8}")
    told("one article, mean", articles, rounds=ROUNDS)
    told("1 MB of prose", [long], rounds=2)


def told(name: str, articles: Sequence[Article], *, rounds: int) -> None:
    ours, plain = (best(work, articles, rounds) / len(articles) for work in (cut, split))
    print(f"{name:22} {ours:8.2f} {ours / plain:8.1f}")


def best(work: Callable[[Article], object], articles: Sequence[Article], rounds: int) -> float:
    """CPU milliseconds of the fastest round over all articles."""
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        for article in articles:
            work(article)
        spent.append((time.process_time() - start) * 1000)
    return min(spent)


def split(article: Article) -> list[object]:
    return [
        sentencex.segment(article.language, article.text[block.start : block.end])
        for block in article.blocks
        if block.kind is BlockKind.PARAGRAPH
    ]


def marked(path: Path) -> list[Article]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [paragraphs(row["title"] or "", row["body"].split("\n\n")) for row in rows]


def own() -> list[Article]:
    return [Markdown().read(each.name, each.read_bytes()) for each in sorted(OURS.glob("*.md"))]


def prose(articles: Sequence[Article]) -> Article:
    """Paragraphs of these articles until there is 1 MB; each gets a word of its own."""
    texts = [each.text[block.start : block.end] for each in articles for block in each.blocks]
    long: list[str] = []
    size = 0
    while size < MEGABYTE:
        text = texts[len(long) % len(texts)].replace(" the ", f" the {len(long)}th ")
        long.append(text)
        size += len(text.encode()) + 2
    return paragraphs("A very long article", long)


def paragraphs(title: str, texts: Sequence[str]) -> Article:
    pieces = [Piece(kind=BlockKind.PARAGRAPH, text=" ".join(text.split())) for text in texts]
    return assemble("article.md", Told(title=title), pieces)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
