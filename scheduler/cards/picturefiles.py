"""Picture files of a brand, opened with bounds: they are somebody's files and may be anything."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from scheduler.cards import openfiles
from scheduler.domain.errors import CardRefused

_FORMATS = ("PNG", "JPEG", "WEBP")
_PLAIN_MODES = {"L", "LA", "RGB", "RGBA", "CMYK"}
_LONGEST_PROFILE = 4_000_000
# How files begin that people take for pictures we read.
_OTHERS = {
    "GIF": (b"GIF8",),
    "HEIC": (b"ftypheic", b"ftypheix", b"ftypheif", b"ftypmif1", b"ftypmsf1", b"ftyphevc"),
    "AVIF": (b"ftypavif", b"ftypavis"),
    "TIFF": (b"II*\0", b"MM\0*"),
    "BMP": (b"BM",),
    "PDF": (b"%PDF",),
    "Photoshop": (b"8BPS",),
    "SVG": (b"<svg", b"<?xml"),
}
# What Pillow's decoders raise for damaged files.
_DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    struct.error,
    zlib.error,
    OverflowError,
    ZeroDivisionError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What kind of picture it is, how much it may be, and what to do when it isn't that.

    A JPEG much larger than `enough` pixels on its shorter side may be decoded smaller, which is far cheaper.
    """

    name: str
    largest_bytes: int
    most_pixels: int
    hint: str
    enough: int = 0


def opened(path: Path, what: What, *, mode: str) -> tuple[Image.Image, str]:
    """The picture, upright, in this mode, and the file's SHA-256; its size is checked before anything is decoded.

    Raises CardRefused when the file is no PNG, JPEG or WebP, is damaged, or too large.
    """
    data, sha256 = bytes_of(path, what, largest=what.largest_bytes)
    return _decoded(path, what, data, mode), sha256


def bytes_of(path: Path, what: What, *, largest: int) -> tuple[bytes, str]:
    """What the file holds, and its SHA-256. Raises CardRefused when it is no file, can't be read, or is too large."""
    try:
        data = openfiles.bytes_of(path, largest)
    except OSError as error:
        raise refused(path, what, f"The {what.name} can't be read ({error.strerror}).") from error
    if len(data) > largest:
        raise refused(path, what, f"The {what.name} is larger than {largest / 1_000_000:g} MB.")
    return data, hashlib.sha256(data).hexdigest()


def refused(path: Path, what: What, message: str, *, hint: str = "") -> CardRefused:
    """The refusal of a file, with its hint."""
    return CardRefused(message, path=str(path), hint=hint or what.hint)


def _decoded(path: Path, what: What, data: bytes, mode: str) -> Image.Image:
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > what.most_pixels:
                millions = what.most_pixels // 1_000_000
                raise refused(path, what, f"The {what.name} has more than {millions} million pixels.")
            if what.enough:
                image.draft(None, (what.enough, what.enough))
            seen = _as_seen(ImageOps.exif_transpose(_no_larger(image, what.enough)))
            return _on_white(seen) if mode == "RGB" and seen.has_transparency_data else seen.convert(mode)
    except MemoryError as error:
        raise refused(path, what, f"The {what.name} is too large to be opened.") from error
    except (*_DAMAGED, Image.DecompressionBombError) as error:
        raise refused(path, what, _blame(what, data)) from error


def _no_larger(image: Image.Image, enough: int) -> Image.Image:
    """A picture that is far larger than any card, halved, or thirded, …, before anything else is done to it."""
    times = min(image.size) // enough if enough else 1
    return image.reduce(times) if times > 1 and image.mode in _PLAIN_MODES else image


def _as_seen(image: Image.Image) -> Image.Image:
    """In 8 bits and in the colours of the screen: phones save wider ones, printers' files other ones."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 257).convert("L")
    profile = image.info.get("icc_profile")
    if not profile or len(profile) > _LONGEST_PROFILE or image.mode not in {"RGB", "CMYK"}:
        return image.convert("RGB") if image.mode == "CMYK" else image
    try:
        given, screen = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        seen = ImageCms.profileToProfile(image, given, screen, outputMode="RGB")
    except ImageCms.PyCMSError:
        seen = None
    return seen or image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    clear = image.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(white, clear).convert("RGB")


def _blame(what: What, data: bytes) -> str:
    """What to say of a file that can't be opened: its kind, where that is known and another one."""
    kind = next((kind for kind, signs in _OTHERS.items() if data.startswith(signs) or data[4:].startswith(signs)), "")
    if kind:
        return f"The {what.name} is a {kind} file, which isn't read."
    return f"The {what.name} is not a picture, or a damaged one."
