"""Pictures that ready-made posts bring along, checked, and copied to the cards so that what was approved stays."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from pathlib import Path

from PIL import Image

from scheduler.domain.card import CardRequest, CardResult, PaintedCard, RefusedCard
from scheduler.domain.page import FetchedPicture

FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
LARGEST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
# What Pillow's decoders raise for damaged files.
_DAMAGED = (
    *(OSError, ValueError, SyntaxError, EOFError, KeyError, struct.error, zlib.error, OverflowError, MemoryError),
    *(ZeroDivisionError, Image.DecompressionBombError),
)


def keep_all(requests: tuple[CardRequest, ...]) -> tuple[CardResult, ...]:
    """A copy of each picture in its `out`, or why there is none."""
    return tuple(_kept(request) for request in requests)


def keep_fetched(picture: FetchedPicture) -> CardResult:
    """A copy of a picture that was fetched, or why there is none."""
    return _copied(picture.data, picture.out)


def _kept(request: CardRequest) -> CardResult:
    try:
        with Path(request.picture).open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        return RefusedCard(
            reason=f"Its picture can't be read ({error.strerror}).", hint="Put it back, or name another."
        )
    return _copied(data, request.out)


def _copied(data: bytes, out: str) -> CardResult:
    if len(data) > LARGEST_BYTES:
        return RefusedCard(reason=f"Its picture has over {LARGEST_BYTES // 1_000_000} MB.", hint="Save it smaller.")
    try:
        width, height, suffix = _decoded(data)
    except _DAMAGED:
        hint = "Save it anew as PNG or JPEG."
        return RefusedCard(reason="Its picture is no PNG, JPEG or WebP, or a damaged or too large one.", hint=hint)
    sha256 = hashlib.sha256(data).hexdigest()
    path = Path(out) / f"{sha256}.{suffix}"
    if not path.is_file() or path.stat().st_size != len(data):
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)
    return PaintedCard(
        path=str(path),
        template="",
        size="",
        format=suffix,
        width=width,
        height=height,
        bytes=len(data),
        alt_text="",
        spec_hash=sha256,
        sha256=sha256,
    )


def _decoded(data: bytes) -> tuple[int, int, str]:
    """Width, height and suffix of a picture that can be decoded to its end."""
    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=tuple(FORMATS)) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError
        image.load()
        return image.width, image.height, FORMATS[str(image.format)]
