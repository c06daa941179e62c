"""Text into pixels: each line of a spec has one font and one direction, so all that is left to do is to shape it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from math import ceil, floor

from PIL import Image, ImageDraw

from scheduler.cards import fontfiles
from scheduler.cards.clusters import clusters
from scheduler.cards.fontfiles import FontFile, Speech
from scheduler.cards.fonts import Fonts
from scheduler.domain.card import Line

_SMALL_PX = 48
_FINE = 4
_MARGIN_PX = 2
_SIDES = (-1, -1, 1, 1)

_Mask = tuple[Image.Image, tuple[int, int]]


def ink_box(line: Line, fonts: Fonts) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the line's ink in whole pixels, drawn generously."""
    return _box(line, fonts.file(line.face))


def _box(line: Line, file: FontFile) -> tuple[int, int, int, int]:
    size = line.size
    left, top, right, bottom = fontfiles.extent(file, line.text, _speech(line))
    right += line.tracking * (len(line.text) - 1)
    return (
        floor(line.x + left * size),
        floor(line.baseline + top * size),
        ceil(line.x + right * size),
        ceil(line.baseline + bottom * size),
    )


def write(image: Image.Image, line: Line, fonts: Fonts) -> None:
    """Draws the line. Small text is drawn larger and averaged, since the text engine sets glyphs on whole pixels."""
    file = fonts.file(line.face)
    if fontfiles.is_of_pictures(file):
        _paste_picture(image, line, fonts)
        return
    column, row = floor(line.x), floor(line.baseline)
    here = replace(line, x=line.x - column, baseline=line.baseline - row, colour="")
    for mask, (left, top) in _masks(here, file):
        # Pillow lays a picture through a mask in half the time that it needs for a colour.
        image.paste(Image.new("RGB", mask.size, line.colour), (column + left, row + top), mask)


def _masks(line: Line, file: FontFile) -> Iterator[_Mask]:
    """How much of each pixel the line covers, in parts, each with where it begins."""
    if line.size < _SMALL_PX:
        yield _small(line, file)
    elif line.tracking:
        for start, part in _parts(line, file):
            mask, (left, top) = _glyph(part, file, line.size, _speech(line))
            yield mask, (floor(line.x + start + 0.5) + left, floor(line.baseline + 0.5) + top)
    else:
        yield _drawn(line, file, 1)


@lru_cache(maxsize=64)
def _small(line: Line, file: FontFile) -> _Mask:
    """Names and addresses come on many cards."""
    mask, corner = _drawn(line, file, _FINE)
    return mask.reduce(_FINE), corner


def _drawn(line: Line, file: FontFile, fine: int) -> _Mask:
    """The line, `fine` times as large, and where it begins in pixels."""
    left, top, right, bottom = (edge + side * _MARGIN_PX for edge, side in zip(_box(line, file), _SIDES, strict=True))
    mask = Image.new("L", ((right - left) * fine, (bottom - top) * fine))
    draw, font = ImageDraw.Draw(mask), fontfiles.load(file, line.size * fine)
    options = fontfiles.options(_speech(line))
    for start, part in _parts(line, file):
        place = (line.x + start - left) * fine, (line.baseline - top) * fine
        draw.text(place, part, 255, font, anchor="ls", **options)
    return mask, (left, top)


@lru_cache(maxsize=256)
def _glyph(text: str, file: FontFile, size: float, speech: Speech) -> _Mask:
    """One letter and where it begins, from its pen's start. A line shows most of its letters again."""
    font, options = fontfiles.load(file, size), fontfiles.options(speech)
    left, top, right, bottom = map(int, font.getbbox(text, anchor="ls", **options))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).text((-left, -top), text, 255, font, anchor="ls", **options)
    return mask, (left, top)


def _parts(line: Line, file: FontFile) -> Iterator[tuple[float, str]]:
    """The line whole or, where it is tracked, letter by letter; each with its pen start in pixels, kerned."""
    if not line.tracking:
        yield 0.0, line.text
        return
    speech, start, before = _speech(line), 0.0, ""
    for part in clusters(line.text):
        if before:
            pair = fontfiles.advance(file, before + part, speech) - fontfiles.advance(file, part, speech)
            start += (pair + line.tracking * len(before)) * line.size
        yield start, part
        before = part


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
