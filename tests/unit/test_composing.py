"""Composing: what a post says on a channel, and what gives way when it doesn't fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.composing import compose, hashtag
from scheduler.domain.errors import DoesNotFit
from scheduler.domain.textlength import weighted

LINK = "https://clinic.example/book?utm_content=abc"
TAGS = ("#NeckPain", "#Posture")


def text_of(limit: int) -> str:
    return compose("Sit less.", call="Book:", link=LINK, hashtags=TAGS, limit=limit, length=len).text


def test_a_post_is_excerpt_call_link_and_hashtags() -> None:
    assert text_of(280) == f"Sit less.\n\nBook: {LINK}\n\n#NeckPain #Posture"


def test_hashtags_give_way_first_the_last_one_first() -> None:
    assert text_of(len(f"Sit less.\n\nBook: {LINK}\n\n#NeckPain")) == f"Sit less.\n\nBook: {LINK}\n\n#NeckPain"


def test_the_words_of_the_call_give_way_next() -> None:
    assert text_of(len(f"Sit less.\n\n{LINK}")) == f"Sit less.\n\n{LINK}"


def test_excerpt_and_link_never_give_way() -> None:
    with pytest.raises(DoesNotFit, match="54 of 53"):
        text_of(53)


@given(
    excerpt=st.text(min_size=1, max_size=200).filter(str.strip),
    tags=st.lists(st.sampled_from(TAGS), max_size=3),
    limit=st.integers(40, 300),
)
def test_what_is_composed_fits_and_keeps_excerpt_and_link(excerpt: str, tags: list[str], limit: int) -> None:
    try:
        composed = compose(excerpt, call="Book:", link=LINK, hashtags=tags, limit=limit, length=len)
    except DoesNotFit:
        assert len(f"{excerpt}\n\n{LINK}") > limit
    else:
        assert composed.length == len(composed.text) <= limit
        assert composed.text.startswith(excerpt)
        assert LINK in composed.text


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("neck pain", "#NeckPain"),
        ("#neckPain", "#NeckPain"),
        ("l'été", "#LÉté"),
        ("covid-19", "#Covid19"),
        ("2026", ""),
        ("!", ""),
    ],
)
def test_hashtags_are_in_camel_case(words: str, tag: str) -> None:
    assert hashtag(words) == tag


def test_a_link_counts_23_on_x_however_long_it_is() -> None:
    assert weighted(f"Book: https://clinic.example.com/book?utm_content={'x' * 100}") == len("Book: ") + 23


@pytest.mark.parametrize("text", ["a." * 200, "word " * 300])
def test_text_that_would_take_the_parser_ages_is_refused(text: str) -> None:
    with pytest.raises(DoesNotFit):
        weighted(text)
