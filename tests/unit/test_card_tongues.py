"""The language that a card is set in, where nobody said it or said another."""

from __future__ import annotations

import pytest

from scheduler.cards.tongues import language_of, numeral


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("Sleep well.", "en", "en"),
        ("Schlafen Sie gut.", "de-CH", "de-CH"),
        ("よく眠ると背中が楽になります", "en", "ja"),
        ("잠을 잘 자면", "en", "ko"),
        ("睡眠有助于背部恢复", "en", "zh"),
        ("睡眠有助於背部恢復，醫生說", "en", "zh-Hant"),
        ("睡眠有助於背部恢復，醫生說", "zh", "zh-Hant"),
        ("睡眠有助於背部恢復", "zh-HK", "zh-HK"),
        ("漢字だけ", "zh", "ja"),
        ("漢字", "ja", "ja"),
        ("النوم", "fa", "fa"),
        ("שינה טובה", "en", "he"),
        ("Сон", "uk", "uk"),
        ("Ο ύπνος", "en", "el"),
        ("Linden says שלום to all of you", "en", "en"),
        ("12 %", "ar", "ar"),
        ("", "en", "en"),
    ],
)
def test_the_letters_tell_the_language_where_the_asked_one_can_not_be_right(text: str, asked: str, found: str) -> None:
    assert language_of(text, asked) == found


@pytest.mark.parametrize(
    ("text", "shown"), [("Walk 30 minutes", "12"), ("۸ لیوان آب", "۱۲"), ("٨ أكواب", "١٢"), ("", "12")]
)
def test_a_list_is_numbered_with_the_digits_of_its_text(text: str, shown: str) -> None:
    assert numeral(12, text) == shown
