"""Which texts our engine and fonts can set: nothing goes out as boxes or in a wrong order."""

from __future__ import annotations

import unicodedata

from scheduler.cards.fonts import Fonts, shaping
from scheduler.domain.errors import CardRefused

# First words of the Unicode names of letters that must be joined, reordered or stacked to be right.
_NEED_SHAPING = frozenset(
    script
    for line in (
        "ARABIC HEBREW SYRIAC THAANA NKO DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM",
        "SINHALA THAI LAO TIBETAN MYANMAR KHMER MONGOLIAN JAVANESE BALINESE",
    )
    for script in line.split()
)


def require_settable(text: str, face: str, fonts: Fonts) -> None:
    """Raises CardRefused when the face lacks a character, or its script needs an engine that is not there."""
    if shaping() != "raqm":
        _require_no_shaping(text)
    missing = fonts.missing(face, text)
    if missing:
        name = unicodedata.name(missing, "unnamed").lower()
        raise CardRefused(
            f"The card's font has no glyph for “{missing}” (U+{ord(missing):04X}, {name}).",
            hint="Leave the character out, or name a font that has it in brand.toml.",
        )


def engine_warnings() -> tuple[str, ...]:
    """What the reader of a card should know about the text engine it was set with."""
    if shaping() == "raqm":
        return ()
    return ("Set without kerning and ligatures, because the Debian package libfribidi0 is not installed.",)


def _require_no_shaping(text: str) -> None:
    for character in text:
        script = unicodedata.name(character, "").split(" ")[0]
        if script in _NEED_SHAPING:
            raise CardRefused(
                f"{script.capitalize()} letters can't be set correctly here, because libfribidi0 is not installed.",
                hint="On Debian or Ubuntu: apt-get install libfribidi0",
            )
