"""A card's description into pixels. What is where has been decided, and equal specs paint equal pixels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PIL import Image, ImageDraw, ImageFont

from scheduler.cards.colour import contrast, rgb
from scheduler.cards.fonts import Fonts
from scheduler.domain.card import CardSpec, Line, Picture
from scheduler.domain.errors import CardRefused

LEAST_CONTRAST = 4.5

_SMALL_PX = 48
_FINE = 4


def paint(spec: CardSpec, fonts: Fonts, pictures: Mapping[str, Image.Image]) -> Image.Image:
    """The picture, in RGB; `pictures` by SHA-256. Raises CardRefused where a text can't be read on its ground."""
    image = Image.new("RGB", (spec.width, spec.height), spec.ground)
    draw = ImageDraw.Draw(image)
    for box in spec.boxes:
        draw.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill=box.colour)
    for picture in spec.pictures:
        _paste(image, picture, pictures[picture.sha256])
    for line in spec.lines:
        _require_readable(image, line, fonts)
    for line in spec.lines:
        _write(image, line, fonts)
    return image


def lowest_contrast(ground: Image.Image, line: Line, fonts: Fonts) -> float:
    """The text's contrast against the worst pixel that lies in its box, cap top to descender."""
    width = fonts.width(line.face, line.text) * line.size
    box = (
        max(0, int(line.x)),
        max(0, int(line.baseline - line.size * fonts.cap(line.face))),
        min(ground.width, int(line.x + width) + 1),
        min(ground.height, int(line.baseline + 0.25 * line.size) + 1),
    )
    beneath = ground.crop(box)
    counted = beneath.getcolors(maxcolors=beneath.width * beneath.height) or []
    colours = [bytes(value).hex() for _, value in counted if isinstance(value, tuple)]
    return min((contrast(line.colour, f"#{colour}") for colour in colours), default=1.0)


def _require_readable(ground: Image.Image, line: Line, fonts: Fonts) -> None:
    measured = lowest_contrast(ground, line, fonts)
    if measured < LEAST_CONTRAST:
        raise CardRefused(
            f"“{line.text}” would have a contrast of {measured:.1f}:1 only; it needs {LEAST_CONTRAST}:1.",
            hint="Change the brand's colours or the template, so that nothing lies under the text.",
        )


def _paste(image: Image.Image, place: Picture, picture: Image.Image) -> None:
    size, corner = (place.width, place.height), (place.left, place.top)
    if place.tint:
        image.paste(rgb(place.tint), corner, picture.getchannel("A").resize(size, Image.Resampling.LANCZOS))
    else:
        scaled = picture.resize(size, Image.Resampling.LANCZOS)
        image.paste(scaled, corner, scaled)


def _write(image: Image.Image, line: Line, fonts: Fonts) -> None:
    """Small text is drawn larger and averaged, since the text engine sets glyphs on whole pixels."""
    if line.size >= _SMALL_PX:
        _draw(ImageDraw.Draw(image), line, fonts.load(line.face, line.size), (line.x, line.baseline), rgb(line.colour))
        return
    left, top = int(line.x) - 2, int(line.baseline - 1.2 * line.size)
    width = int(fonts.width(line.face, line.text) * line.size + 0.3 * line.size) + 6
    mask = Image.new("L", (width * _FINE, int(1.8 * line.size) * _FINE))
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
    for offset, run in _runs(line, font):
        draw.text((start[0] + offset, start[1]), run, fill=fill, font=font, anchor="ls")


def _runs(line: Line, font: ImageFont.FreeTypeFont) -> Iterator[tuple[float, str]]:
    """The line whole or, where it is tracked, glyph by glyph; each with its pen start in pixels, kerned."""
    if not line.tracking:
        yield 0.0, line.text
        return
    for index, glyph in enumerate(line.text):
        start = font.getlength(line.text[: index + 1]) - font.getlength(glyph)
        yield start + index * line.tracking * font.size, glyph
