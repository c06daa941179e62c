"""A business's own fonts: which file, which font in it and which weight stands for each face."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from PIL import ImageFont

from scheduler.cards.fontfiles import FontFile
from scheduler.cards.fonts import FACES
from scheduler.domain.errors import CardRefused

_LARGEST_BYTES = 40_000_000
_MOST_IN_FILE = 64
_TRIED_PX = 24
_TRIED = "Hamburg 0123"
_REGULAR = 400
# What type foundries call their weights; longer names first, as "semibold" has "bold" in it.
_WEIGHTS = {
    "thin": 100, "extralight": 200, "ultralight": 200, "light": 300, "medium": 500, "semibold": 600, "demibold": 600,
    "demi": 600, "extrabold": 800, "ultrabold": 800, "bold": 700, "black": 900, "heavy": 900,
}  # fmt: skip


def chosen(files: Mapping[str, Path]) -> Mapping[str, FontFile]:
    """The font for each face that a key names, or whose family one does. Raises CardRefused for an unusable font."""
    faces: dict[str, FontFile] = {}
    for key, path in files.items():
        try:
            held = _held(path)
        except (OSError, ValueError) as error:
            raise _refused(f"The font can't be used ({error}).", path, key) from error
        for face in FACES:
            if face == key or (face.partition("-")[0] == key and face not in files):
                faces[face] = _for_face(face, path, held)
    return faces


def _held(path: Path) -> tuple[tuple[int, bool], ...]:
    """Weight and slope of each font in the file, each of which has been tried. Raises OSError, ValueError."""
    if path.stat().st_size > _LARGEST_BYTES:
        raise ValueError(f"it is larger than {_LARGEST_BYTES // 1_000_000} MB")
    found = []
    for number in range(_MOST_IN_FILE):
        try:
            font = ImageFont.truetype(str(path), _TRIED_PX, index=number)
        except OSError:
            if number == 0:
                raise
            break
        font.getmask(_TRIED)
        found.append(_style(font))
    return tuple(found)


def _style(font: ImageFont.FreeTypeFont) -> tuple[int, bool]:
    words = re.sub(r"[\s-]", "", font.getname()[1] or "").lower()
    name = next((name for name in sorted(_WEIGHTS, key=len, reverse=True) if name in words), "")
    return _WEIGHTS.get(name, _REGULAR), "italic" in words or "oblique" in words


def _for_face(face: str, path: Path, held: tuple[tuple[int, bool], ...]) -> FontFile:
    """The font of the file whose slope and weight are nearest; a variable one is set to the weight itself."""
    _, weight, *slope = face.split("-")
    wanted = int(weight), bool(slope)
    number = min(range(len(held)), key=lambda each: (held[each][1] != wanted[1], abs(held[each][0] - wanted[0])))
    return FontFile(str(path), number, wanted[0])


def _refused(message: str, path: Path, key: str) -> CardRefused:
    hint = "Put a TrueType or OpenType file there (WOFF too), or take the line out of brand.toml."
    return CardRefused(message, path=str(path), setting=f"fonts.{key}", hint=hint)
