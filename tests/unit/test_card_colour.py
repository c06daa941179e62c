"""A brand's three colours become roles that can be read on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cards.colour import contrast, lch, until
from scheduler.cards.colourwords import parsed
from scheduler.cards.partners import completed
from scheduler.cards.roles import palette

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")

MAYBE = st.just("") | COLOURS

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


# What is written on each ground, and what is drawn there with how much contrast.
TEXTS = {
    "paper": "ink strong accent muted",
    "bold": "bold-text bold-muted",
    "bold-disc": "bold-text",
    "bold-pill": "bold-pill-text",
    "panel": "panel-text panel-muted panel-accent",
    "panel-tone": "panel-text",
    "cool": "ink cool-strong cool-muted",
    "warm": "ink warm-strong warm-accent warm-muted",
    "night": "night-text night-muted",
    "white": "ink",
}
DRAWN = {"paper": ("shape", 1.45), "cool": ("cool-shape", 3.0), "bold": ("bold-sign", 1.8)}


@given(MAYBE, MAYBE, MAYBE)
def test_whatever_the_brand_names_every_text_colour_can_be_read_on_its_ground(one: str, two: str, neutral: str) -> None:
    roles = palette(*completed(one, two, neutral))
    for ground, texts in TEXTS.items():
        for text in texts.split():
            assert contrast(roles[text], roles[ground]) >= 4.5, (text, ground)
    for ground, (shape, least) in DRAWN.items():
        assert contrast(roles[shape], roles[ground]) >= least, (shape, ground)


@given(COLOURS)
def test_one_colour_gets_a_partner_that_can_be_told_from_it(colour: str) -> None:
    primary, partner, paper = completed(colour, "", "")
    assert primary == colour
    assert abs(lch(primary)[0] - lch(partner)[0]) >= 0.12
    assert lch(paper)[0] >= 0.95
    assert completed(colour, colour, "") == completed(colour, "", "")
    assert completed("", colour, "")[1] == colour


def test_a_brand_of_two_colours_keeps_them_and_one_of_none_gets_ours() -> None:
    assert completed("#0f4f46", "#ff7a59", "#f5f3ec") == ("#0f4f46", "#ff7a59", "#f5f3ec")
    assert completed("", "", "") == ("#1f3a5f", "#c8823c", "#f6f4ef")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("#0F4F46", "#0f4f46"),
        (" 0f4f46 ", "#0f4f46"),
        ("#abc", "#aabbcc"),
        ("abc", "#aabbcc"),
        ("rgb(15, 79, 70)", "#0f4f46"),
        ("Teal", "#008080"),
    ],
)
def test_colours_are_taken_as_people_write_them(written: str, meant: str) -> None:
    assert parsed(written) == meant


@pytest.mark.parametrize("written", ["", "greenish", "#12", "#0f4f4680", "rgb(300, 0, 0)", "x" * 500, 123456])
def test_what_is_no_colour_is_refused_with_a_way_to_write_one(written: object) -> None:
    with pytest.raises(ValueError, match="#0f4f46"):
        parsed(written)


@given(COLOURS, COLOURS)
def test_a_colour_moves_until_it_can_be_read_on_any_ground(colour: str, ground: str) -> None:
    assert contrast(until(colour, ground, 4.5), ground) >= 4.5


def test_a_colour_that_can_be_read_already_is_left_alone() -> None:
    assert until("#0f4f46", "#f5f3ec", 5.5) == "#0f4f46"


def test_a_full_red_is_deepened_a_shade_so_that_light_text_can_be_read_and_other_grounds_stay() -> None:
    assert palette(*completed("#ff0000", "", ""))["bold-text"] > "#f00000"
    assert palette(*completed("#ff0000", "", ""))["bold"] != "#ff0000"
    for primary in ("#0f4f46", "#ffc53d", "#22356f", "#808080", "#e11d48"):
        assert palette(*completed(primary, "", ""))["bold"] == primary


def test_two_vivid_colours_of_one_lightness_never_meet() -> None:
    roles = palette(*completed("#00ff00", "#ff00ff", ""))
    assert roles["bold-pill"] == roles["bold-text"]
