"""Typewriter characters into true quotes, dashes, ellipses and no-break spaces; the words stay the same."""

from __future__ import annotations

import re
import unicodedata

NO_BREAK, NARROW_NO_BREAK = "\u00a0", "\u202f"

# Opening and closing marks, and the inner pair, by the first part of the language tag.
_MARKS = {
    "en": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "es": ("«", "»", "“", "”"),
    "fr": (f"«{NO_BREAK}", f"{NO_BREAK}»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "pl": ("„", "”", "‚", "’"),
    "ru": ("«", "»", "„", "“"),
    "sv": ("”", "”", "’", "’"),
}

_TITLES = r"(?:Drs?|Mrs?|Ms|Mx|Prof|St|Rev|Sr|Hon|Capt|Lt|Col|e\.g|i\.e|vs)\."
_NUMBERED = r"(?:No|Nos|Fig|Vol|p|pp)\."
# What a number is a number of.
UNITS = (
    r"(?:%|‰|°[CF]?|[kKmMcµn]?[gmlL]|mcg|IU|kcal|cal|kJ|mmHg|bpm|Hz|[kM]?W|€|\$|£|am|pm|a\.m\.|p\.m\.|o’clock|"
    r"(?:milli|bi|tri)?llion|thousand|hundred|per\scent|percent|seconds?|minutes?|hours?|days?|nights?|weeks?|months?|"
    r"years?)"
)
_COUNTED = rf"(?:{UNITS}|times|people|patients)"
_NUMBER_WORDS = (
    r"(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|ninety)"
)

_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\.\s?\.\s?\.", "…"),
        (r"\s+-{1,3}\s+", f"{NO_BREAK}– "),
        (r"\s+([–—])\s+", rf"{NO_BREAK}\1 "),
        (r"(?<=\w)-{2,3}(?=\w)", "—"),
        (r"(?<![\w-])(\d{1,3})-(\d{1,3})(?=%|\s[a-z])", r"\1–\2"),
        (r"\b((?:19|20)\d\d)-((?:19|20)\d\d)\b", r"\1–\2"),
        (r"(?<!\S)-(?=\d)", "−"),
        (r"(?<=\d)'(?=\s?\d)", "′"),
        (r"(?<=\w)'(?=\w)|'(?=\d\ds?\b|(?i:tis|twas|em|til|cause|n)\b)", "’"),
        (r"(?<![^\s(\[“‘—–])'(?=\S)", "‘"),
        (r"'", "’"),
    )
)

_BINDINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w){_TITLES}( )(?=\w)",
        rf"(?<!\w){_NUMBERED}( )(?=\d)",
        r"(?<=\d)( )(?=\d{3}(?!\d))",
        rf"(?:\d[\d.,–]*|\b{_NUMBER_WORDS})( )(?={_COUNTED}(?!\w))",
        r"(?<!\w)(?:[A-Z]\.)( )(?=[A-Z])",
    )
)

_LONGEST_BOUND_ENDING = 24
_HYPHENS = str.maketrans("‐‑", "--")


def tidy(text: str) -> str:
    """One line of composed characters (NFC): white space collapsed, invisible and control characters dropped."""
    composed = unicodedata.normalize("NFC", text).translate(_HYPHENS)
    return " ".join("".join(filter(_is_visible, composed)).split())


def typeset(text: str) -> str:
    """Tidied text with true quotes, apostrophes, dashes, minus signs and ellipses."""
    text = _curl_doubles(tidy(text))
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def quoted(text: str, language: str) -> tuple[str, str, str]:
    """The opening mark, the typeset words, the closing mark, as the language has them.

    Marks that already stand around the whole are taken off; double marks within become the inner pair.
    """
    opening, closing, inner_opening, inner_closing = _MARKS.get(language.lower().split("-")[0], _MARKS["en"])
    words = _without_outer_marks(_one_kind_of_marks(typeset(text)))
    for mark, inner in (("“", inner_opening), ("”", inner_closing)):
        words = words.replace(mark, inner)
    return opening, words, closing


def bind(text: str) -> str:
    """No-break spaces: title with name, number with unit, initials, and the last two words."""
    for pattern in _BINDINGS:
        text = pattern.sub(lambda found: found.group().replace(" ", NO_BREAK), text)
    words = text.split(" ")
    if len(words) > 3 and len(words[-1]) + len(words[-2]) < _LONGEST_BOUND_ENDING:
        return NO_BREAK.join((" ".join(words[:-1]), words[-1]))
    return text


def _is_visible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"}


def _curl_doubles(text: str) -> str:
    text = re.sub(r"(?<![^\s(\[‘'—–-])\"(?=\S)", "“", text)
    marks = re.sub(r"[^“\"”]", "", text)
    if "“" not in marks:
        text = re.sub(r"(?<=\d)\"", "″", text)
    return text.replace('"', "”")


def _one_kind_of_marks(text: str) -> str:
    """Other languages' double marks as English ones, so that inner marks can be told from outer ones."""
    text = re.sub(r"„([^„“”]*)[“”]", r"“\1”", text)
    return re.sub(r"\s?»", "”", re.sub(r"«\s?", "“", text))


def _without_outer_marks(text: str) -> str:
    inside = text[1:-1]
    whole = text[:1] == "“" and text[-1:] == "”" and not re.search(r"”[^“]*“", inside)
    return inside.strip() if whole and inside.count("“") == inside.count("”") else text
