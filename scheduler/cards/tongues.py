"""The language that a card is set in: as it was asked for, unless the letters say otherwise.

Quotation marks, line breaks and the look of ideographs depend on it. Whoever asks for a card of a Japanese sentence and
names no language means Japanese.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

HEBREW = frozenset({"he", "iw", "yi"})
"""The languages in Hebrew letters, which run from the right with Latin numbers and question marks."""

# By the first word of the letters' names: the language to assume, then others that are written so.
_WRITTEN = {
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "HANGUL": ("ko",),
    "CJK": ("zh", "yue", "ja", "ko"),
    "ARABIC": ("ar", "fa", "ur", "ps", "sd", "ug", "ckb", "ku", "pa", "az", "arz"),
    "HEBREW": ("he", *HEBREW),
    "DEVANAGARI": ("hi", "mr", "ne", "sa", "kok", "mai", "bho"),
    "THAI": ("th",),
    "GREEK": ("el", "grc"),
    "CYRILLIC": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "tt", "ba", "uz", "az"),
}
_KANA = ("HIRAGANA", "KATAKANA")
_MOST_READ = 400


def language_of(text: str, asked: str) -> str:
    """The BCP 47 tag of the text: `asked`, or the likeliest one where most letters are of none of its scripts."""
    if max(text, default="") < "\u0370":
        return asked
    found = _written(text, asked)
    return "zh-Hant" if found.lower() == "zh" and _is_traditional(text) else found


def numeral(number: int, text: str) -> str:
    """The number in the digits that the text is written with: Western ones, unless it has others."""
    digit = next((sign for sign in text if sign.isdecimal()), "0")
    zero = ord(digit) - unicodedata.decimal(digit)
    return "".join(chr(zero + int(figure)) for figure in str(number))


def _written(text: str, asked: str) -> str:
    names = (unicodedata.name(letter, "").split(" ")[0] for letter in text[:_MOST_READ] if letter.isalpha())
    counted = Counter(names)
    if not counted:
        return asked
    found = next((kana for kana in _KANA if counted[kana]), counted.most_common(1)[0][0])
    written = _WRITTEN.get(found, ())
    if not written or asked.lower().replace("_", "-").split("-")[0] in written:
        return asked
    return written[0]


def _is_traditional(text: str) -> bool:
    """Whether more of the ideographs belong to Taiwan's old character set than to the mainland's."""
    return len(text.encode("big5", "ignore")) > len(text.encode("gb2312", "ignore"))
