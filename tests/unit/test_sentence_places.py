"""A post's place in its article is told by the numbers of its sentences, and left untold where it has none."""

from __future__ import annotations

import pytest

from scheduler.domain.article import Article, Block, BlockKind, Excerpt, ExcerptKind
from scheduler.web.dashboard import source

TEXT = "How to sleep\n\nGo to bed early. Dim the lamps. Read a book.\n\nDrink less coffee."
BLOCKS = (
    Block(kind=BlockKind.TITLE, start=0, end=12),
    Block(kind=BlockKind.PARAGRAPH, start=14, end=58),
    Block(kind=BlockKind.ITEM, start=60, end=78),
)


def article(text: str = TEXT) -> Article:
    return Article(source="a.md", title="How to sleep", language="en", fingerprint="f", text=text, blocks=BLOCKS)


def taking(*words: str) -> Excerpt:
    spans = tuple((TEXT.index(each), TEXT.index(each) + len(each)) for each in words)
    return Excerpt(text=" ".join(words), kind=ExcerptKind.QUOTE, score=1.0, spans=spans)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Go to bed early.",), "sentence 1 of 4"),
        (("Dim the lamps. Read a book.",), "sentence 2 to 3 of 4"),
        (("the lamps",), "sentence 2 of 4"),
        (("Go to bed early.", "Read a book.", "Drink less coffee."), "sentence 1 and 3 to 4 of 4"),
        (("How to sleep",), ""),
    ],
)
def test_a_place_is_told_by_the_numbers_of_its_sentences(words: tuple[str, ...], said: str) -> None:
    assert source.place_of(article(), taking(*words)) == said


def test_the_sentences_of_a_very_long_article_are_not_counted() -> None:
    assert source.place_of(article(TEXT + " " * source.LONGEST), taking("Dim the lamps.")) == ""
