"""The subsetting child: a packaged face in, a small WOFF2 for browsers out."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from scheduler.cards.encode import write_whole
from scheduler.cards.fonts import Fonts

# Latin with the letters of Europe's languages, punctuation, currencies and arrows; others are the system's matter.
_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x203A), (0x20A0, 0x20BF), (0x2190, 0x2193))
_MORE = (0x2C6, 0x2DA, 0x2DC, 0x2044, 0x2116, 0x2122, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0xFB01, 0xFB02)
_FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebFont:
    """One face by its name, such as sans-400, into the file `out`."""

    face: str
    out: str


def subset(wanted: WebFont) -> int:
    """How many bytes it has. Raises CardRefused when the font isn't installed."""
    font = TTFont(Fonts().file(wanted.face).path, lazy=True)
    options = Options(
        flavor="woff2", layout_features=_FEATURES, hinting=False, desubroutinize=True, notdef_outline=True
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*(code for first, last in _RANGES for code in range(first, last + 1)), *_MORE])
    subsetter.subset(font)
    font.flavor = "woff2"
    data = io.BytesIO()
    font.save(data)
    write_whole(Path(wanted.out), data.getvalue())
    return data.tell()
