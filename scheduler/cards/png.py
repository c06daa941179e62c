"""PNG, quickly: a card's rows are alike, so simple filters and the fastest deflate come to the weight of slower ones.

Pillow's own writer tries every filter on every row, in memory that the system has to hand out anew for each picture.
"""

from __future__ import annotations

import struct
import zlib

from isal import isal_zlib
from PIL import Image, ImageChops

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BIT_RGB = bytes((8, 2, 0, 0, 0))
_AS_IT_IS, _LESS_THE_ROW_ABOVE = 0, 2
_LEVEL = 1
# Rows that are worked on together: few enough that their memory is used again instead of asked for.
_BAND = 128
# A drawn card shows fewer colours than this at every eighth pixel; a photo or a field of light shows more.
_FEW_COLOURS = 1024
_EVERY = 8


def png(image: Image.Image) -> bytes:
    """The file's bytes for an RGB picture: no metadata, no palette. Equal pixels give equal bytes."""
    size = struct.pack(">II", *image.size)
    chunks = ((b"IHDR", size + _EIGHT_BIT_RGB), (b"IDAT", _deflated(image)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(data, zlib.crc32(kind))
    return b"".join((struct.pack(">I", len(data)), kind, data, struct.pack(">I", checksum)))


def _deflated(image: Image.Image) -> bytes:
    """All rows, each after the number of its filter: as they are where colours are few, else less the row above."""
    filtering = _AS_IT_IS if _drawn(image) else _LESS_THE_ROW_ABOVE
    rows = _plain if filtering == _AS_IT_IS else _differences
    stream = isal_zlib.compressobj(_LEVEL)
    parts = [stream.compress(bytes((filtering,)))]
    for top in range(0, image.height, _BAND):
        bottom = min(top + _BAND, image.height)
        # What ends each row is the number of the next one's filter; behind the last row there is none.
        parts.append(stream.compress(memoryview(rows(image, top, bottom))[: None if bottom < image.height else -1]))
    return b"".join((*parts, stream.flush()))


def _drawn(image: Image.Image) -> bool:
    few = image.resize((-(-image.width // _EVERY), -(-image.height // _EVERY)), Image.Resampling.NEAREST)
    return few.getcolors(_FEW_COLOURS) is not None


def _plain(image: Image.Image, top: int, bottom: int) -> bytes:
    """Rows of RGB with a zero behind each."""
    return _packed(image.crop((0, top, image.width, bottom)))


def _differences(image: Image.Image, top: int, bottom: int) -> bytearray:
    """Rows of RGB less the row above, with the filter's number behind each. Above the first row all is zero."""
    rows, above = (image.crop((0, top - up, image.width, bottom - up)) for up in (0, 1))
    data = bytearray(_packed(ImageChops.subtract_modulo(rows, above)))
    width = 3 * image.width + 1
    data[width - 1 :: width] = bytes((_LESS_THE_ROW_ABOVE,)) * (bottom - top)
    return data


def _packed(rows: Image.Image) -> bytes:
    return rows.tobytes("raw", "RGB", 3 * rows.width + 1)
