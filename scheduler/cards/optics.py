"""Where ink stands to the eye: bearings off, round and slanting letters a little out, opening marks hung. In em."""

from __future__ import annotations

from scheduler.cards.fonts import Fonts

# Two marks in a row would read as one of three strokes.
_BETWEEN_MARKS = 0.07
_ROUND = frozenset("OCGQocegqd")
_OPENING = frozenset("“‘«„‚")
_SLANTING = frozenset("TVWYAvwy")


def indent(fonts: Fonts, face: str, line: str) -> float:
    """How far the pen starts left of the axis, so that the first ink stands on it; an opening mark hangs before it."""
    first, second = line[:1], line[1:2]
    if first in _OPENING and second not in _OPENING:
        return hang(fonts, face, first, line[1:]) + indent(fonts, face, line[1:])
    out = 0.012 if first in _ROUND else 0.02 if first in _SLANTING else 0.0
    return fonts.bearing(face, line) + out


def hang(fonts: Fonts, face: str, mark: str, line: str) -> float:
    """How far left of the line's pen start an opening mark starts, kerned against the first letter."""
    apart = _BETWEEN_MARKS if line[:1] in _OPENING else 0.0
    return fonts.width(face, mark.replace("\u00a0", " ") + line[:1]) - fonts.width(face, line[:1]) + apart


def edges(fonts: Fonts, face: str, part: str) -> tuple[float, float]:
    """How much of the advance width needs no room at a line's beginning, and at its end."""
    return indent(fonts, face, part), fonts.overhang(face, part)


def ink_width(fonts: Fonts, face: str, line: str) -> float:
    """From the pen's start to the last ink."""
    return fonts.width(face, line) - fonts.overhang(face, line)
