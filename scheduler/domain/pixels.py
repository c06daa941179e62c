"""How wide and high a picture is, read from its first bytes: some networks want to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Shape = tuple[int, int]

# JPEG's start-of-frame markers: all of C0 to CF but those of tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def shape_of(suffix: str, data: bytes) -> Shape | None:
    """Width and height in pixels of a png, jpg, webp or gif; None for bytes that are no such picture."""
    read = _READERS.get(suffix)
    shape = read(data) if read else None
    return shape if shape and min(shape) > 0 else None


def _png(data: bytes) -> Shape | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _jpg(data: bytes) -> Shape | None:
    at = 2 if data[:2] == b"\xff\xd8" else len(data)
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _webp(data: bytes) -> Shape | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8 ":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    return None


def _gif(data: bytes) -> Shape | None:
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 10:
        return None
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


_READERS: Mapping[str, Callable[[bytes], Shape | None]] = {"png": _png, "jpg": _jpg, "webp": _webp, "gif": _gif}
