"""A line of text as a shaping engine wants it: cut into runs of one font and one direction, as they stand on the card.

A letter stays with its marks, a word in one font, and punctuation in the font of the word it belongs to. A text for
which no font is installed is refused here, so nothing can be measured, let alone painted, as boxes.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from typing import NamedTuple

from scheduler.cards import bidi, fallback, fontfiles
from scheduler.cards.clusters import clusters, is_emoji
from scheduler.cards.fallback import Style
from scheduler.cards.fontfiles import FontFile, Speech, covers, shaping
from scheduler.domain.errors import CardRefused

_EMOJI = "emoji"
_DIGITS = frozenset("0123456789")
_OPENING = frozenset({"Ps", "Pi"})
# Marks that Chinese and Japanese set as wide as an ideograph, and other languages don't.
_WIDE_MARKS = frozenset("“”‘’…—·")
_WIDE_LANGUAGES = frozenset({"zh", "ja", "yue"})
_WIDEST_EMOJI = 1.9
_LONGEST_TOLD = 20
_PLAIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x250)))) | set("–—‘’‚“”„…‹›\u202f")

# Scripts whose letters must be joined, reordered or stacked to be right.
_NEED_SHAPING = frozenset(
    script
    for line in (
        "ARABIC HEBREW SYRIAC THAANA NKO DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM",
        "SINHALA THAI LAO TIBETAN MYANMAR KHMER MONGOLIAN JAVANESE BALINESE",
    )
    for script in line.split()
)


class Run(NamedTuple):
    """Text of one font and direction; `level` is its embedding level, `spaced` whether its letters may be tracked."""

    text: str
    file: FontFile
    level: int = 0
    spaced: bool = True

    @property
    def direction(self) -> str:
        """Which way it runs."""
        return "rtl" if self.level % 2 else "ltr"


class Reading(NamedTuple):
    """How a text is read: the face's own file and style, the language, the base direction."""

    own: FontFile
    style: Style
    language: str = ""
    base: str = "ltr"


@lru_cache(maxsize=2048)
def runs_of(text: str, reading: Reading, before: str = "", after: str = "") -> tuple[Run, ...]:
    """The text's runs from left to right; `before` and `after` are what stands around it in its paragraph.

    Raises CardRefused where no installed font has a character, or the engine can't shape it.
    """
    if _is_plain(before + text + after, reading):
        return (Run(text, reading.own),) if text else ()
    runs, starts = _taken_apart(before + text + after, reading)
    found = runs[bisect_left(starts, len(before)) : bisect_left(starts, len(before) + len(text))]
    grouped = (list(group) for _, group in groupby(found, key=lambda run: run[1:]))
    joined = [group[0]._replace(text="".join(run.text for run in group)) for group in grouped]
    if sum(len(run.text) for run in joined) != len(text):
        return runs_of(text, reading)  # it begins or ends amid a cluster
    return tuple(bidi.visual([(run.level, run) for run in joined]))


def _is_plain(text: str, reading: Reading) -> bool:
    """Whether nothing has to be decided: Western letters and marks, each a character of its own, all in the face."""
    if reading.base != "ltr" or reading.language.lower().split("-")[0] in _WIDE_LANGUAGES:
        return False
    characters = set(text)
    return characters <= _PLAIN and all(covers(reading.own, character) for character in characters)


@lru_cache(maxsize=32)
def _taken_apart(text: str, reading: Reading) -> tuple[tuple[Run, ...], tuple[int, ...]]:
    """One run a cluster, in reading order, and at which character each begins."""
    parts = list(clusters(text))
    kinds = [_kind(part, reading.language) for part in parts]
    fonts = _fonts(parts, kinds, reading)
    levels = _levels(text, reading.base)
    found, starts = [], tuple(accumulate(map(len, parts), initial=0))
    letters = next(filter(None, kinds), "")
    for part, kind, file, start in zip(parts, kinds, fonts, starts, strict=False):
        letters = kind or letters
        found.append(Run(part, file, levels[start], letters not in _NEED_SHAPING))
    return tuple(found), starts[:-1]


def _levels(text: str, base: str) -> Sequence[int]:
    if base == "ltr" and bidi.is_one_way(text):
        return (0,) * len(text)
    return bidi.levels(text, base)


def _kind(cluster: str, language: str) -> str:
    """The cluster's script, "emoji" for a coloured picture, or "" for what goes with its neighbours."""
    if is_emoji(cluster) and not cluster.isascii():
        return _EMOJI
    if cluster[0] in _WIDE_MARKS and language.lower().split("-")[0] in _WIDE_LANGUAGES:
        return "CJK"
    return fallback.script(cluster[0])


