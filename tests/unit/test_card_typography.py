"""Typewriter characters become true ones; the words stay the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cards.binding import bind
from scheduler.cards.typography import NO_BREAK, quoted, tidy, typeset


@pytest.mark.parametrize(
    ("typed", "true"),
    [
        ('He said "wait" twice', "He said “wait” twice"),
        ("It isn't John's, it's the '90s", "It isn’t John’s, it’s the ’90s"),
        ("She said 'rest' and left", "She said ‘rest’ and left"),
        ("Wait...", "Wait…"),
        ("Rest - then walk", f"Rest{NO_BREAK}– then walk"),
        ("Rest — then walk", f"Rest{NO_BREAK}— then walk"),
        ("'Tis rock 'n' roll", "’Tis rock ’n’ roll"),
        ("rest--then walk", "rest—then walk"),
        ("after 3-4 weeks", "after 3–4 weeks"),
        ("call 555-1234 now", "call 555-1234 now"),
        ("COVID-19 and well-being", "COVID-19 and well-being"),
        ("at -5 degrees", "at −5 degrees"),
        ("he is 5'10\" tall", "he is 5′10″ tall"),
    ],
)
def test_typed_characters_become_true_ones(typed: str, true: str) -> None:
    assert typeset(typed) == true


@pytest.mark.parametrize(
    ("language", "card"),
    [
        ("en", "“Say ‘ah’ now”"),
        ("de-AT", "„Say ‚ah‘ now“"),
        ("fr", "«\u202fSay “ah” now\u202f»"),
        ("de-CH", "«Say ‹ah› now»"),
        ("es", "«Say “ah” now»"),
        ("es-MX", "“Say ‘ah’ now”"),
        ("pl", "„Say ‚ah’ now”"),
        ("cs", "„Say ‚ah‘ now“"),
        ("sv", "”Say ’ah’ now”"),
        ("fi", "”Say ’ah’ now”"),
        ("da", "»Say ›ah‹ now«"),
        ("ru", "«Say „ah“ now»"),
        ("el", "«Say “ah” now»"),
        ("he", "”Say ’ah’ now”"),
        ("ar", "«Say “ah” now»"),
        ("zh-Hans", "“Say ‘ah’ now”"),
        ("zh-Hant-HK", "「Say 『ah』 now」"),
        ("ja", "「Say 『ah』 now」"),
        ("ko", "“Say ‘ah’ now”"),
        ("xx", "“Say ‘ah’ now”"),
    ],
)
def test_a_quote_within_the_quote_takes_the_inner_marks(language: str, card: str) -> None:
    assert "".join(quoted('Say "ah" now', language)) == card


@pytest.mark.parametrize(
    "text",
    [
        '"Rest now"',
        "“Rest now”",
        "«Rest now»",
        "„Rest now“",
        "« Rest now »",
        "»Rest now«",
        "”Rest now”",
        "「Rest now」",
    ],
)
def test_marks_that_stand_around_the_whole_are_not_doubled(text: str) -> None:
    assert quoted(text, "en") == ("“", "Rest now", "”")


def test_two_quotations_in_a_row_keep_their_marks() -> None:
    assert quoted('"Yes" and "no"', "en")[1] == "‘Yes’ and ‘no’"


def test_names_keep_their_titles_and_numbers_their_units() -> None:
    bound = bind(
        "Ask Dr. Marsh about 500 mg for three weeks or 2.5 hours in 1 000 cases, e.g. No. 7, and no. Then go home"
    )
    for pair in ("Dr. Marsh", "500 mg", "three weeks", "2.5 hours", "1 000", "e.g. No. 7", "go home"):
        assert pair.replace(" ", NO_BREAK) in bound
    assert "no. Then go" in bound


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Z", "Cf")), max_size=200))
def test_letters_and_digits_never_change(text: str) -> None:
    def words(value: str) -> str:
        return "".join(character for character in value if character.isalnum())

    assert words(bind(quoted(text, "en")[1])) == words(tidy(text))


def test_invisible_characters_and_line_ends_are_dropped() -> None:
    assert tidy(" re\u200bst\u202e \n now\x07 ") == "rest now"


@pytest.mark.parametrize(
    ("language", "typed", "true"),
    [
        ("fr", "Vraiment? Oui: tout de suite!", "Vraiment\u202f? Oui\u202f: tout de suite\u202f!"),
        ("fr-CH", "Vraiment ?", "Vraiment\u202f?"),
        ("fr-CA", "Vraiment? Oui : merci!", "Vraiment? Oui\u202f: merci!"),
        ("fr", "Il dit «non» à 10:30 sur https://a.example", "Il dit «\u202fnon\u202f» à 10:30 sur https://a.example"),
        ("ru", "Сон - это лекарство", f"Сон{NO_BREAK}— это лекарство"),
        ("pt", "Dormir - sempre", f"Dormir{NO_BREAK}— sempre"),
        ("de", "nach 3-4 Wochen", "nach 3-4 Wochen"),
        ("uk", "здоров'я", "здоров’я"),
        ("he", "צה\"ל וג'ירפה", "צה״ל וג׳ירפה"),
        ("zh", '他说"你好"，又说"再见"。', "他说“你好”，又说“再见”。"),
        ("es", '¿Qué es "dormir bien"?', "¿Qué es “dormir bien”?"),
        ("en", "Rest now! Why? Because: yes.", "Rest now! Why? Because: yes."),
    ],
)
def test_each_language_has_its_own_marks_and_spaces(language: str, typed: str, true: str) -> None:
    assert typeset(typed, language) == true


def test_what_letters_and_emoji_are_joined_by_is_kept() -> None:
    for text in ("می‌خواهم", "👩‍👩‍👧", "🏴\U000e0067\U000e0062\U000e007f", "❤️", "Donau\u00addampf"):
        assert tidy(text) == text
    assert tidy("re\u200dst\u200c, \u00adnow\u00ad") == "rest, now"
