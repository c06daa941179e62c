"""Which encoding a table of text is in: told by its marks, by being UTF-8, or by what makes words of it."""

from __future__ import annotations

import re
import unicodedata

from scheduler.domain.errors import FileUnusable
from scheduler.readers.language import guess

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WIDE_SHARE = 0.3
"""So many NULs among the bytes of one side are the high bytes of UTF-16."""
_HINT = "Save it anew as “CSV UTF-8”, or as .xlsx."

_SPECIAL = re.compile(r"[^\x00-\x7f]")
_SIGNS = frozenset("“”‘’„‚«»‹›–—…•·€£¥©®™°§¿¡½¼¾²³×\u00a0´ªº")
_NEVER_FIRST = frozenset("ìòùîïûëÿªº")
_NOT_ENGLISH = frozenset("ìíîëóòñÖ")
"""What Windows' quotation marks, dashes and dots look like on an old Mac."""
_SAMPLE = 20_000
_CLEARLY = 3


def decoded(name: str, data: bytes) -> tuple[str, str]:
    """The text with `\\n` line ends, and a note about its encoding where that was worked out. Raises FileUnusable."""
    text, note = _decoded(name, data)
    if "\0" in text:
        raise FileUnusable("This file isn't a table of text.", hint=_HINT, path=name)
    if not text.strip():
        raise FileUnusable("This file is empty.", hint="Write a row a post, or delete it.", path=name)
    return text, note


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(name, data, encoding), ""
    if wide := _wide(data):
        return _strictly(name, data, wide), ""
    try:
        return data.decode(), ""
    except UnicodeDecodeError as error:
        return _of_one_byte(name, data, error.start)


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise FileUnusable("This file is damaged: its characters can't be read.", hint=_HINT, path=name) from None


def _wide(data: bytes) -> str:
    """UTF-16 without its mark, as some programs write it."""
    sample = data[:4_000]
    if len(sample) < 4 or len(data) % 2:
        return ""
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[start::2].count(0) > _WIDE_SHARE * len(sample) / 2 and not sample[1 - start :: 2].count(0):
            return encoding
    return ""


def _of_one_byte(name: str, data: bytes, at: int) -> tuple[str, str]:
    """Windows or an old Mac: the one in which the special characters stand where such characters stand."""
    readings = {"Windows-1252": data.decode("cp1252", "replace"), "Mac Roman": data.decode("mac_roman")}
    is_english = guess(readings["Windows-1252"][:_SAMPLE]) == "en"
    for foreign in (frozenset(), _NOT_ENGLISH) if is_english else (frozenset(),):
        wrong = {label: _out_of_place(text, foreign) for label, text in readings.items()}
        best, other = sorted(wrong, key=wrong.__getitem__)
        if wrong[best] * _CLEARLY < wrong[other]:
            return readings[best], f"It isn't saved in UTF-8 but in {best}."
    line = len(re.findall(rb"\r\n|\r|\n", data[:at])) + 1
    message = "This file isn't saved in UTF-8, and nothing tells for certain how its special characters are meant."
    raise FileUnusable(message, hint=_HINT, path=name, line=line)


def _out_of_place(text: str, foreign: frozenset[str]) -> int:
    """How many special characters stand where none of their kind does, or are letters of another language."""
    return sum(found[0] in foreign or not _fits(text, found.start()) for found in _SPECIAL.finditer(text))


def _fits(text: str, at: int) -> bool:
    sign, before, behind = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign in _SIGNS:
        # Of the signs, only an apostrophe stands between two small letters.
        inside = before.islower() and behind.islower()
        return sign in "’´·" if inside else not (sign in "–" and behind.isalpha() and before.isalpha())
    if unicodedata.category(sign) not in ("Lu", "Ll") or sign in "ﬁﬂıƒ":
        return False
    if sign.isupper():
        return not before.islower() and behind.isalpha()
    if not (before.isalpha() or behind.isalpha()):
        return False
    return not behind.isupper() and not (sign in _NEVER_FIRST and not before.isalpha())
