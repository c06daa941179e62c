"""Encodings that a site or a document may name; a name that is none of these says nothing."""

from __future__ import annotations

import re

_KNOWN = re.compile(
    r"utf-?(8|16|16le|16be)|us-ascii|iso-?8859-?\d+|latin-?1|windows-125\d|cp125\d|koi8-[ru]|shift_jis|euc-(jp|kr)"
    r"|iso-2022-jp|gb2312|gbk|gb18030|big5",
    re.IGNORECASE,
)


def decoded(data: bytes, charset: str) -> str | None:
    """The text, without a mark before it, if `charset` is known and true of the bytes."""
    if not _KNOWN.fullmatch(charset):
        return None
    try:
        return data.decode(charset).removeprefix("\ufeff")
    except (UnicodeError, LookupError):
        return None
