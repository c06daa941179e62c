"""The words and hashtags that a person types, before anything is done with them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.errors import WordsUnusable
from scheduler.domain.shown import shown
from scheduler.usecases.typed import MOST_CHARACTERS, MOST_HASHTAGS, read_hashtags, read_words


def test_words_become_one_paragraph() -> None:
    assert read_words("  Drink water.\n\nThen\twalk. \n") == "Drink water. Then walk."


@pytest.mark.parametrize("text", ["", " \n", "…!?", "\N{ZERO WIDTH SPACE}"])
def test_a_post_without_a_word_is_refused_and_hold_is_offered(text: str) -> None:
    with pytest.raises(WordsUnusable, match="no words") as refused:
        read_words(text)
    assert "quotidian hold" in refused.value.hint


def test_a_monster_is_refused_with_the_numbers() -> None:
    with pytest.raises(WordsUnusable, match=f"1001 characters; a post takes at most {MOST_CHARACTERS}"):
        read_words("a" * 1001)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\N{RIGHT-TO-LEFT OVERRIDE}", "\ud800"])
def test_a_character_that_steers_is_refused(character: str) -> None:
    with pytest.raises(WordsUnusable, match="can't be printed"):
        read_words(f"Drink{character} water.")


@given(st.text(max_size=200))
def test_whatever_is_typed_is_refused_or_can_be_printed_and_read_again(text: str) -> None:
    words = "fine"
    with suppress(WordsUnusable):
        words = read_words(text)
    assert shown(words) == read_words(words) == words


def test_hashtags_are_given_as_words_and_each_stands_once() -> None:
    assert read_hashtags("neck pain, #sleep,, Sleep ,sleep") == ("#NeckPain", "#Sleep")
    assert read_hashtags("") == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("sleep, !!!", "“!!!” can't be a hashtag"),
        ("a" * 200, "can't be a hashtag"),
        (",".join(f"tag{number}" for number in range(MOST_HASHTAGS + 1)), "at most 10 hashtags"),
    ],
)
def test_what_can_not_be_a_hashtag_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(WordsUnusable, match=sentence):
        read_hashtags(text)
