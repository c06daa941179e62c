"""A business's logo, opened with bounds: it is somebody's file and may be anything."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from scheduler.domain.errors import CardRefused

_LARGEST_BYTES = 10_000_000
_MOST_PIXELS = 20_000_000
_FORMATS = ("PNG", "JPEG", "WEBP")
# What Pillow's decoders raise for damaged files.
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, OverflowError, MemoryError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """The picture (RGBA, trimmed to its ink) and the file's SHA-256; `tinted` logos take the card's colour."""

    image: Image.Image
    sha256: str
    tinted: bool
    warnings: tuple[str, ...] = ()


def load(path: Path, *, tinted: bool) -> Logo:
    """Raises CardRefused when the file is no PNG, JPEG or WebP, is damaged, too large, or empty."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise _refused(path, f"The logo can't be read ({error.strerror}).") from error
    if len(data) > _LARGEST_BYTES:
        raise _refused(path, f"The logo is larger than {_LARGEST_BYTES // 1_000_000} MB.")
    image = _decoded(path, data)
    alpha = image.getchannel("A")
    opaque = alpha.getextrema() == (255, 255)
    if opaque and tinted:
        raise _refused(path, "A tinted logo needs a transparent ground.")
    box = alpha.getbbox()
    if box is None:
        raise _refused(path, "The logo is empty: every pixel is transparent.")
    notes = ("The logo has no transparent ground, so it stands in a box.",) if opaque else ()
    return Logo(image=image.crop(box), sha256=hashlib.sha256(data).hexdigest(), tinted=tinted, warnings=notes)


def _decoded(path: Path, data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise _refused(path, f"The logo has more than {_MOST_PIXELS // 1_000_000} million pixels.")
            return image.convert("RGBA")
    except (*_DAMAGED, Image.DecompressionBombError) as error:
        raise _refused(path, "The logo is not a picture, or a damaged one.") from error


def _refused(path: Path, message: str) -> CardRefused:
    return CardRefused(
        message, path=str(path), hint="Save it as a PNG with a transparent ground, about 500 pixels high."
    )
