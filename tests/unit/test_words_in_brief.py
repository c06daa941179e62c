"""Long words in lists: one line, in which one still sees where a title ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.brief import brief, one_line


def test_a_title_is_set_apart_from_the_sentence_after_it() -> None:
    assert (
        one_line("Sleeping well\n\nDrink the last cup before noon.")
        == "Sleeping well · Drink the last cup before noon."
    )


def test_sentences_on_lines_of_their_own_follow_each_other() -> None:
    assert one_line("Why walk?\nIt helps.\n  Slowly, too. ") == "Why walk? It helps. Slowly, too."


def test_what_is_cut_ends_in_a_word_not_in_a_sign_between_lines() -> None:
    assert brief("Ten minutes on foot\nafter a meal", 23) == "Ten minutes on foot…"


def test_the_parts_of_a_thread_follow_each_other_without_their_dashes() -> None:
    assert one_line("One walk\n---\nand another one.") == "One walk · and another one."


def test_a_long_sentence_is_cut_behind_a_word_and_a_long_word_within() -> None:
    assert brief("Twenty minutes of effort in bed", 20) == "Twenty minutes of…"
    assert brief("Donaudampfschifffahrtsgesellschaft", 20) == "Donaudampfschifffah…"


@given(st.text(max_size=90), st.integers(min_value=2, max_value=60))
def test_what_is_told_in_brief_never_takes_more_room_than_there_is(words: str, most: int) -> None:
    told = brief(words, most)
    assert len(told) <= most
    assert told == one_line(words) or told.endswith("…")


@given(st.text(max_size=200))
def test_one_line_keeps_every_word_in_order_and_no_break(words: str) -> None:
    told = one_line(words)
    said, meant = ([each for each in text.split() if each not in ("·", "---")] for text in (told, words))
    assert said == meant
    assert len(told.splitlines()) <= 1
