"""Quotation marks by language, as data: the outer pair and the pair of a quotation within one.

They are those of the languages' own style guides, as Unicode's CLDR collects them; where a country differs, its tag is
listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_THIN = "\u202f"


class Marks(NamedTuple):
    """Opening and closing mark, and the inner pair."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


_CURLED = Marks("“", "”", "‘", "’")
_LOW_HIGH = Marks("„", "“", "‚", "‘")
_LOW_RIGHT = Marks("„", "”", "‚", "’")
_RIGHT_RIGHT = Marks("”", "”", "’", "’")
_ANGLES = Marks("«", "»", "“", "”")
_ANGLES_LOW = Marks("«", "»", "„", "“")
_ANGLES_ANGLES = Marks("«", "»", "‹", "›")
_ANGLES_SINGLE = Marks("«", "»", "‘", "’")
_POINTING_IN = Marks("»", "«", "›", "‹")
_THIN_ANGLES = Marks(f"«{_THIN}", f"{_THIN}»", "“", "”")
_CORNERS = Marks("「", "」", "『", "』")

_MARKS: Mapping[str, Marks] = {
    **dict.fromkeys(("en", "tr", "ko", "hi", "th", "ur", "zh", "vi", "id", "pt", "nl", "ga", "cy"), _CURLED),
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "is", "lt", "lv", "et", "mk", "ka"), _LOW_HIGH),
    **dict.fromkeys(("de-ch", "de-li", "it-ch"), _ANGLES_ANGLES),
    **dict.fromkeys(("pl", "hr", "sr", "bs", "af"), _LOW_RIGHT),
    "ro": Marks("„", "”", "«", "»"),
    "hu": Marks("„", "”", "»", "«"),
    **dict.fromkeys(("sv", "fi", "he"), _RIGHT_RIGHT),
    **dict.fromkeys(("es", "it", "pt-pt", "el", "ca", "gl", "eu", "ar", "fa", "hy"), _ANGLES),
    **dict.fromkeys(
        ("es-mx", "es-us", "es-419", "es-ar", "es-co", "es-cl", "es-pe", "es-ve", "es-ec", "es-gt", "es-uy"), _CURLED
    ),
    **dict.fromkeys(("ru", "uk", "be"), _ANGLES_LOW),
    **dict.fromkeys(("nb", "nn", "no"), _ANGLES_SINGLE),
    "da": _POINTING_IN,
    "fr": _THIN_ANGLES,
    "fr-ch": Marks(f"«{_THIN}", f"{_THIN}»", f"‹{_THIN}", f"{_THIN}›"),
    **dict.fromkeys(("ja", "zh-tw", "zh-hk", "zh-mo", "zh-hant"), _CORNERS),
}


def marks_of(language: str) -> Marks:
    """Of a language tag, by its first two parts, or its first; English ones for a language that isn't listed."""
    parts = language.lower().replace("_", "-").split("-")
    return _MARKS.get("-".join(parts[:2])) or _MARKS.get(parts[0], _CURLED)
