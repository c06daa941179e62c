"""Bytes into text that the readers may trust: bounded, UTF-8, NFC, with one kind of line end."""

from __future__ import annotations

import unicodedata

from scheduler.domain.errors import FileUnusable

MAX_BYTES = 500_000


def decode(name: str, data: bytes) -> str:
    """The file's text in NFC, with `\\n` line ends and no BOM. Raises FileUnusable naming the file and the line."""
    if len(data) > MAX_BYTES:
        raise FileUnusable(
            f"This file is {len(data) / 1e6:.1f} MB; an article may have {MAX_BYTES / 1e6:.1f} MB.",
            hint="Save the text without pictures, or split it into several articles.",
            path=name,
        )
    if b"\0" in data:
        raise FileUnusable("This file isn't text but a program's own format.", path=name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileUnusable("This file isn't saved in UTF-8.", path=name, line=line) from error
    if not text.strip():
        raise FileUnusable("This file is empty.", hint="Write the article into it, or delete it.", path=name)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
