"""Faces by name, their files, and what is measured of them: widths, bearings, cap heights, coverage."""

from __future__ import annotations

import hashlib
import importlib.resources
from collections.abc import Mapping
from functools import lru_cache

from PIL import ImageFont, features

from scheduler.domain.errors import CardRefused

_PACKAGED = {
    "serif-400": ("font_source_serif_pro", "SourceSerifPro-Regular.otf"),
    "serif-400-italic": ("font_source_serif_pro", "SourceSerifPro-It.otf"),
    "serif-600": ("font_source_serif_pro", "SourceSerifPro-Semibold.otf"),
    "serif-700": ("font_source_serif_pro", "SourceSerifPro-Bold.otf"),
    "serif-900": ("font_source_serif_pro", "SourceSerifPro-Black.otf"),
    "sans-400": ("font_source_sans_pro", "SourceSansPro-Regular.otf"),
    "sans-600": ("font_source_sans_pro", "SourceSansPro-Semibold.otf"),
    "sans-700": ("font_source_sans_pro", "SourceSansPro-Bold.otf"),
    "display-500": ("font_manrope", "Manrope-Medium.ttf"),
    "display-700": ("font_manrope", "Manrope-Bold.ttf"),
    "display-800": ("font_manrope", "Manrope-ExtraBold.ttf"),
}
# Manrope is spaced for small text; at a headline's size it stands too loose. The heavy numerals do too.
_TRACKING = {"display-700": -0.022, "display-800": -0.022, "serif-900": -0.02}
FACES = tuple(_PACKAGED)

_MEASURE_PX = 200
_BEARING_PX = 500
_UNASSIGNED = "\U0010fffe"


class Fonts:
    """The faces of one brand: its own font files by face name, the packaged ones for the rest. All measures in em."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self._own = dict(own or {})

    def path(self, face: str) -> str:
        """The face's font file; raises CardRefused when it is missing."""
        return self._own.get(face) or _packaged(face)

    def sha256(self, face: str) -> str:
        """Of the font file's bytes."""
        return _sha256(self.path(face))

    def load(self, face: str, size: float) -> ImageFont.FreeTypeFont:
        """The face at an em of `size` pixels; raises CardRefused when the file is no font."""
        return _load(self.path(face), size, shaping())

    def width(self, face: str, text: str, tracking: float | None = None) -> float:
        """Advance width, kerned and tracked: as the face is, where no other tracking is given."""
        between = self.tracking(face) if tracking is None else tracking
        return _width(self.path(face), text, shaping()) + between * max(0, len(text) - 1)

    def tracking(self, face: str) -> float:
        """What is added between any two glyphs."""
        return 0.0 if face in self._own else _TRACKING.get(face, 0.0)

    def cap(self, face: str) -> float:
        """Height of a capital without overshoot."""
        return -_ink(self.path(face), "H")[1]

    def bearing(self, face: str, text: str) -> float:
        """From the pen's start to the first ink; negative where ink comes earlier."""
        return _ink(self.path(face), text[:1])[0]

    def top(self, face: str, text: str) -> float:
        """From the baseline to the highest ink of the first character; negative, as y grows downwards."""
        return _ink(self.path(face), text[:1])[1]

    def ink(self, face: str, text: str) -> tuple[float, float]:
        """Top and bottom of the text's ink around its baseline, y growing downwards."""
        path = self.path(face)
        boxes = [_ink(path, character) for character in set(text) - {" "}] or [(0.0, 0.0, 0.0, 0.0)]
        return min(box[1] for box in boxes), max(box[3] for box in boxes)

    def overhang(self, face: str, text: str) -> float:
        """From the last ink to the pen's end; negative where ink goes further."""
        return _width(self.path(face), text[-1:], shaping()) - _ink(self.path(face), text[-1:])[2]

    def missing(self, face: str, text: str) -> str:
        """The first character of the text that the face has no glyph for, or nothing."""
        path = self.path(face)
        return next((character for character in text if not _covers(path, character)), "")


def shaping() -> str:
    """The text engine at hand: raqm shapes and kerns, basic only places glyphs side by side."""
    return "raqm" if features.check("raqm") else "basic"


@lru_cache(maxsize=64)
def _packaged(face: str) -> str:
    try:
        package, file = _PACKAGED[face]
    except KeyError:
        raise CardRefused(f"There is no face “{face}”.", hint=f"The faces are {', '.join(_PACKAGED)}.") from None
    try:
        return str(importlib.resources.files(package) / "files" / file)
    except ModuleNotFoundError:
        name = package.replace("_", "-")
        raise CardRefused(f"The font package {name} is missing.", hint=f"pip install {name}") from None


@lru_cache(maxsize=64)
def _sha256(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CardRefused(f"The font can't be read ({error.strerror}).", path=path, hint=_FONT_HINT) from error


@lru_cache(maxsize=256)
def _load(path: str, size: float, engine: str) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.RAQM if engine == "raqm" else ImageFont.Layout.BASIC
    try:
        return ImageFont.truetype(path, size, layout_engine=layout)
    except (OSError, ValueError) as error:
        raise CardRefused(f"The font can't be used ({error}).", path=path, hint=_FONT_HINT) from error


@lru_cache(maxsize=4096)
def _width(path: str, text: str, engine: str) -> float:
    return _load(path, _MEASURE_PX, engine).getlength(text) / _MEASURE_PX


@lru_cache(maxsize=1024)
def _ink(path: str, character: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of one character's ink around its pen start; y grows downwards."""
    mask, (x, y) = _load(path, _BEARING_PX, "basic").getmask2(character, anchor="ls")
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    return (
        (left + x) / _BEARING_PX,
        (top + y) / _BEARING_PX,
        (right + x) / _BEARING_PX,
        (bottom + y) / _BEARING_PX,
    )


@lru_cache(maxsize=4096)
def _covers(path: str, character: str) -> bool:
    return character == " " or _glyph(path, character) != _glyph(path, _UNASSIGNED)


def _glyph(path: str, character: str) -> tuple[tuple[int, int], bytes]:
    mask = _load(path, 24, "basic").getmask(character)
    return mask.size, bytes(mask)


_FONT_HINT = "Put a TrueType or OpenType file there, or remove the line from brand.toml."
