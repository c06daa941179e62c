"""Text into pixels: each line of a spec has one font and one direction, so all that is left to do is to shape it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from PIL import Image, ImageDraw, ImageFont

from scheduler.cards import fontfiles
from scheduler.cards.colour import rgb
from scheduler.cards.fontfiles import Speech
from scheduler.cards.fonts import Fonts
from scheduler.domain.card import Line

_SMALL_PX = 48
_FINE = 4
_MARGIN_PX = 2


def ink_box(line: Line, fonts: Fonts) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the line's ink in whole pixels, drawn generously."""
    file, size = fonts.file(line.face), line.size
    left, top, right, bottom = fontfiles.extent(file, line.text, _speech(line))
    right += line.tracking * (len(line.text) - 1)
    return (
        floor(line.x + min(0.0, left) * size),
        floor(line.baseline + top * size),
        ceil(line.x + right * size),
        ceil(line.baseline + bottom * size),
    )


def write(image: Image.Image, line: Line, fonts: Fonts) -> None:
    """Draws the line. Small text is drawn larger and averaged, since the text engine sets glyphs on whole pixels."""
    if fontfiles.is_of_pictures(fonts.file(line.face)):
        _paste_picture(image, line, fonts)
    elif line.size >= _SMALL_PX:
        draw, font = ImageDraw.Draw(image), fonts.load(line.face, line.size)
        _draw(draw, line, font, (line.x, line.baseline), rgb(line.colour))
    else:
        left, top, right, bottom = ink_box(line, fonts)
        left, top = left - _MARGIN_PX, top - _MARGIN_PX
        size = (right + _MARGIN_PX - left) * _FINE, (bottom + _MARGIN_PX - top) * _FINE
        mask = Image.new("L", size)
        start = (line.x - left) * _FINE, (line.baseline - top) * _FINE
        _draw(ImageDraw.Draw(mask), line, fonts.load(line.face, line.size * _FINE), start, 255)
        image.paste(rgb(line.colour), (left, top), mask.reduce(_FINE))


def _draw(
    draw: ImageDraw.ImageDraw,
    line: Line,
    font: ImageFont.FreeTypeFont,
    start: tuple[float, float],
    fill: int | tuple[int, int, int],
) -> None:
    options = fontfiles.options(_speech(line))
    for offset, part in _parts(line, font):
        draw.text((start[0] + offset, start[1]), part, fill=fill, font=font, anchor="ls", **options)


def _parts(line: Line, font: ImageFont.FreeTypeFont) -> Iterator[tuple[float, str]]:
    """The line whole or, where it is tracked, glyph by glyph; each with its pen start in pixels, kerned."""
    if not line.tracking:
        yield 0.0, line.text
        return
    for index, glyph in enumerate(line.text):
        start = font.getlength(line.text[: index + 1]) - font.getlength(glyph)
        yield start + index * line.tracking * font.size, glyph


def _paste_picture(image: Image.Image, line: Line, fonts: Fonts) -> None:
    """An emoji: drawn in the one size that its font has, and scaled."""
    font = fonts.load(line.face, fontfiles.PICTURE_PX)
    options, scale = fontfiles.options(_speech(line)), line.size / fontfiles.PICTURE_PX
    left, top, right, bottom = font.getbbox(line.text, anchor="ls", **options)
    picture = Image.new("RGBA", (ceil(right - left), ceil(bottom - top)))
    ImageDraw.Draw(picture).text((-left, -top), line.text, font=font, anchor="ls", embedded_color=True, **options)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    scaled = picture.resize(size, Image.Resampling.LANCZOS)
    image.paste(scaled, (round(line.x + left * scale), round(line.baseline + top * scale)), scaled)


def _speech(line: Line) -> Speech:
    return Speech(line.direction, line.language)