def _fonts(parts: Sequence[str], kinds: Sequence[str], reading: Reading) -> list[FontFile]:
    """Each cluster's font: first those of letters, word by word, then those of what stands between them."""
    chosen: dict[int, FontFile] = {}
    start = 0
    for kind, group in groupby(kinds):
        end = start + len(list(group))
        if kind == _EMOJI:
            chosen.update((index, _emoji_font(parts[index], reading)) for index in range(start, end))
        elif kind:
            chosen.update(zip(range(start, end), _fonts_of_word(parts[start:end], kind, reading), strict=True))
        start = end
    letters = {index: file for index, file in chosen.items() if kinds[index] != _EMOJI}
    before = _nearest(letters, range(len(parts)))
    after = _nearest(letters, range(len(parts) - 1, -1, -1))
    for index, part in enumerate(parts):
        if index not in chosen:
            near = after[index], before[index]
            opens = unicodedata.category(part[0]) in _OPENING
            chosen[index] = _font_between(part, near if opens else near[::-1], reading)
    return [chosen[index] for index in range(len(parts))]


def _nearest(letters: Mapping[int, FontFile], places: Sequence[int]) -> dict[int, FontFile | None]:
    """The font of the letter that was met last on the way."""
    found: dict[int, FontFile | None] = {}
    last = None
    for place in places:
        found[place] = last = letters.get(place, last)
    return found


def _fonts_of_word(parts: Sequence[str], kind: str, reading: Reading) -> list[FontFile]:
    if shaping() != "raqm":
        _require_side_by_side(parts, kind)
    files = (reading.own, *fallback.candidates(kind, reading.style, reading.language))
    if file := _first_with("".join(parts), files):
        return [file] * len(parts)
    return [_first_with(part, files) or _refuse(part) for part in parts]


def _font_between(part: str, near: Sequence[FontFile | None], reading: Reading) -> FontFile:
    """The font of a mark or a digit: of the letters beside it, nearest first.

    Digits are the face's own in all scripts whose letters are not as wide as ideographs.
    """
    beside = [file for file in near if file and (part[0] not in _DIGITS or fallback.is_wide(file))]
    picture = fallback.emoji()
    others = fallback.candidates("", reading.style, reading.language)
    return _first_with(part, (*beside, reading.own, *others, *filter(None, (picture,)))) or _refuse(part)


def _emoji_font(part: str, reading: Reading) -> FontFile:
    """The font of pictures, where it shows all of the cluster as one."""
    file = fallback.emoji()
    if file and covers(file, part[0]):
        if len(part) > 1 and shaping() != "raqm":
            raise _unshaped("Joined emoji")
        if fontfiles.advance(file, part, Speech()) < _WIDEST_EMOJI:
            return file
        raise CardRefused(
            f"The emoji “{part[:_LONGEST_TOLD]}” is not one picture in the font that is installed.",
            hint="Leave it out.",
        )
    files = (reading.own, *fallback.candidates("", reading.style, reading.language))
    return _first_with(part, files) or _refuse(part, picture=True)


def _first_with(text: str, files: Sequence[FontFile]) -> FontFile | None:
    characters = set(text)
    return next((file for file in files if all(covers(file, character) for character in characters)), None)


def _refuse(part: str, *, picture: bool = False) -> FontFile:
    """Raises CardRefused, which names the package that is missing."""
    character = next((mark for mark in part if not unicodedata.combining(mark)), part[0])
    name = unicodedata.name(character, "unnamed").lower()
    package = fallback.package(character, picture=picture)
    words = f"No font here has a glyph for “{part[:_LONGEST_TOLD]}” (U+{ord(character):04X}, {name})."
    if package:
        raise CardRefused(words, hint=f"On Debian or Ubuntu: apt-get install {package}")
    raise CardRefused(words, hint="Leave the character out, or name a font that has it in brand.toml.")


def _require_side_by_side(parts: Sequence[str], kind: str) -> None:
    """Raises CardRefused for letters that the basic engine would put in a wrong place."""
    if kind in _NEED_SHAPING or not bidi.is_one_way("".join(parts)):
        raise _unshaped(f"{kind.capitalize()} letters")
    if any(len(part) > 1 for part in parts):
        raise _unshaped("Letters with accents of their own")


def _unshaped(what: str) -> CardRefused:
    return CardRefused(
        f"{what} can't be set correctly here, because libfribidi0 is not installed.",
        hint="On Debian or Ubuntu: apt-get install libfribidi0",
    )
