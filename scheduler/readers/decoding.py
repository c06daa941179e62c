"""Bytes into text that the readers may trust: bounded, UTF-8, NFC, with one kind of line end."""

from __future__ import annotations

import unicodedata

from scheduler.domain.errors import FileUnusable
from scheduler.readers.sizes import TEXT_BYTES, check_size


def decode(name: str, data: bytes) -> str:
    """The file's text in NFC, with `\\n` line ends and no BOM. Raises FileUnusable naming the file and the line."""
    check_size(name, len(data), largest=TEXT_BYTES)
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
