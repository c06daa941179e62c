"""Pictures into files: nothing but pixels in them, written whole or not at all."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from scheduler.domain.errors import CardRefused

_SAVING: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "png": ("PNG", {"compress_level": 3}),
    "jpg": ("JPEG", {"quality": 92, "subsampling": 0}),
    "webp": ("WEBP", {"lossless": True, "method": 0}),
}
FORMATS = tuple(_SAVING)


def require_format(name: str) -> None:
    """Raises CardRefused for a format that we don't write."""
    if name not in _SAVING:
        raise CardRefused(f"There is no format “{name}”.", hint=f"The formats are {', '.join(FORMATS)}.")


def encode(image: Image.Image, name: str) -> bytes:
    """The file's bytes, free of metadata; text keeps its full colour resolution in every format."""
    kind, options = _SAVING[name]
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def write_whole(path: Path, data: bytes) -> None:
    """Writes beside the place and renames, so that nobody ever sees half a picture. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem[:16]}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def is_whole(path: Path, size: tuple[int, int]) -> bool:
    """Whether a picture of this size is there and can be decoded to its end."""
    try:
        with Image.open(path) as image:
            image.load()
            return image.size == size
    except (OSError, ValueError, SyntaxError, EOFError):
        return False
