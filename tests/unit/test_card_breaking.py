"""Lines are as long as each other, large, and end where a reader would breathe."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.cards.binding import bind
from scheduler.cards.breaking import Paragraph, Room, Setting, Style
from scheduler.cards.measuring import words_of
from scheduler.cards.typography import typeset

STYLE = Style(largest=112.0, smallest=45.0, tight=1.16, loose=1.30, cap=0.67)


def set_text(text: str, width: float = 875.0, height: float = 491.0) -> Setting | None:
    words = words_of(bind(typeset(text)), lambda part: 0.5 * len(part))
    return Paragraph(words).fit(STYLE, Room(width, height))


def lines(text: str, width: float = 875.0) -> tuple[str, ...]:
    setting = set_text(text, width)
    assert setting is not None
    return setting.lines


def test_a_short_text_is_set_at_the_largest_size() -> None:
    setting = set_text("Rest is part of it.")
    assert setting is not None
    assert setting.size == STYLE.largest


@pytest.mark.parametrize(
    "text",
    [
        "Bring every medicine you take to the first visit and show it to the nurse",
        "A walk in the morning is worth more than an hour of the best advice",
        "Ask for the date of your last test before you leave the practice today",
    ],
)
def test_no_line_ends_on_a_small_word_that_leans_on_the_next(text: str) -> None:
    for line in lines(text)[:-1]:
        assert line.split()[-1].lower() not in {"a", "an", "the", "of", "to", "in", "for", "and", "your"}


def test_a_title_stays_with_its_name_and_a_number_with_its_unit() -> None:
    text = "The appointment with Dr. Marsh takes at least 45 minutes and costs nothing at all"
    for width in range(500, 1000, 25):
        setting = set_text(text, width)
        if setting:
            joined = "\n".join(setting.lines)
            assert "Dr.\n" not in joined
            assert "45\n" not in joined


def test_the_last_line_is_never_a_single_short_word() -> None:
    for width in range(500, 1000, 20):
        assert len(lines("Sleep helps the body to mend and the mind to let go", width)[-1].split()) > 1


def test_a_text_too_long_for_the_smallest_size_is_not_set() -> None:
    assert set_text("word " * 200) is None


def test_a_word_wider_than_the_card_is_not_set() -> None:
    assert set_text("x" * 60) is None


def test_a_line_may_end_behind_a_dash_or_hyphen_but_never_begin_with_one() -> None:
    for line in lines("Rest—then walk, and well-earned sleep follows — every single night", 520):
        assert line[0] not in "—–-"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcdefgh.,-", min_size=1, max_size=14), min_size=1, max_size=60))
def test_every_word_is_set_once_in_order_within_width_and_height(parts: list[str]) -> None:
    words = words_of(" ".join(parts), lambda part: 0.5 * len(part))
    setting = Paragraph(words).fit(STYLE, Room(875.0, 491.0))
    if setting is None:
        return
    assert "".join(setting.lines).replace(" ", "") == "".join(parts)
    assert STYLE.smallest <= setting.size <= STYLE.largest
    assert all(0.5 * len(line) * setting.size <= 875.0 + 1e-6 for line in setting.lines)
    assert STYLE.height(setting.size, len(setting.lines)) <= 491.2
