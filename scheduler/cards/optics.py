"""Where ink stands to the eye: bearings off, round and slanting letters a little out, opening marks hung. In em."""

from __future__ import annotations

from scheduler.cards.fonts import Fonts

# Two marks in a row would read as one of three strokes.
_BETWEEN_MARKS = 0.07
_ROUND = frozenset("OCGQocegqd")
_OPENING = frozenset("“‘«„‚")
_SLANTING = frozenset("TVWYAvwy")
_LIGHT_ENDS = ".,-–”’»“‘«、。，．،۔"
_LIGHT_SHARE = 0.5


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


def edges(fonts: Fonts, face: str, part: str) -> tuple[float, float, float]:
    """How much of the advance width needs no room at a line's beginning and at its end, and what hangs there."""
    return indent(fonts, face, part), fonts.overhang(face, part), hanging(fonts, face, part)


def hanging(fonts: Fonts, face: str, part: str) -> float:
    """How much of a line that ends like this is too light for the eye to count as part of its length."""
    marks = part[len(part.rstrip(_LIGHT_ENDS)) :]
    return _LIGHT_SHARE * sum(fonts.width(face, mark) for mark in marks) if marks else 0.0


def ink_width(fonts: Fonts, face: str, line: str) -> float:
    """From the pen's start to the last ink."""
    return fonts.width(face, line) - fonts.overhang(face, line)
