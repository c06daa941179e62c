"""A list's words can be taken apart again, as they were put together or as a person has edited them."""

from __future__ import annotations

import pytest

from scheduler.domain.article import Excerpt, ExcerptKind, listed
from scheduler.domain.post import Post

TEXT = "Sleep enough. Walk a little."
TIPS = Excerpt(text=TEXT, kind=ExcerptKind.TIP, score=1, spans=((0, 28),), heading="Two tips:", breaks=(14,))


def test_a_lists_words_give_back_its_heading_and_items() -> None:
    assert listed(TIPS.words) == ("Two tips:", ("Sleep enough.", "Walk a little."))


@pytest.mark.parametrize(
    "words", ["", "One sentence.", "A heading\n\nA text.", "A heading\n• an item\nand a text", "•"]
)
def test_what_is_no_list_has_no_items(words: str) -> None:
    assert listed(words) == ("", ())


def test_an_edited_list_shows_its_new_heading_on_cards_that_have_one_text() -> None:
    assert Post(excerpt=TIPS).on_card == "Two tips"
    assert Post(excerpt=TIPS, edited="Two good tips\n• Sleep.\n• Walk.").on_card == "Two good tips"
    assert Post(excerpt=TIPS, edited="Sleep well.").on_card == "Sleep well."
