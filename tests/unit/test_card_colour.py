"""A brand's three colours become roles that can be read on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cards.colour import contrast, until
from scheduler.cards.roles import palette

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")

# The table of the card design: primary, secondary, neutral, then the roles on paper.
BRANDS = {
    "clinic": ("#0f4f46 #ff7a59 #f5f3ec", "#04241f #0f4f46 #c34323 #50635d #c0c5be #ff7a59"),
    "bakery": ("#ffc53d #6d1b2f #fdf8ee", "#2e1619 #6d1b2f #6d1b2f #6f5a59 #d0c5be #ffc53d"),
    "law": ("#22356f #b98a4b #f4f4f1", "#161d31 #22356f #936625 #585e6d #c2c4c7 #b98a4b"),
}


@pytest.mark.parametrize("brand", BRANDS)
def test_the_three_drawn_brands_get_the_drawn_colours(brand: str) -> None:
    given_colours, drawn = BRANDS[brand]
    roles = palette(*given_colours.split())
    assert [roles[role] for role in ("ink", "strong", "accent", "muted", "line", "shape")] == drawn.split()


@given(COLOURS, COLOURS, COLOURS)
def test_whatever_the_brand_every_text_colour_can_be_read_on_its_paper(one: str, two: str, neutral: str) -> None:
    roles = palette(one, two, neutral)
    for role in ("ink", "strong", "accent", "muted"):
        assert contrast(roles[role], roles["paper"]) >= 4.5
    assert contrast(roles["shape"], roles["paper"]) >= 1.45


@given(COLOURS, COLOURS)
def test_a_colour_moves_until_it_can_be_read_on_any_ground(colour: str, ground: str) -> None:
    assert contrast(until(colour, ground, 4.5), ground) >= 4.5


def test_a_colour_that_can_be_read_already_is_left_alone() -> None:
    assert until("#0f4f46", "#f5f3ec", 5.5) == "#0f4f46"
