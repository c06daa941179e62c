"""Faces by name, and what is measured of texts set in them: widths, bearings, cap heights, ink."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Mapping
from functools import lru_cache

from PIL import ImageFont

from scheduler.cards import bidi, fallback, fontfiles
from scheduler.cards.fallback import style_of
from scheduler.cards.fontfiles import FontFile, Ink, Speech, shaping
from scheduler.cards.runs import Reading, Run, runs_of
from scheduler.domain.errors import CardRefused

__all__ = ["FACES", "Fonts", "shaping"]

_PACKAGED = {
    "serif-400": ("font_source_serif_pro", "SourceSerifPro-Regular.otf"),
    "serif-400-italic": ("font_source_serif_pro", "SourceSerifPro-It.otf"),
    "serif-600": ("font_source_serif_pro", "SourceSerifPro-Semibold.otf"),
    "serif-700": ("font_source_serif_pro", "SourceSerifPro-Bold.otf"),
    "serif-900": ("font_source_serif_pro", "SourceSerifPro-Black.otf"),
    "sans-400": ("font_source_sans_pro", "SourceSansPro-Regular.otf"),
    "sans-600": ("font_source_sans_pro", "SourceSansPro-Semibold.otf"),
    "sans-700": ("font_source_sans_pro", "SourceSansPro-Bold.otf"),
    "display-500": ("font_manrope", "Manrope-Medium.ttf"),
    "display-700": ("font_manrope", "Manrope-Bold.ttf"),
    "display-800": ("font_manrope", "Manrope-ExtraBold.ttf"),
}
# Manrope is spaced for small text; at a headline's size it stands too loose. The heavy numerals do too.
_TRACKING = {"display-700": -0.022, "display-800": -0.022, "serif-900": -0.02}
FACES = tuple(_PACKAGED)

_LONGEST_TAG = 35
_SPEECH = Speech()


class Fonts:
    """The faces of one brand: its own font files by face name, the packaged ones for the rest. All measures in em.

    Where a face has no glyph, an installed font takes over. `language` is a BCP 47 tag. On a card that runs from the
    right (`rtl`) the leading edge of a text is its right one: a card is laid out as if it ran from the left, and
    mirrored when it is finished.
    """

    def __init__(self, own: Mapping[str, FontFile] | None = None, *, language: str = "", rtl: bool = False) -> None:
        self._own = dict(own or {})
        self.language = language
        self.rtl = rtl

    def reading(self, language: str, *, rtl: bool) -> Fonts:
        """The same faces for a card in this language and direction."""
        tag = re.sub(r"[^A-Za-z0-9-]", "", language.replace("_", "-"))[:_LONGEST_TAG]
        return Fonts(self._own, language=tag, rtl=rtl)

    def file(self, face: str) -> FontFile:
        """The font that a face's name, or a fallback's, stands for; raises CardRefused when it is missing."""
        if own := self._own.get(face):
            return own
        return (face not in _PACKAGED and fallback.named(face)) or _packaged(face)

    def sha256(self, face: str) -> str:
        """Of the font file."""
        return fontfiles.sha256(self.file(face).path)

    def load(self, face: str, size: float) -> ImageFont.FreeTypeFont:
        """The face at an em of `size` pixels; raises CardRefused when the file is no font."""
        return fontfiles.load(self.file(face), size)

    def runs(self, face: str, text: str, before: str = "", after: str = "") -> tuple[Run, ...]:
        """The text from left to right, in runs of one font and direction.

        `before` and `after` are what stands around it in its paragraph. Raises CardRefused where no installed font has
        a character.
        """
        base = self.direction(before + text + after)
        return runs_of(text, Reading(self.file(face), style_of(face), self.language, base), before, after)

    def direction(self, text: str) -> str:
        """Its base direction, ltr or rtl: the card's own for marks that stand alone, but not for numbers."""
        if self.rtl and not any(map(str.isalnum, text)):
            return "rtl"
        return bidi.direction(text, self.language)

    def name(self, face: str, run: Run) -> str:
        """What the run's font is called: the face, or the fallback's file."""
        return face if run.file == self.file(face) else fallback.name(run.file)

    def width(self, face: str, text: str, tracking: float | None = None, *, before: str = "", after: str = "") -> float:
        """Advance width, kerned and tracked: as the face is, where no other tracking is given."""
        if not text:
            return 0.0
        runs = self.runs(face, text, before, after)
        return sum(self.advance(face, run, tracking) for run in runs) - self.spacing(face, runs[-1], tracking)

    def advance(self, face: str, run: Run, tracking: float | None = None) -> float:
        """From the pen's start of a run to that of the next, in the face's em."""
        wide = fontfiles.advance(run.file, run.text, self._speech(run)) * self.scale(face, run)
        return wide + self.spacing(face, run, tracking) * len(run.text)

    def spacing(self, face: str, run: Run, tracking: float | None = None) -> float:
        """What is added behind each glyph of a run, in the face's em: nothing where letters are joined."""
        if not run.spaced:
            return 0.0
        if tracking is None:
            return self.tracking(face) if run.file == self.file(face) else 0.0
        return tracking

    def scale(self, face: str, run: Run) -> float:
        """How large the run is set, as a share of the face's size."""
        return 1.0 if run.file == self.file(face) else fallback.scale(run.file)

    def tracking(self, face: str) -> float:
        """What is added between any two glyphs."""
        return 0.0 if face in self._own else _TRACKING.get(face, 0.0)

    def cap(self, face: str) -> float:
        """Height of a capital without overshoot."""
        return -fontfiles.ink(self.file(face), "H", _SPEECH)[1]

    def bearing(self, face: str, text: str, after: str = "") -> float:
        """From the leading edge to the first ink; negative where ink comes earlier."""
        return self._right(face, text, after) if self.rtl else self._left(face, text, after)

    def begins_with(self, face: str, text: str) -> bool:
        """Whether the text's first letter is at the leading edge: Latin on a card that runs from the right is not."""
        runs = self.runs(face, text)
        return not runs or (runs[-1 if self.rtl else 0].direction == "rtl") == self.rtl

    def overhang(self, face: str, text: str) -> float:
        """From the last ink to the trailing edge; negative where ink goes further."""
        return self._left(face, text) if self.rtl else self._right(face, text)

    def top(self, face: str, text: str) -> float:
        """From the baseline to the highest ink of the first character; negative, as y grows downwards."""
        return self.ink(face, text[:1])[0]

    def ink(self, face: str, text: str) -> tuple[float, float]:
        """Top and bottom of the text's ink around its baseline, y growing downwards."""
        edges = []
        for run in self.runs(face, text):
            lift, (_, top, _, bottom) = self.lift(face, run), self._extent(face, run)
            edges.append((top - lift, bottom - lift))
        return min((top for top, _ in edges), default=0.0), max((bottom for _, bottom in edges), default=0.0)

    def lift(self, face: str, run: Run) -> float:
        """How far a picture's baseline lies above the text's, so that its middle is that of the capitals."""
        if not fontfiles.is_of_pictures(run.file):
            return 0.0
        _, top, _, bottom = self._extent(face, run)
        return self.cap(face) / 2 + (top + bottom) / 2

    def _left(self, face: str, text: str, after: str = "") -> float:
        """From the pen's start to the first ink."""
        runs = self.runs(face, text, after=after)
        return self._extent(face, runs[0])[0] if runs else 0.0

    def _right(self, face: str, text: str, after: str = "") -> float:
        """From the last ink to the pen's end."""
        runs = self.runs(face, text, after=after)
        if not runs:
            return 0.0
        wide = fontfiles.advance(runs[-1].file, runs[-1].text, self._speech(runs[-1])) * self.scale(face, runs[-1])
        return wide - self._extent(face, runs[-1])[2]

    def _extent(self, face: str, run: Run) -> Ink:
        """Left, top, right and bottom of the run's ink around its own pen start."""
        left, top, right, bottom = fontfiles.extent(run.file, run.text, self._speech(run))
        scale = self.scale(face, run)
        return left * scale, top * scale, right * scale, bottom * scale

    def _speech(self, run: Run) -> Speech:
        return Speech(run.direction, self.language)


@lru_cache(maxsize=64)
def _packaged(face: str) -> FontFile:
    try:
        package, file = _PACKAGED[face]
    except KeyError:
        raise CardRefused(f"There is no face “{face}”.", hint=f"The faces are {', '.join(_PACKAGED)}.") from None
    try:
        return FontFile(str(importlib.resources.files(package) / "files" / file))
    except ModuleNotFoundError:
        name = package.replace("_", "-")
        raise CardRefused(f"The font package {name} is missing.", hint=f"pip install {name}") from None
