"""The number a sentence is about is found and taken apart, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cards.figures import figure_of


@pytest.mark.parametrize(
    ("text", "pieces", "statement"),
    [
        ("3 of 4 patients come back.", "3 of 4", "patients come back."),
        ("1 in 5 adults sleeps badly.", "1 in 5", "adults sleeps badly."),
        ("68% of the disputes are settled.", "68 %", "of the disputes are settled."),
        ("18 hours is how long it rests.", "18 hours", "is how long it rests."),
        ("$1,250,000 went to families.", "$ 1,250,000", "went to families."),
        ("7–9 hours of sleep are enough.", "7–9 hours", "of sleep are enough."),
        ("5 questions to ask today.", "5", "questions to ask today."),
        ("Adults need 7 to 9 hours a night.", "7 to 9 hours", "Adults need 7 to 9 hours a night."),
        ("In a trial, 2.5 percent fell ill.", "2.5 percent", "In a trial, 2.5 percent fell ill."),
    ],
)
def test_a_number_is_taken_apart_and_the_words_stay(text: str, pieces: str, statement: str) -> None:
    figure = figure_of(text)
    assert figure is not None
    assert " ".join(piece.text for piece in figure.pieces) == pieces
    assert figure.statement == statement


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19 is still here.",
        "2024 was a good year.",
        "Open 24/7 for you.",
        "Call 555-1234 now.",
        "At 7:30 we open the door.",
        "It has 3 good sides.",
        "The 1st visit is free.",
        "From 3/4 to 1/2 cup of it.",
        "18 hours.",
        "9 of 4 is no share.",
        "Take vitamin B12 daily.",
        "Rest.",
    ],
)
def test_what_is_no_quantity_is_no_number(text: str) -> None:
    assert figure_of(text) is None


@pytest.mark.parametrize(
    ("language", "text", "pieces", "parts"),
    [
        ("en", "Three of four patients come back.", "3 of 4", (3, 4)),
        ("en", "Nearly one in five adults sleeps badly.", "1 in 5", (1, 5)),
        ("en", "Two thirds of all headaches pass.", "2 of 3", (2, 3)),
        ("en", "Half of all visits are short.", "1 of 2", (1, 2)),
        ("de-AT", "Drei von vier Menschen kommen wieder.", "3 von 4", (3, 4)),
        ("de", "Rund zwei Drittel der Kopfschmerzen vergehen.", "2 von 3", (2, 3)),
        ("fr", "3 patients sur 4 reviennent.", "3 sur 4", (3, 4)),
        ("fr", "Trois patients sur quatre reviennent.", "3 sur 4", (3, 4)),
        ("es", "Tres de cada cuatro pacientes vuelven.", "3 de cada 4", (3, 4)),
        ("it", "Tre persone su quattro tornano.", "3 su 4", (3, 4)),
        ("ru", "Трое из четырёх пациентов возвращаются.", "3 из 4", (3, 4)),
    ],
)
def test_a_share_in_words_is_shown_in_digits_above_the_whole_sentence(
    language: str, text: str, pieces: str, parts: tuple[int, int]
) -> None:
    figure = figure_of(text, language)
    assert figure is not None
    assert " ".join(piece.text for piece in figure.pieces) == pieces
    assert figure.parts == parts
    assert figure.statement == text


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("约80%的患者在六周内好转。", "80 %"),
        ("3个月的坚持，换来好睡眠。", "3 个月"),
        ("3週間で効果が出ます。", "3 週間"),
        ("환자의 80%가 좋아집니다.", "80 %"),
    ],
)
def test_a_number_in_a_script_without_spaces_stands_above_the_whole_sentence(text: str, pieces: str) -> None:
    figure = figure_of(text, "zh")
    assert figure is not None
    assert " ".join(piece.text for piece in figure.pieces) == pieces
    assert figure.statement == text


@pytest.mark.parametrize("text", ["2024年是好年。", "5月3日开门。", "10時30分に開きます。", "COVID-19很严重。"])
def test_a_date_or_a_time_in_chinese_or_japanese_is_no_quantity(text: str) -> None:
    assert figure_of(text, "zh") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "One of four reasons is sleep."),
        ("en", "A quarter of an hour is enough."),
        ("en", "Half an hour helps."),
        ("en", "Two of three hours went by."),
        ("en", "Five of two is no share."),
        ("fr", "Un quart d’heure suffit."),
        ("de", "Eine Dreiviertelstunde genügt."),
        ("es", "Basta un cuarto de hora."),
        ("en", "Drei von vier Menschen kommen wieder."),
    ],
)
def test_words_that_only_look_like_a_share_are_none(language: str, text: str) -> None:
    assert figure_of(text, language) is None


def test_a_share_and_parts_are_told() -> None:
    share, parts = figure_of("40% of all visits are short."), figure_of("2 out of 3 visits are short.")
    assert share is not None
    assert share.share == pytest.approx(0.4)
    assert parts is not None
    assert parts.parts == (2, 3)


@given(st.text("0123456789 .,%of-–$to in hours", max_size=60))
def test_any_text_has_a_number_from_its_own_words_or_none(text: str) -> None:
    figure = figure_of(text)
    if figure:
        assert all(piece.text.replace(" ", "") in text.replace(" ", "") for piece in figure.pieces)
        assert figure.statement in text
        assert figure.share is None or 0 <= figure.share <= 1
