"""Where sentences end: the rules that everybody measures by, sentences from web pages, and other languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cutting.segment import segments
from scheduler.domain.article import Article, Block, BlockKind

DATA = Path(__file__).parents[1] / "data" / "sentences"
GOLDEN = tomllib.loads((DATA / "golden.toml").read_text("utf-8"))["case"]
WEB = tomllib.loads((DATA / "web.toml").read_text("utf-8"))["cases"]
FAILURES_ALLOWED = 3


def split(text: str, language: str = "en") -> list[str]:
    block = Block(kind=BlockKind.PARAGRAPH, start=0, end=len(text))
    article = Article(source="a.md", title="", language=language, fingerprint="", text=text, blocks=(block,))
    return [text[segment.start : segment.end] for segment in segments(article)]


def test_the_golden_rules_hold_but_for_three_at_most() -> None:
    failed = [f"{case['rule']} {case['name']}" for case in GOLDEN if split(case["text"]) != case["sentences"]]
    assert len(GOLDEN) >= 48
    assert len(failed) <= FAILURES_ALLOWED, failed


def test_a_hundred_passages_from_web_pages_are_split_right() -> None:
    assert len(WEB) >= 100
    assert [sentences for sentences in WEB if split(" ".join(sentences)) != sentences] == []


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("es", ["¿Le duele el cuello?", "Muévase cada hora.", "¡Es fácil!", "La Dra. Gil, p. ej., camina al trabajo."]),
        ("es", ["Vive en EE. UU. desde 2010.", "Le gusta."]),
        ("de", ["Das gilt z. B. für den Nacken, d. h. für die Halswirbel.", "Dr. Meier sieht das bzw. hört es oft."]),
        ("de", ["Am 3. Mai beginnt der Kurs.", "Er kostet ca. 40 Euro inkl. Matte."]),
        ("fr", ["Avez-vous mal ?", "Bougez !", "M. Durand et Mme Roy marchent p. ex. le matin."]),
        ("fr", ["« C’est simple », dit-elle.", "Le reste suit."]),
        ("pt", ["Dói o pescoço?", "A Dra. Costa ajuda, p. ex., com exercícios.", "É simples!"]),
        ("ar", ["هل تؤلمك رقبتك؟", "حرّكها كل ساعة.", "هذا جيد!"]),
        ("he", ["האם הצוואר כואב?", "זוזו כל שעה.", "זה טוב!"]),
    ],
)
def test_other_languages_are_split_with_their_own_abbreviations(language: str, sentences: list[str]) -> None:
    assert split(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("zh", ["颈部僵硬很少是受伤的迹象。", "多数人需要活动吗？", "是的！", "每小时动一动。"]),
        ("ja", ["首のこりは珍しくありません。", "「動くことは薬です。」と彼は言った。", "体を動かそう！"]),
    ],
)
def test_chinese_and_japanese_are_split_without_spaces(language: str, sentences: list[str]) -> None:
    assert split("".join(sentences), language) == sentences


ODD = st.sampled_from(["1.", "2)", "a.", "•", "No.", "etc.", "(A.", ")", "…", "?", "A", "b", "“"])


@given(text=st.text(max_size=200) | st.lists(ODD).map(" ".join))
def test_no_character_but_white_space_is_lost_between_sentences(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_a_long_block_of_odd_signs_takes_no_time() -> None:
    for odd in ("1. ", "(", "a.b@c.d ", "No. ", "… ", "[1]", "12 Elm ", "• 1. ", "https://x", ". . ", "((A.) "):
        assert split(odd * (60_000 // len(odd)))
