"""Which texts say the same, and which are one sentence in two versions."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.likeness import REWORDED_SHARE, meaning, rewordings, says_the_same

SENTENCE = "Short walks help a stiff back after a long day."


def same(one: str, other: str) -> bool:
    return says_the_same(meaning(one), meaning(other))


@pytest.mark.parametrize(
    "other",
    [
        "Short walks ease a stiff back after a long day.",
        "Short walks help a stiff back after 12 hours.",
        "Short walks don't help a stiff back after a long day.",
        "After a long day, short walks help a stiff back, as everybody here has found out over all these years.",
    ],
)
def test_a_sentence_in_other_words_is_found_again(other: str) -> None:
    assert rewordings(SENTENCE, [other])[0] > 0


@pytest.mark.parametrize("other", ["Long walks tire a healthy dog after dinner.", "Drink water.", "", "…"])
def test_another_sentence_is_another_sentence(other: str) -> None:
    assert rewordings(SENTENCE, [other]) == [0]
    assert not same(SENTENCE, other)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("背中が痛いときは短い散歩が役に立ちます。", "背中が痛いときは長い散歩が役に立ちます。", True),
        ("背中が痛いときは短い散歩が役に立ちます。", "毎晩よく眠ることは心臓に良いです。", False),
        ("短暂的散步对僵硬的背部有帮助。", "短暂的散步对僵硬的颈部有帮助。", True),
        ("المشي القصير يساعد الظهر المتعب بعد يوم طويل.", "المشي القصير يريح الظهر المتعب بعد يوم طويل.", True),
        ("Kurze Wege helfen dem steifen Rücken am Abend.", "Kurze Wege helfen dem müden Rücken am Abend.", True),
    ],
)
def test_no_language_needs_rules_of_its_own(one: str, other: str, alike: bool) -> None:
    assert bool(rewordings(one, [other])[0]) is alike
    assert same(one, other) is alike


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_says_the_same_does_so_both_ways_and_is_a_rewording(one: str, other: str) -> None:
    assert same(one, one) or not meaning(one)
    assert same(one, other) == same(other, one)
    assert 0 <= rewordings(one, [other])[0] <= 1
    if same(one, other) and meaning(one):
        assert rewordings(one, [one]) == [1]


def test_two_hundred_sentences_are_compared_with_two_hundred_others_in_a_moment() -> None:
    mine = [f"{SENTENCE[:-1]}, number {number} of {number * 7919 % 1000}." for number in range(200)]
    theirs = [f"Word{number} " * 18 for number in range(200)]
    started = time.monotonic()
    shares = [rewordings(one, theirs) for one in mine]
    assert max(max(row) for row in shares) < REWORDED_SHARE
    assert time.monotonic() - started < 5
