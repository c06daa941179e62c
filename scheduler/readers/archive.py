"""The parts of a Word document that hold words, taken out of its ZIP without trusting anything that the ZIP says.

Sizes are bounded while inflating, not by what the directory promises. Pictures, macros and whatever else lies in the
archive are never inflated, and nothing is ever written to a disk, so that no name in it can lead anywhere.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from scheduler.domain.errors import FileUnusable

PART_BYTES = 8_000_000
PARTS_BYTES = 12_000_000
DIRECTORY_BYTES = 500_000
"""The ZIP's table of contents: some thousands of parts."""

_WANTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml"
    r"|word/(?:_rels/)?(?:document|footnotes|endnotes|numbering|styles)\d{0,3}\.xml(?:\.rels)?"
)
_END_OF_DIRECTORY = b"PK\x05\x06"
_END_BYTES = 22 + 65_535
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, struct.error)
_HINT = "Open it in the program that made it, and save it as .docx or as plain text."


def parts_of(name: str, data: bytes) -> dict[str, bytes]:
    """The XML parts by their names. Raises FileUnusable."""
    _check_kind(name, data)
    _check_directory(name, data)
    parts: dict[str, bytes] = {}
    left = PARTS_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if _WANTED.fullmatch(info.filename) and info.filename not in parts:
                    parts[info.filename] = _part(name, archive, info, min(PART_BYTES, left))
                    left -= len(parts[info.filename])
    except _BROKEN as error:
        raise FileUnusable("This document is damaged.", hint=_HINT, path=name) from error
    if not any(part.startswith("word/document") for part in parts):
        raise FileUnusable("This file isn't a Word document.", hint=_HINT, path=name)
    return parts


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    """A clean archive of these parts, not deflated."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    file.seek(0)
    return file


def _check_kind(name: str, data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            hint = "Open it in Word, take the password off, and save it again."
            raise FileUnusable("This document has a password.", hint=hint, path=name)
        raise FileUnusable("This is a document of an old Word (.doc).", hint=_HINT, path=name)
    if data.startswith(b"{\\rtf"):
        raise FileUnusable("This is a document in RTF.", hint=_HINT, path=name)
    if not data.strip():
        raise FileUnusable("This file is empty.", hint="Write the article into it, or delete it.", path=name)
    if not data.startswith(b"PK"):
        raise FileUnusable("This file isn't a Word document.", hint=_HINT, path=name)


def _check_directory(name: str, data: bytes) -> None:
    """Before the library reads the table of contents entry by entry."""
    end = data.rfind(_END_OF_DIRECTORY, max(0, len(data) - _END_BYTES))
    if end < 0 or len(data) < end + 22:
        raise FileUnusable("This document is damaged.", hint=_HINT, path=name)
    (size,) = struct.unpack_from("<L", data, end + 12)
    if size > DIRECTORY_BYTES:
        raise FileUnusable("This document has too many parts.", hint=_HINT, path=name)


def _part(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int) -> bytes:
    if info.flag_bits & 1:
        raise FileUnusable("This document has a password.", hint="Take it off, and save it again.", path=name)
    with archive.open(info) as part:
        data = part.read(largest + 1)
    if len(data) > largest:
        hint = "Split it into several documents, or save it as plain text."
        raise FileUnusable("This document holds more text than an article.", hint=hint, path=name)
    if any(word in data.replace(b"\0", b"") for word in (b"<!DOCTYPE", b"<!ENTITY")):
        raise FileUnusable("This document isn't as Word writes one.", hint=_HINT, path=name)
    return data
