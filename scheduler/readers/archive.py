"""The parts of an office document that hold words, taken out of its ZIP without trusting anything that the ZIP says.

Sizes are bounded while inflating, not by what the directory promises. Pictures, macros and whatever else lies in the
archive are never inflated, and nothing is ever written to a disk, so that no name in it can lead anywhere.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from scheduler.domain.errors import FileUnusable

PART_BYTES = 8_000_000
PARTS_BYTES = 12_000_000
DIRECTORY_BYTES = 500_000
"""The ZIP's table of contents: some thousands of parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of document: its program, which parts are wanted, the beginning of the one that has to be there, how many
    bytes one part and all of them may have, and what is said of a file that is none or too large."""

    wanted: re.Pattern[str]
    program: str
    core: str
    part_bytes: int
    parts_bytes: int
    is_none: str
    is_old: str
    is_large: str
    split: str
    hint: str


WORD = Kind(
    wanted=re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml"
        r"|word/(?:_rels/)?(?:document|footnotes|endnotes|numbering|styles)\d{0,3}\.xml(?:\.rels)?"
    ),
    program="Word",
    core="word/document",
    part_bytes=PART_BYTES,
    parts_bytes=PARTS_BYTES,
    is_none="This file isn't a Word document.",
    is_old="This is a document of an old Word (.doc).",
    is_large="This document holds more text than an article.",
    split="Split it into several documents, or save it as plain text.",
    hint="Open it in the program that made it, and save it as .docx or as plain text.",
)
WORKBOOK = Kind(
    wanted=re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:_rels/)?workbook\d{0,3}\.xml(?:\.rels)?"
        r"|xl/(?:styles|sharedStrings)\d{0,3}\.xml|xl/worksheets/[\w-]{1,40}\.xml",
        re.IGNORECASE,
    ),
    program="Excel",
    core="xl/workbook",
    part_bytes=24_000_000,
    parts_bytes=40_000_000,
    is_none="This file isn't an Excel workbook.",
    is_old="This is a workbook of an old Excel (.xls), or it has a password.",
    is_large="This workbook holds more than a queue of posts.",
    split="Keep the rows of posts alone, or split it into several files.",
    hint="Open it in the program that made it, and save it as .xlsx or as CSV UTF-8.",
)
SPREADSHEET = Kind(
    wanted=re.compile(r"content\.xml|META-INF/manifest\.xml"),
    program="LibreOffice",
    core="content",
    part_bytes=24_000_000,
    parts_bytes=25_000_000,
    is_none="This file isn't an OpenDocument spreadsheet.",
    is_old="This is a workbook of an old Excel (.xls), or it has a password.",
    is_large=WORKBOOK.is_large,
    split=WORKBOOK.split,
    hint=WORKBOOK.hint,
)
_END_OF_DIRECTORY = b"PK\x05\x06"
_END_BYTES = 22 + 65_535
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, struct.error)


def parts_of(name: str, data: bytes, kind: Kind = WORD) -> dict[str, bytes]:
    """The XML parts by their names. Raises FileUnusable."""
    _check_kind(name, data, kind)
    _check_directory(name, data, kind)
    parts: dict[str, bytes] = {}
    left = kind.parts_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if kind.wanted.fullmatch(info.filename) and info.filename not in parts:
                    parts[info.filename] = _part(name, archive, info, min(kind.part_bytes, left), kind)
                    left -= len(parts[info.filename])
    except _BROKEN as error:
        raise FileUnusable("This document is damaged.", hint=kind.hint, path=name) from error
    if not any(part.startswith(kind.core) for part in parts):
        raise FileUnusable(kind.is_none, hint=kind.hint, path=name)
    return parts


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    """A clean archive of these parts, not deflated."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    file.seek(0)
    return file


def _check_kind(name: str, data: bytes, kind: Kind) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            hint = f"Open it in {kind.program}, take the password off, and save it again."
            raise FileUnusable("This document has a password.", hint=hint, path=name)
        raise FileUnusable(kind.is_old, hint=kind.hint, path=name)
    if data.startswith(b"{\\rtf"):
        raise FileUnusable("This is a document in RTF.", hint=kind.hint, path=name)
    if not data.strip():
        raise FileUnusable("This file is empty.", hint="Write into it, or delete it.", path=name)
    if not data.startswith(b"PK"):
        raise FileUnusable(kind.is_none, hint=kind.hint, path=name)


def _check_directory(name: str, data: bytes, kind: Kind) -> None:
    """Before the library reads the table of contents entry by entry."""
    end = data.rfind(_END_OF_DIRECTORY, max(0, len(data) - _END_BYTES))
    if end < 0 or len(data) < end + 22:
        raise FileUnusable("This document is damaged.", hint=kind.hint, path=name)
    (size,) = struct.unpack_from("<L", data, end + 12)
    if size > DIRECTORY_BYTES:
        raise FileUnusable("This document has too many parts.", hint=kind.hint, path=name)


def _part(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int, kind: Kind) -> bytes:
    if info.flag_bits & 1:
        raise FileUnusable("This document has a password.", hint="Take it off, and save it again.", path=name)
    with archive.open(info) as part:
        data = part.read(largest + 1)
    if len(data) > largest:
        raise FileUnusable(kind.is_large, hint=kind.split, path=name)
    if any(word in data.replace(b"\0", b"") for word in (b"<!DOCTYPE", b"<!ENTITY")):
        raise FileUnusable(f"This document isn't as {kind.program} writes one.", hint=kind.hint, path=name)
    return data
