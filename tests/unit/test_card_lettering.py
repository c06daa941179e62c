"""Text that is drawn quickly must stand where it stood: kerned, tracked, in its own colour."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from scheduler.cards import fontfiles
from scheduler.cards.fontfiles import Speech
from scheduler.cards.fonts import Fonts
from scheduler.cards.lettering import ink_box, write
from scheduler.domain.card import Line

FONTS = Fonts()
SMALL = Line(text="Avenue To", face="sans-600", font_sha256="", size=30, x=20.4, baseline=60.7, colour="#102030")
POSTER = replace(SMALL, face="display-800", size=90, baseline=120, tracking=-0.022)


def painted(*lines: Line) -> Image.Image:
    image = Image.new("RGB", (700, 160), "#ffffff")
    for line in lines:
        write(image, line, FONTS)
    return image


def ink_of(image: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(image).getbbox()
    assert box
    return box


@pytest.mark.parametrize("line", [SMALL, POSTER, replace(SMALL, size=90, baseline=120)])
def test_a_line_keeps_to_the_box_that_its_contrast_is_measured_in(line: Line) -> None:
    left, top, right, bottom = ink_box(line, FONTS)
    found = ink_of(painted(line))
    assert left - 1 <= found[0]
    assert top - 1 <= found[1]
    assert found[2] <= right + 1
    assert found[3] <= bottom + 1


def test_a_poster_ends_where_its_kerned_and_tracked_width_says() -> None:
    end = POSTER.x + POSTER.size * (FONTS.width("display-800", POSTER.text) - FONTS.overhang("display-800", "o"))
    assert ink_of(painted(POSTER))[2] == pytest.approx(end, abs=1.5)


def test_a_small_line_that_comes_again_takes_its_own_colour_and_place() -> None:
    painted(SMALL)
    lower = painted(replace(SMALL, baseline=90.7, colour="#c00000"))
    assert ink_of(lower)[1] - ink_of(painted(SMALL))[1] == 30
    assert lower.getextrema()[0] != painted(SMALL).getextrema()[0]


def test_a_moved_line_is_the_same_line() -> None:
    there = painted(replace(SMALL, x=SMALL.x + 100))
    assert there.crop((100, 0, 700, 160)).tobytes() == painted(SMALL).crop((0, 0, 600, 160)).tobytes()


def test_a_curly_quote_changes_nothing_of_the_letters_around_it() -> None:
    file = FONTS.file("serif-400")
    plain, quoted = (fontfiles.extent(file, text, Speech()) for text in ("Hide", "“Hide”"))
    assert quoted[1] <= plain[1]
    assert quoted[3] == plain[3]
