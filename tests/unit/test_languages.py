"""Eight languages besides English are split, measured and mended by their own rules, and others by none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from scheduler.cutting import cut, proof
from scheduler.domain.article import Article, ExcerptKind
from scheduler.readers.markdown import Markdown

DATA = Path(__file__).parents[1] / "data" / "languages" / "articles.toml"
ARTICLES = tomllib.loads(DATA.read_text("utf-8"))["article"]

each_article = pytest.mark.parametrize(
    "sample", ARTICLES, ids=[f"{one['language']}{index}" for index, one in enumerate(ARTICLES)]
)


def read(text: str) -> Article:
    return Markdown().read("a.md", text.encode())


@each_article
def test_an_article_is_known_for_its_language_and_cut_as_its_reader_would(sample: dict[str, Any]) -> None:
    article = read(sample["text"])
    texts = [excerpt.text for excerpt in cut(article).excerpts]
    assert article.language == sample["language"]
    assert [text for text in sample["posted"] if text not in texts] == []


@each_article
def test_nothing_that_advertises_or_leans_is_posted(sample: dict[str, Any]) -> None:
    texts = [excerpt.text for excerpt in cut(read(sample["text"])).excerpts]
    assert [text for text in texts if any(bad in text for bad in sample["never"])] == []
    assert [text for text in texts if text.startswith(tuple(sample["never_openings"]))] == []


@each_article
def test_every_excerpt_and_announcement_is_proved(sample: dict[str, Any]) -> None:
    article = read(sample["text"])
    found = cut(article)
    told = [*found.excerpts, *filter(None, [found.announcement])]
    assert told
    assert all(proof.holds(excerpt, article.text) for excerpt in told)


def test_chinese_and_japanese_neighbours_are_joined_without_a_space() -> None:
    for sample in ARTICLES:
        for excerpt in cut(read(sample["text"])).excerpts:
            if sample["language"] in ("zh", "ja"):
                assert " " not in excerpt.text


def test_a_question_is_known_by_its_languages_own_mark() -> None:
    kinds = {sample["language"]: [e.kind for e in cut(read(sample["text"])).excerpts] for sample in ARTICLES[::2]}
    assert all(ExcerptKind.QUESTION in found for found in kinds.values())


def test_a_share_is_a_number_in_any_script_and_a_date_is_none() -> None:
    for sample in ARTICLES:
        for excerpt in cut(read(sample["text"])).excerpts:
            assert (excerpt.kind is ExcerptKind.NUMBER) == ("70" in excerpt.text or " 2 semanas" in excerpt.text)


def test_a_language_without_rules_is_told_and_left_as_written() -> None:
    text = "However, je to tak. Krk po dlouhém dni u stolu bolí jen zřídka kvůli nějakému zranění páteře."
    found = cut(Markdown().read("a.md", f"---\nlang: cs\n---\n{text}\n".encode()))
    assert found.excerpts[0].text == text.partition(". ")[2]
    assert "cs" in found.notes[0]


def test_english_needs_no_note() -> None:
    assert cut(read("A stiff neck after a long day is rarely a sign of any damage to the spine.")).notes == ()
