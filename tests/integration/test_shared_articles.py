"""Other people's articles, read where they are kept and never copied: every excerpt is proved, and drops no caution."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scheduler.cutting import cut, english, proof
from scheduler.cutting.words import words
from scheduler.domain.article import Article, BlockKind, Cut, Excerpt, RepairKind
from scheduler.readers.blocks import Told, assemble
from scheduler.readers.pieces import Piece

QUOTES = Path(__file__).parents[3] / "shared" / "data" / "quotes"
FILES = [QUOTES / f"{name}.jsonl" for name in ("dev", "train", "train2")]
EVERY = 1 if os.environ.get("CI") else 8

pytestmark = [
    pytest.mark.long,
    pytest.mark.xdist_group("shared-articles"),
    pytest.mark.skipif(
        not all(path.exists() for path in FILES), reason="the marked articles are in ../shared, which isn't here"
    ),
]

# Written for this test alone, so that it doesn't believe what the cutter believes: none of these may get lost.
CAUTION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|nobody|nothing|nowhere|without|cannot|hardly|barely|scarcely|rarely|seldom"
    r"|\w+n['’]t|may|might|can|could|would|should|perhaps|maybe|possibly|probably|likely|unlikely|potentially|presumably"
    r"|often|sometimes|usually|generally|typically|commonly|frequently|occasionally|mostly|mainly|largely|partly|partially"
    r"|almost|nearly|roughly|about|around|approximately|some|many|most|few|fewer|several|half|all|every|each|any|both"
    r"|more|less|least|only|at least|up to|over|under|seems?|appears?|suggests?|tends?|believe|think|helps?|in part"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|thousand|million|percent)\b"
    r"|\d+(?:[.,]\d+)*",
    re.IGNORECASE,
)
# A mark that leads to a source or a figure is no number of the sentence's, nor is a list's label at its start.
MARKS = re.compile(
    r"\(\s?(?:see )?(?:fig\w*|tab\w*|image|photo|chart)?\.? ?\d+[^()]{0,20}\)|\[\d+[^\]]{0,20}\]", re.IGNORECASE
)
ABOUT_THE_TEXT = re.compile(
    r",? ?as (?:we|i)?\b[^,.]{0,60}(?:mentioned|shown|noted|described|discussed|seen|stated)", re.I
)


def rows() -> Iterator[dict[str, Any]]:
    lines = [line for path in FILES for line in path.read_text("utf-8").splitlines()]
    yield from map(json.loads, lines[::EVERY])


def article_of(row: dict[str, Any]) -> Article:
    pieces = [Piece(kind=BlockKind.PARAGRAPH, text=" ".join(text.split())) for text in row["body"].split("\n\n")]
    return assemble("a.md", Told(title=row["title"] or ""), pieces)


@pytest.fixture(scope="module")
def cuts() -> list[tuple[Article, Cut]]:
    return [(article, cut(article)) for article in map(article_of, rows())]


def told(found: Cut) -> list[Excerpt]:
    return [*found.excerpts, *filter(None, [found.announcement])]


def test_every_excerpt_and_announcement_is_proved(cuts: list[tuple[Article, Cut]]) -> None:
    unproved = [
        excerpt.text
        for article, found in cuts
        for excerpt in told(found)
        if not proof.holds(excerpt, article.text, article.title)
    ]
    assert len(cuts) >= 1148 // EVERY
    assert unproved == []


def test_no_excerpt_drops_a_caution_a_negation_or_a_number(cuts: list[tuple[Article, Cut]]) -> None:
    lost = [
        (dropped, excerpt.text)
        for article, found in cuts
        for excerpt in told(found)
        if (dropped := cautions(source(excerpt, article)) - cautions(excerpt.text))
    ]
    assert lost == []


def source(excerpt: Excerpt, article: Article) -> str:
    whole = " ".join(article.text[start:end] for start, end in excerpt.spans)
    return ABOUT_THE_TEXT.sub("", MARKS.sub("", whole))


def cautions(text: str) -> Counter[str]:
    return Counter(word.lower() for word in CAUTION.findall(text))


def test_only_neighbours_of_one_paragraph_are_joined(cuts: list[tuple[Article, Cut]]) -> None:
    for article, found in cuts:
        for excerpt in found.excerpts:
            for repair in excerpt.repairs:
                if repair.kind is RepairKind.JOIN:
                    assert article.text[repair.start : repair.end].strip(" \xa0\u202f") == ""


def test_nothing_that_is_posted_stands_twice_among_the_posts_of_an_article(cuts: list[tuple[Article, Cut]]) -> None:
    for _, found in cuts:
        spans = sorted(span for excerpt in found.excerpts for span in excerpt.spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_looking_for_a_phrases_words_first_never_hides_the_phrase(cuts: list[tuple[Article, Cut]]) -> None:
    for article, found in cuts:
        for sentence in found.sentences:
            low = article.text[sentence.start : sentence.end].lower()
            said = frozenset(words(low))
            for _, phrases in english.RULES.gates:
                assert phrases.tells(low, said) == (phrases.pattern.search(low) is not None)
            assert not (english.BARE_DEMONSTRATIVE.search(low) and english.POINTING.isdisjoint(said))
