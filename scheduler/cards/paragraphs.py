"""A text ready to be fitted: bound and measured in its face, with the leading that its script needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple

from scheduler.cards import binding, measuring, optics
from scheduler.cards.breaking import Paragraph, Room, Style, Word
from scheduler.cards.fonts import Fonts, shaping
from scheduler.cards.typography import NO_BREAK, without_soft_hyphens

# Between the lowest ink of a line and the highest of the next, in em.
_APART = 0.02
_FIRST_TALL = "\u00c0"
_FIRST_OUTSIDE_EUROPE = "\u0590"


class _Script(NamedTuple):
    """`letter` is as tall as a capital is beside it; `leading` is the least in em, whatever the ink."""

    letters: str
    letter: str
    leading: float


# Ideographs fill their box and Arabic, Devanagari and Thai hang marks above and below: all of them want more air.
_SCRIPTS = (
    _Script(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]", "国", 1.38),
    _Script(r"[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]", "한", 1.38),
    _Script(r"[\u0e01-\u0e7f]", "ก", 1.40),
    _Script(r"[\u0900-\u097f]", "क", 1.36),
    _Script(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]", "ل", 1.45),
    _Script(r"[\u0590-\u05ff]", "ה", 1.24),
)


def paragraph(fonts: Fonts, face: str, text: str, language: str, *, everywhere: bool = False) -> Paragraph:
    """The text's words, measured in em. With `everywhere` an address may be divided, and a phrase."""
    bound = binding.bind(text, language)
    if (rtl := fonts.direction(text) == "rtl") != fonts.rtl:
        fonts = fonts.reading(fonts.language, rtl=rtl)
    known = _Face(key=(face, fonts.file(face), fonts.language, fonts.rtl, shaping()), fonts=fonts)
    return Paragraph(
        measuring.words_of(bound, partial(_width, known), partial(_edges, known), language, everywhere=everywhere)
    )


def style_of(fonts: Fonts, face: str, text: str, sizes: tuple[float, float], leading: tuple[float, float]) -> Style:
    """How the text may be set: `sizes` in pixels and `leading` in em, at the largest and the smallest size.

    Lines stand further apart than `leading` where the text's script or its ink needs it, so that none ever touch.
    """
    script = _script(text)
    cap = -fonts.ink(face, script.letter)[0] if script else fonts.cap(face)
    tight, loose = leading
    least = max(script.leading if script else 0.0, _ink_height(fonts, face, text) + _APART)
    if least > tight:
        tight, loose = least, least + (loose - tight) / 2
    return Style(largest=sizes[0], smallest=sizes[1], tight=tight, loose=loose, cap=cap)


def fitting(words: Paragraph, style: Style, room: Room) -> int:
    """About how many characters of the text fit at the smallest size."""
    low, high = 0, len(words.words)
    while low < high:
        middle = (low + high + 1) // 2
        holds = Paragraph(words.words[:middle]).holds(style, style.smallest, room)
        low, high = (middle, high) if holds else (low, middle - 1)
    return length(words.words[:low])


def length(words: Sequence[Word]) -> int:
    """Characters, with the spaces between."""
    return sum(len(word.text) + word.spaced for word in words)


@dataclass(frozen=True, kw_only=True)
class _Face:
    """What a word's measures depend on, so that those of every card before can be used again."""

    key: tuple[object, ...]
    fonts: Fonts = field(compare=False)


@lru_cache(maxsize=8192)
def _width(face: _Face, text: str, before: str = "", after: str = "") -> float:
    return face.fonts.width(str(face.key[0]), text, before=before, after=after)


@lru_cache(maxsize=4096)
def _edges(face: _Face, text: str) -> tuple[float, float, float]:
    return optics.edges(face.fonts, str(face.key[0]), text)


def _script(text: str) -> _Script | None:
    """The one that most of the letters belong to, where that is none of Europe's."""
    if text.isascii():
        return None
    half = sum(map(str.isalpha, text)) / 2
    if sum(letter >= _FIRST_OUTSIDE_EUROPE and letter.isalpha() for letter in text) <= half:
        return None
    return next((script for script in _SCRIPTS if len(re.findall(script.letters, text)) > half), None)


def _ink_height(fonts: Fonts, face: str, text: str) -> float:
    """From the highest ink to the lowest of any of the words; nought where plain letters can't touch anyway."""
    if all(character < _FIRST_TALL or "\u2010" <= character <= "\u2027" for character in text):
        return 0.0
    plain = without_soft_hyphens(text).replace(NO_BREAK, " ")
    inks = [fonts.ink(face, word) for word in set(plain.split(" ")) if word]
    return max(bottom for _, bottom in inks) - min(top for top, _ in inks)
