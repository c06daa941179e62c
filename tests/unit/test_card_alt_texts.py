"""What a card is described as: all that it says in the post's language, within every network's limit, no word cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cards.alt import alt_text
from scheduler.cards.words import Words

SENTENCES = "Rest is part of the treatment. It is not lazy! Is it? No… Sleep well."


def words(quote: str = SENTENCES, **more: object) -> Words:
    given = {"opening": "“", "closing": "”", "name": "Ada Wren", "role": "Nurse", "address": "book.example", **more}
    return Words(quote=quote, **given)  # type: ignore[arg-type]


def test_it_has_the_full_quote_who_said_it_and_where_to_book() -> None:
    assert alt_text(words("Rest.")) == "“Rest.” — Ada Wren, Nurse. book.example"
    assert alt_text(words("Rest.", name="", role="")) == "“Rest.” book.example"
    assert alt_text(words("Rest.", name="Ada Wren", role="M.D.", address="")) == "“Rest.” — Ada Wren, M.D."


def test_what_only_matters_where_a_line_ends_is_left_out() -> None:
    assert (
        alt_text(words("Schlaf\u00adqualität\u00a0– gut.", name="", role="", address="")) == "“Schlafqualität – gut.”"
    )


def test_who_said_it_ends_as_the_language_ends_a_sentence() -> None:
    assert alt_text(words("眠る。", language="ja", role="", address="")) == "“眠る。” — Ada Wren。"


def test_a_title_is_no_quotation() -> None:
    assert alt_text(words("On rest", title="On rest", name="", role="")) == "On rest book.example"


@pytest.mark.parametrize(
    ("language", "title", "items", "told"),
    [
        ("en", "Before a visit", ("Drink water", "Do you sleep?"), "Before a visit: 1. Drink water. 2. Do you sleep?"),
        ("en", "Ready?", ("Go", "Come back"), "Ready? 1. Go. 2. Come back."),
        ("de", "", ("Wasser trinken", "Gut schlafen"), "1. Wasser trinken. 2. Gut schlafen."),
        ("ja", "受診の前に", ("水を飲む", "よく眠る"), "受診の前に：1. 水を飲む。2. よく眠る。"),
        ("hi", "पहले", ("पानी पिएँ", "सोएँ"), "पहले: 1. पानी पिएँ। 2. सोएँ।"),
        ("th", "ก่อนมา", ("ดื่มน้ำ", "นอน"), "ก่อนมา: 1. ดื่มน้ำ 2. นอน"),
    ],
)
def test_a_list_is_told_item_by_item_as_its_language_ends_a_sentence(
    language: str, title: str, items: tuple[str, ...], told: str
) -> None:
    listed = words("", title=title, items=items, language=language, name="", role="", address="")
    assert alt_text(listed, listed=True) == told


@pytest.mark.parametrize(
    ("most", "told"),
    [
        (1000, f"“{SENTENCES}” — Ada Wren, Nurse. book.example"),
        (90, "“Rest is part of the treatment. It is not lazy! Is it?” — Ada Wren, Nurse. book.example"),
        (80, "“Rest is part of the treatment. It is not lazy!” — Ada Wren, Nurse. book.example"),
        (40, "“Rest is part of the treatment.”"),
        (20, "“Rest is part of…”"),
    ],
)
def test_what_is_too_long_ends_with_a_whole_sentence_or_at_least_a_whole_word(most: int, told: str) -> None:
    assert alt_text(words(), most=most) == told


@given(
    quote=st.lists(st.from_regex(r"[A-Za-zäé]{1,12}[.!?,]?", fullmatch=True), min_size=1, max_size=60).map(" ".join),
    most=st.integers(20, 400),
    listed=st.booleans(),
)
def test_it_is_never_longer_than_allowed_and_never_ends_within_a_word(quote: str, most: int, listed: bool) -> None:
    items = tuple(quote.split()[:6]) if listed else ()
    given = words(quote, items=items, title="Tips" if listed else "")
    told = alt_text(given, listed=listed, most=most)
    assert len(told) <= most
    said = re.sub(r"^“|(…?”.*|…)$", "", told.split(" — ")[0])
    whole = alt_text(given, listed=listed, most=10_000)
    assert said in whole
    after = whole[whole.index(said) + len(said) :]
    assert not said or not said[-1].isalnum() or not after[:1].isalnum()


def test_no_limit_is_too_small_to_keep() -> None:
    assert all(len(alt_text(words(), most=most)) <= most for most in range(1, 200))


def test_a_template_without_a_list_tells_the_quote() -> None:
    given = words("Rest.", items=("One", "Two"), name="", role="", address="")
    assert alt_text(given) == "“Rest.”"
