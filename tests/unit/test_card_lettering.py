"""Shaped text and emoji as pixels: where their ink is, and what lies beneath it."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from scheduler.cards import fallback, lettering
from scheduler.cards.fonts import Fonts
from scheduler.cards.paint import lowest_contrast
from scheduler.domain.card import Line

NOTO = ("NotoSansArabic-Regular.ttf", "NotoSerifThai-Regular.ttf", "NotoSerifCJK-Regular.ttc", "NotoColorEmoji.ttf")
needs_fonts = pytest.mark.skipif(
    not all(map(fallback.named, NOTO)), reason="fonts-noto-core, fonts-noto-cjk or fonts-noto-color-emoji not installed"
)


def line(text: str, face: str, direction: str = "ltr", size: float = 90) -> Line:
    return Line(
        text=text, face=face, font_sha256="", size=size, x=60, baseline=150, colour="#000000", direction=direction
    )


@needs_fonts
@pytest.mark.parametrize("size", [30.0, 90.0])
@pytest.mark.parametrize(
    ("text", "face", "direction"),
    [("السعال", NOTO[0], "rtl"), ("ที่นี่", NOTO[1], "ltr"), ("「睡眠」", NOTO[2], "ltr"), ("👩‍⚕️", NOTO[3], "ltr")],
)
def test_all_ink_lies_in_the_box_that_is_said_to_hold_it(text: str, face: str, direction: str, size: float) -> None:
    page = Image.new("RGB", (600, 300), "white")
    one = line(text, face, direction, size)
    lettering.write(page, one, Fonts())
    left, top, right, bottom = lettering.ink_box(one, Fonts())
    ink = page.convert("L").point(lambda value: 255 * (value < 200)).getbbox()
    assert ink
    assert ink[0] >= left - 2
    assert ink[1] >= top - 2
    assert ink[2] <= right + 2
    assert ink[3] <= bottom + 2


@needs_fonts
def test_contrast_is_measured_below_the_marks_of_shaped_letters_too() -> None:
    page = Image.new("RGB", (600, 300), "white")
    one = line("ที่นี่", NOTO[1])
    assert lowest_contrast(page, one, Fonts()) > 15
    top = lettering.ink_box(one, Fonts())[1]
    ImageDraw.Draw(page).rectangle((0, 0, 600, top + 6), fill="#202020")
    assert lowest_contrast(page, one, Fonts()) < 2


@needs_fonts
def test_an_emoji_is_painted_in_its_colours_in_the_middle_of_the_capitals() -> None:
    fonts = Fonts()
    (run,) = fonts.runs("serif-400", "😴")
    page = Image.new("RGB", (600, 300), "white")
    size = 90 * fonts.scale("serif-400", run)
    placed = Line(
        text="😴", face=fonts.name("serif-400", run), font_sha256="", size=size, x=60,
        baseline=150 - fonts.lift("serif-400", run) * 90, colour="#000000",
    )  # fmt: skip
    lettering.write(page, placed, fonts)
    yellow = page.getpixel((60 + 40, 150 - 30))
    assert isinstance(yellow, tuple)
    assert yellow[0] > yellow[2] + 80
    _, top, _, bottom = lettering.ink_box(placed, fonts)
    assert (top + bottom) / 2 == pytest.approx(150 - fonts.cap("serif-400") * 90 / 2, abs=2)
