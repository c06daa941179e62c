"""Which installed font takes over where a face has no glyph: Debian's Noto, by script, like the face in character."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from scheduler.cards.fontfiles import PICTURES, FontFile

CORE, CJK, EMOJI = "fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji"

_MOST_FILES = 20_000
# The styles that Noto comes in; Debian's base packages hold Regular and Bold.
_WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700, "ExtraBold": 800, "Black": 900}
# Which font of a collection draws ideographs as a language's readers know them.
_REGIONS = {"ja": 0, "ko": 1, "zh": 2, "zh-hant": 3, "zh-tw": 3, "zh-mo": 4, "zh-hk": 4, "yue": 4}
_WIDE = (
    (0x1100, 0x11FF), (0x2E80, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF), (0x1AFF0, 0x1B16F), (0x20000, 0x3FFFF),
)  # fmt: skip
_SIGNS = ("NotoSansSymbols", "NotoSansSymbols2", "NotoSansMath")
_ARABIC = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
_FIRST_OF_A_SCRIPT, _GENERAL = 0x0590, 0x2000
# Of the face's size, by the beginning of the file's name: Noto's letters are larger than our faces'.
_SCALES: Mapping[str, float] = {"NotoSans-": 0.92, "NotoSerif-": 0.92, "NotoColorEmoji": 0.86}
_ALIKE = frozenset({"LATIN", "GREEK", "CYRILLIC"})


class Style(NamedTuple):
    """What a fallback has to look like: `serif` or not, its weight, italic or not."""

    serif: bool
    weight: int
    italic: bool


@lru_cache(maxsize=64)
def style_of(face: str) -> Style:
    """The style that a face's name tells, such as serif-400-italic; a regular sans where it tells none."""
    found = re.fullmatch(r"([a-z]+)-(\d{3})(-italic)?", face)
    if not found:
        return Style(serif=False, weight=400, italic=False)
    return Style(serif=found[1] == "serif", weight=int(found[2]), italic=bool(found[3]))


@lru_cache(maxsize=4096)
def script(character: str) -> str:
    """The first word of its Unicode name, CJK for all that stands among ideographs; "" for what any script may use."""
    code = ord(character)
    if any(first <= code <= last for first, last in _WIDE):
        return "CJK"
    if any(first <= code <= last for first, last in _ARABIC):
        return "ARABIC"
    if unicodedata.category(character)[0] == "L" or _FIRST_OF_A_SCRIPT <= code < _GENERAL:
        return unicodedata.name(character, "").split(" ")[0]
    return ""


def scale(file: FontFile) -> float:
    """How large a fallback is set, as a share of the face's size, so that it looks as large."""
    name = os.path.basename(file.path)
    return next((share for start, share in _SCALES.items() if name.startswith(start)), 1.0)


@lru_cache(maxsize=4096)
def candidates(kind: str, style: Style, language: str) -> tuple[FontFile, ...]:
    """The installed fonts that may have the letters of a script, or with "" signs of any, best first."""
    found = (_installed(family, style) for family in _families(kind, style.serif))
    return tuple(FontFile(path, _region(language) if path.endswith("c") else 0) for path in found if path)


def is_wide(file: FontFile) -> bool:
    """Whether it is a font of ideographs."""
    return "CJK" in os.path.basename(file.path)


def emoji() -> FontFile | None:
    """The font of coloured pictures, where it is installed."""
    return named(PICTURES)


def name(file: FontFile) -> str:
    """What a fallback is called on a card: its file's name, and which of that file's fonts."""
    stem = os.path.basename(file.path)
    return f"{stem}#{file.number}" if file.number else stem


def named(fallback: str) -> FontFile | None:
    """The installed fallback of this name."""
    stem, _, index = fallback.partition("#")
    path = _files().get(stem) if stem.startswith("Noto") else None
    return FontFile(path, int(index or 0)) if path else None


def package(character: str, *, picture: bool = False) -> str:
    """The Debian package that would bring a font for it; nothing where that is installed, and doesn't help."""
    if picture:
        return "" if emoji() else EMOJI
    if script(character) == "CJK":
        return "" if "NotoSansCJK-Regular.ttc" in _files() else CJK
    return "" if "NotoSans-Regular.ttf" in _files() else CORE


def _families(kind: str, serif: bool) -> Iterator[str]:
    first, second = ("NotoSerif", "NotoSans") if serif else ("NotoSans", "NotoSerif")
    if kind == "ARABIC":
        yield from ("NotoNaskhArabic", "NotoSansArabic") if serif else ("NotoSansArabic", "NotoNaskhArabic")
    elif kind and kind not in _ALIKE:
        name = "CJK" if kind == "CJK" else kind.capitalize()
        yield from (f"{first}{name}", f"{second}{name}")
    yield from (first, second)
    yield from _SIGNS


def _installed(family: str, style: Style) -> str:
    """The family's file that is nearest in weight, heavier rather than lighter; upright where there is no italic."""
    files = _files()
    slants = ("Italic", "") if style.italic and family in {"NotoSans", "NotoSerif"} else ("",)
    for slant in slants:
        for name in sorted(_WEIGHTS, key=lambda name: (abs(_WEIGHTS[name] - style.weight), -_WEIGHTS[name])):
            word = "Italic" if slant and name == "Regular" else name + slant
            for suffix in ("ttf", "otf", "ttc"):
                if path := files.get(f"{family}-{word}.{suffix}"):
                    return path
    return ""


def _region(language: str) -> int:
    tag = language.lower()
    parts = tag.split("-")
    wanted = ("-".join(parts[:2]), "-".join((parts[0], parts[-1])), parts[0])
    return next((_REGIONS[name] for name in wanted if name in _REGIONS), _REGIONS["zh"])


@lru_cache(maxsize=1)
def _files() -> Mapping[str, str]:
    """Every font file in the usual folders, by name."""
    found: dict[str, str] = {}
    for folder in _folders():
        for place, _, names in os.walk(folder):
            for name in names:
                if name.startswith("Noto"):
                    found.setdefault(name, os.path.join(place, name))
            if len(found) > _MOST_FILES:
                return found
    return found


def _folders() -> tuple[str, ...]:
    try:
        home = Path.home()
    except RuntimeError:
        return "/usr/local/share/fonts", "/usr/share/fonts"
    return str(home / ".local/share/fonts"), str(home / ".fonts"), "/usr/local/share/fonts", "/usr/share/fonts"
