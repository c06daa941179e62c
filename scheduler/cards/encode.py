"""Pictures into files: nothing but pixels in them, light enough for everybody, written whole or not at all.

No file names a colour space: all that is painted is sRGB, which is what is assumed of a picture that doesn't say.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PIL import Image

from scheduler.cards.png import png
from scheduler.domain.card import AUTO, CardRequest, megabytes
from scheduler.domain.errors import CardRefused

PART = ".part"
"""How the name of a file ends that is still being written."""
_GRAPHIC, _PHOTO = ("png", "jpg", "webp"), ("jpg", "png", "webp")
_QUALITIES = (92, 86, 80, 74)


def _webp(image: Image.Image) -> bytes:
    """The second effort: a tenth of what the first weighs, for twice its time."""
    return _saved(image, "WEBP", lossless=True, method=1)


def _jpg(quality: int) -> Callable[[Image.Image], bytes]:
    return lambda image: _saved(image, "JPEG", quality=quality, subsampling=0)


def _saved(image: Image.Image, kind: str, **options: int) -> bytes:
    """Without what the picture knows about itself, which Pillow would write along."""
    image.info.clear()
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


# What a card's file is called after its spec, and how it is made: the first that is light enough counts. Text keeps its
# full colour resolution in every format; below the last quality of JPEG it would begin to fray.
_WAYS: Mapping[str, Sequence[tuple[str, Callable[[Image.Image], bytes]]]] = {
    "png": ((".png", png),),
    "jpg": ((".jpg", _jpg(_QUALITIES[0])), *((f"-q{quality}.jpg", _jpg(quality)) for quality in _QUALITIES[1:])),
    "webp": ((".webp", _webp),),
}
FORMATS = tuple(_WAYS)


def formats_of(request: CardRequest, *, photo: bool) -> tuple[str, ...]:
    """The formats to try, in order: a photo is lightest as JPEG, all else is sharpest as PNG. Raises CardRefused."""
    given = (_PHOTO if photo else _GRAPHIC) if request.format == AUTO else (request.format,)
    taken = request.takes.formats if request.format == AUTO else FORMATS
    if formats := tuple(name for name in given if name in taken):
        return formats
    known = ", ".join(FORMATS)
    raise CardRefused(
        f"There is no format “{', '.join(taken if request.format == AUTO else given)}”.",
        hint=f"The formats are {known}.",
    )


def first_name(stem: str, formats: Sequence[str]) -> str:
    """The name that a card's file has unless it is too heavy."""
    return f"{stem}{_WAYS[formats[0]][0][0]}"


def lightest_enough(image: Image.Image, formats: Sequence[str], most_bytes: int) -> tuple[str, bytes]:
    """What comes after the stem of the file's name, and its bytes: the first way that is light enough.

    Raises CardRefused where none is.
    """
    least = 0
    for name in formats:
        for ending, way in _WAYS[name]:
            data = way(image)
            if len(data) <= most_bytes:
                return ending, data
            least = min(least or len(data), len(data))
    words = f"The card has {megabytes(least)} MB at least, and a channel takes {megabytes(most_bytes)} MB."
    raise CardRefused(words, hint="Set CARD_FORMAT=auto, or choose a plainer template.")


def encode(image: Image.Image, name: str) -> bytes:
    """The file's bytes in one of FORMATS at its best, free of metadata."""
    return _WAYS[name][0][1](image)


def write_whole(path: Path, data: bytes) -> None:
    """Writes beside the place and renames, so that nobody ever sees half a picture. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.stem[:16]}-{os.getpid()}{PART}")
    part.unlink(missing_ok=True)
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def is_whole(path: Path, size: tuple[int, int]) -> bool:
    """Whether a picture of this size is there and can be decoded to its end."""
    try:
        with Image.open(path) as image:
            image.load()
            return image.size == size
    except (OSError, ValueError, SyntaxError, EOFError):
        return False
