"""Typewriter characters into true quotes, dashes, ellipses and spaces, as the language has them; the words stay."""

from __future__ import annotations

import re
import unicodedata

from scheduler.cards.bidi import is_one_way
from scheduler.cards.marks import marks_of

NO_BREAK, NARROW_NO_BREAK = "\u00a0", "\u202f"
SOFT_HYPHEN = "\u00ad"

_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\.\s?\.\s?\.", "…"),
        (r"\s+([–—])\s+", rf"{NO_BREAK}\1 "),
        (r"(?<=\w)-{2,3}(?=\w)", "—"),
        (r"(?<![\w-])(\d{1,3})-(\d{1,3})(?=\s?%|\s[^\W\d_A-Z])", r"\1–\2"),
        (r"\b((?:19|20)\d\d)-((?:19|20)\d\d)\b", r"\1–\2"),
        (r"(?<!\S)-(?=\d)", "−"),
        (r"(?<=\d)'(?=\s?\d)", "′"),
        (r"(?<=[א-ת])'", "׳"),
        (r"(?<=\w)'(?=\w)|'(?=\d\ds?\b|(?i:tis|twas|em|til|cause|n)\b)", "’"),
        (r"(?<![^\s(\[“‘—–])'(?=\S)", "‘"),
        (r"'", "’"),
    )
)
_TYPED_DASH = re.compile(r"\s+-{1,3}\s+")
_LONG_DASHES = frozenset({"ru", "uk", "be", "pt"})

# French sets its high marks apart by a narrow space; in Canada only the colon.
_HIGH_MARKS = re.compile(r"(?<=[\w»”’)%€])\s?(:(?=\s|$)|[;!?]+(?=[\s»”’)\]…]|$))")
_HIGH_COLON = re.compile(r"(?<=[\w»”’)%€])\s?(:)(?=\s|$)")
_INSIDE_ANGLES = re.compile(r"«\s?(?=\S)|(?<=\S)\s?»")

# Marks of any language as the English ones, so that inner marks can be told from outer ones.
_FOREIGN_PAIRS = tuple(
    re.compile(pattern)
    for pattern in (
        r"„([^„“”]*)[“”]",
        r"«\s?([^«»]*?)\s?»",
        r"»\s?([^«»]*?)\s?«",
        r"「([^「」]*)」",
        r"(?<![^\s(\[])”(?=\w)([^“”]*)”",
    )
)
_UNBROKEN_SPACES = f"{NO_BREAK}{NARROW_NO_BREAK}"
_BREAKING_SPACES = re.compile(rf"[^\S{_UNBROKEN_SPACES}]+")
_HYPHENS = str.maketrans("‐‑", "--")
# Characters without a shape that letters need: joined and unjoined forms, hyphens for a line's end, parts of flags.
_JOINERS = frozenset("\u200c\u200d")
# Marks of direction: they say where punctuation beside a word of the other direction belongs.
_DIRECTIONS = frozenset("\u200e\u200f\u061c")


def tidy(text: str) -> str:
    """One line of composed characters (NFC): white space collapsed, control and needless invisible ones dropped."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text).translate(_HYPHENS)
    seen = "".join(character for place, character in enumerate(composed) if _is_kept(composed, place))
    return _BREAKING_SPACES.sub(" ", seen).strip()


def typeset(text: str, language: str = "en") -> str:
    """Tidied text with the language's true quotes, apostrophes, dashes, minus signs, ellipses and spaces."""
    tag = language.lower()
    text = _curl_doubles(tidy(text))
    text = _TYPED_DASH.sub(f"{NO_BREAK}{'—' if tag[:2] in _LONG_DASHES else '–'} ", text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    if tag[:2] == "fr":
        high = _HIGH_COLON if tag == "fr-ca" else _HIGH_MARKS
        text = _INSIDE_ANGLES.sub(_with_narrow_space, high.sub(rf"{NARROW_NO_BREAK}\1", text))
    return text


def quoted(text: str, language: str) -> tuple[str, str, str]:
    """The opening mark, the typeset words, the closing mark, as the language has them.

    Marks that already stand around the whole are taken off; double marks within become the inner pair.
    """
    marks = marks_of(language)
    words = _without_outer_marks(_one_kind_of_marks(typeset(text, language)))
    for mark, inner in (("“", marks.inner_opening), ("”", marks.inner_closing)):
        words = words.replace(mark, inner)
    return marks.opening, words, marks.closing


def without_soft_hyphens(text: str) -> str:
    """The text as it is read aloud or stands on one line."""
    return text.replace(SOFT_HYPHEN, "")


def _is_kept(text: str, place: int) -> bool:
    character = text[place]
    if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"}:
        return True
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if character == SOFT_HYPHEN:
        return before.isalpha() and after.isalpha()
    if character in _JOINERS:
        return not before.isascii() and bool(after.strip())
    if character in _DIRECTIONS:
        return not is_one_way("".join(filter(str.isalpha, text)))
    return "\U000e0020" <= character <= "\U000e007f" and not before.isascii()


def _with_narrow_space(found: re.Match[str]) -> str:
    return f"«{NARROW_NO_BREAK}" if found.group()[0] == "«" else f"{NARROW_NO_BREAK}»"


def _curl_doubles(text: str) -> str:
    if '"' not in text:
        return text
    text = re.sub(r"(?<=[א-ת])\"(?=[א-ת])", "״", text)
    if any("\u3041" <= character <= "\u9fff" for character in text):
        first, *others = text.split('"')
        return first + "".join(("”" if number % 2 else "“") + part for number, part in enumerate(others))
    text = re.sub(r"(?<![^\s(\[‘'—–¿¡-])\"(?=\S)", "“", text)
    marks = re.sub(r"[^“\"”]", "", text)
    if "“" not in marks:
        text = re.sub(r"(?<=\d)\"", "″", text)
    return text.replace('"', "”")


def _one_kind_of_marks(text: str) -> str:
    for pair in _FOREIGN_PAIRS:
        text = pair.sub(r"“\1”", text)
    return text


def _without_outer_marks(text: str) -> str:
    inside = text[1:-1]
    whole = text[:1] == "“" and text[-1:] == "”" and not re.search(r"”[^“]*“", inside)
    return inside.strip() if whole and inside.count("“") == inside.count("”") else text
