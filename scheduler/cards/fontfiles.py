"""Font files, and what is measured of them: advance widths, ink, coverage. All measures in em, y growing downwards."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from PIL import ImageFont, features

from scheduler.domain.errors import CardRefused

PICTURES = "NotoColorEmoji.ttf"
"""The font of coloured pictures; it comes in one size only."""
PICTURE_PX = 109

_MEASURE_PX = 200
_BEARING_PX = 300
_COVERAGE_PX = 24
_UNASSIGNED = "\U0010fffe"
_FIRST_SHAPED = "\u0300"
# Marks of the West that stand side by side like its letters, though their numbers are higher.
_MARKS = frozenset("‐‑–—‘’‚“”„•…‹›\u202f")
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_HASHED_WHOLE = 4 << 20
_FONT_HINT = "Put a TrueType or OpenType file there, or remove the line from brand.toml."

Ink = tuple[float, float, float, float]


class FontFile(NamedTuple):
    """A font: its file, where that holds several, which one, and the weight that a variable one is set to (or 0)."""

    path: str
    number: int = 0
    weight: int = 0


class Speech(NamedTuple):
    """How a text is to be shaped: its direction (ltr, rtl) and its language (a BCP 47 tag, or none)."""

    direction: str = "ltr"
    language: str = ""


@lru_cache(maxsize=1)
def shaping() -> str:
    """The text engine at hand: raqm shapes and kerns, basic only places glyphs side by side."""
    return "raqm" if features.check("raqm") else "basic"


def options(speech: Speech) -> dict[str, Any]:
    """What Pillow wants to be told about a text; the basic engine must be told nothing."""
    if shaping() != "raqm":
        return {}
    return {"direction": speech.direction, "language": speech.language or None}


def load(file: FontFile, size: float) -> ImageFont.FreeTypeFont:
    """The font at an em of `size` pixels; raises CardRefused when the file is no font."""
    return _opened(file, size, ImageFont.Layout.RAQM if shaping() == "raqm" else ImageFont.Layout.BASIC)


@lru_cache(maxsize=64)
def sha256(path: str) -> str:
    """Of the file's bytes. A large one is known by its size and its beginning, which holds every table's checksum."""
    try:
        size = os.stat(path).st_size
        with open(path, "rb") as file:
            if size <= _HASHED_WHOLE:
                return hashlib.file_digest(file, "sha256").hexdigest()
            return hashlib.sha256(file.read(1 << 16) + str(size).encode()).hexdigest()
    except OSError as error:
        raise CardRefused(f"The font can't be read ({error.strerror}).", path=path, hint=_FONT_HINT) from error


def is_of_pictures(file: FontFile) -> bool:
    """Whether its glyphs are coloured pictures."""
    return file.path.endswith(PICTURES)


@lru_cache(maxsize=8192)
def advance(file: FontFile, text: str, speech: Speech) -> float:
    """The text's width as it is shaped."""
    px = PICTURE_PX if is_of_pictures(file) else _MEASURE_PX
    return load(file, px).getlength(text, **options(speech)) / px


@lru_cache(maxsize=4096)
def ink(file: FontFile, text: str, speech: Speech) -> Ink:
    """Left, top, right, bottom of the shaped text's ink around its pen start; all nought where nothing is seen."""
    if is_of_pictures(file):
        left, top, right, bottom = load(file, PICTURE_PX).getbbox(text, anchor="ls", **options(speech))
        return left / PICTURE_PX, top / PICTURE_PX, right / PICTURE_PX, bottom / PICTURE_PX
    px = _BEARING_PX if len(text) == 1 and not _is_shaped(text) else _MEASURE_PX
    mask, (x, y) = load(file, px).getmask2(text, anchor="ls", **options(speech))
    box = mask.getbbox()
    if not box:
        return _NOWHERE
    return (box[0] + x) / px, (box[1] + y) / px, (box[2] + x) / px, (box[3] + y) / px


def extent(file: FontFile, text: str, speech: Speech) -> Ink:
    """As `ink`; letters that stand side by side are measured one by one, since each is measured only once."""
    if _is_shaped(text):
        return ink(file, text, speech)
    boxes = [ink(file, character, speech) for character in set(text) - {" "}] or [_NOWHERE]
    last = ink(file, text[-1], speech)[2] - advance(file, text[-1], speech)
    return (
        ink(file, text[0], speech)[0],
        min(box[1] for box in boxes),
        advance(file, text, speech) + last,
        max(box[3] for box in boxes),
    )


def _is_shaped(text: str) -> bool:
    """Whether its letters may look different together."""
    return max(text) >= _FIRST_SHAPED and any(mark >= _FIRST_SHAPED and mark not in _MARKS for mark in text)


@lru_cache(maxsize=16384)
def covers(file: FontFile, character: str) -> bool:
    """Whether the font has a glyph for it. A shaping engine makes spaces itself, and shows no joiners."""
    if character == " " or (shaping() == "raqm" and _needs_no_glyph(character)):
        return True
    if is_of_pictures(file):
        top, bottom = _plain(file).getbbox(character, anchor="ls")[1::2]
        return top < bottom
    return _glyph(file, character) != _box(file)


def _needs_no_glyph(character: str) -> bool:
    """Spaces, joiners, marks of direction, variation selectors."""
    return (
        unicodedata.category(character) in {"Zs", "Cf"}
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
        or character == "\u034f"
    )


@lru_cache(maxsize=64)
def _box(file: FontFile) -> tuple[tuple[int, int], bytes]:
    """What the font shows for a character that it lacks."""
    return _glyph(file, _UNASSIGNED)


def _glyph(file: FontFile, character: str) -> tuple[tuple[int, int], bytes]:
    mask = _plain(file).getmask(character)
    return mask.size, bytes(mask)


def _plain(file: FontFile) -> ImageFont.FreeTypeFont:
    """Without shaping, so that each character shows its own glyph."""
    return _opened(file, PICTURE_PX if is_of_pictures(file) else _COVERAGE_PX, ImageFont.Layout.BASIC)


def _opened(file: FontFile, size: float, layout: ImageFont.Layout) -> ImageFont.FreeTypeFont:
    """Kept open. Each size of a font takes its file's length of address space, which is bounded: few of large ones."""
    return (_small if _length(file.path) <= _HASHED_WHOLE else _large)(file, size, layout)


@lru_cache(maxsize=64)
def _length(path: str) -> int:
    """Of the file, in bytes; nought where it can't be read, which opening it will tell."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _truetype(file: FontFile, size: float, layout: ImageFont.Layout) -> ImageFont.FreeTypeFont:
    try:
        font = ImageFont.truetype(file.path, size, index=file.number, layout_engine=layout)
        if file.weight:
            _weigh(font, file.weight)
        return font
    except (OSError, ValueError) as error:
        raise CardRefused(f"The font can't be used ({error}).", path=file.path, hint=_FONT_HINT) from error


_small = lru_cache(maxsize=256)(_truetype)
_large = lru_cache(maxsize=12)(_truetype)


def _weigh(font: ImageFont.FreeTypeFont, weight: int) -> None:
    """Sets a variable font's weight, as far as it goes that way; other fonts have theirs already."""
    try:
        axes = font.get_variation_axes()
    except (OSError, NotImplementedError):
        return
    values = [axis["default"] or 0 for axis in axes]
    for place, axis in enumerate(axes):
        if axis["name"] == b"Weight":
            values[place] = min(max(weight, axis["minimum"] or 0), axis["maximum"] or weight)
    font.set_variation_by_axes([float(value) for value in values])
