"""A veil over a photo: as strong as its stops say, the same whichever way it is laid."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scheduler.cards.veils import table, veiled
from scheduler.domain.card import Shade

NIGHT = "#001410"


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(3).randbytes(width * height * 3))


@given(
    places=st.lists(st.floats(-50, 150), min_size=2, max_size=6).map(sorted),
    strengths=st.lists(st.floats(0, 1), min_size=6, max_size=6),
    across=st.booleans(),
)
def test_a_veil_is_as_strong_as_its_stops_say(places: list[float], strengths: list[float], across: bool) -> None:
    stops = tuple(zip(places, strengths, strict=False))
    image = veiled(Image.new("RGB", (80, 80), "#ffffff"), (Shade(colour="#000000", across=across, stops=stops),))
    for place in range(80):
        shown = image.getpixel((place, 5) if across else (5, place))
        assert isinstance(shown, tuple)
        assert abs(shown[0] - 255 * (1 - strength_at(stops, place + 0.5))) <= 1


def test_one_strength_gives_what_pasting_through_a_mask_gives() -> None:
    image = noise(60, 40)
    for strength in (0, 1, 117, 148, 254, 255):
        pasted = image.copy()
        pasted.paste(NIGHT, (0, 0, 60, 40), Image.new("L", (60, 40), strength))
        assert image.point(table(NIGHT, strength)).tobytes() == pasted.tobytes()


def test_a_long_even_shade_is_what_a_short_one_is() -> None:
    image = noise(30, 300)
    below = Shade(colour=NIGHT, across=False, stops=((50.0, 0.0), (80.0, 0.6)))
    whole, foot = veiled(image, (below,)), veiled(image.crop((0, 0, 30, 120)), (below,))
    assert whole.crop((0, 0, 30, 120)).tobytes() == foot.tobytes()


def test_what_lies_before_the_shade_and_the_photo_itself_stay_as_they_are() -> None:
    image = noise(30, 100)
    before = image.tobytes()
    shown = veiled(image, (Shade(colour=NIGHT, across=False, stops=((50.0, 0.0), (80.0, 0.6))),))
    assert shown.crop((0, 0, 30, 50)).tobytes() == image.crop((0, 0, 30, 50)).tobytes()
    assert image.tobytes() == before


def test_a_card_is_veiled_to_its_foot() -> None:
    white = Image.new("RGB", (4, 200), "#ffffff")
    image = veiled(white, (Shade(colour="#000000", across=False, stops=((50.0, 0.0), (80.0, 0.6))),))
    assert [image.getpixel((0, place)) for place in (80, 199)] == [(102, 102, 102)] * 2


def test_a_second_shade_lies_over_the_first() -> None:
    first = Shade(colour="#000000", across=False, stops=((0.0, 0.5), (1.0, 0.5)))
    second = Shade(colour="#000000", across=True, stops=((0.0, 0.5), (1.0, 0.5)))
    image = veiled(Image.new("RGB", (100, 100), "#ffffff"), (first, second))
    assert image.getpixel((99, 99)) == (63, 63, 63)


def strength_at(stops: tuple[tuple[float, float], ...], place: float) -> float:
    if place <= stops[0][0]:
        return stops[0][1]
    for (start, weak), (end, strong) in pairwise(stops):
        if place <= end:
            return weak + (strong - weak) * (place - start) / (end - start)
    return stops[-1][1]
