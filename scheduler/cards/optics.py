"""Where ink stands to the eye: bearings off, round and slanting letters a little out, opening marks hung. In em."""

from __future__ import annotations

import math
import unicodedata

from scheduler.cards.fonts import Fonts

# Two marks in a row would read as one of three strokes.
_BETWEEN_MARKS = 0.07
# A mark as wide as an ideograph, in em: half of it is blank.
_WIDE = 0.8
# What hangs further than this, as a mark with a space behind it does, would lead off the card: it stands on the axis.
_MOST_HUNG = 0.5
# Letters of the first word that are measured with a mark.
_ENOUGH = 8
# What a curve, a slant or a hook makes look set in: Latin, Greek, Cyrillic. Other scripts stand on their ink.
_ROUND = frozenset("OCGQocegqdΘΟΦΩθοσςεφωαδОСЭФЗЄосеэфзє")
_SLANTING = frozenset("TVWYAvwyΑΔΛΤΥΨτγνυλχψАДЛТУЧдлтучґг([¿¡")
_ROUND_OUT, _SLANTING_OUT = 0.012, 0.02
# The tail of these hangs below the line; what stands on the axis is the stem, as in an i.
_TAILED = frozenset("jϳј")
# Marks that hang before the text. Wide brackets stand on their ink.
_OPENING = frozenset("“‘«„‚‹")
_LIGHT_ENDS = ".,-–”’»“‘«›‹、。，．،۔·"
_LIGHT_SHARE = 0.5


def indent(fonts: Fonts, face: str, line: str) -> float:
    """How far the pen starts left of the axis, so that the first ink stands on it; an opening mark hangs before it."""
    first, second = line[:1], line[1:2]
    if not fonts.begins_with(face, line):
        return fonts.bearing(face, line)
    if first in _OPENING and second not in _OPENING:
        hung = hang(fonts, face, first, line[1:])
        return fonts.bearing(face, line) if hung > _MOST_HUNG else hung + indent(fonts, face, line[1:])
    if first in _TAILED:
        return fonts.bearing(face, "i")
    return fonts.bearing(face, line) + _out(first)


def _out(letter: str) -> float:
    """How much further out than its ink a letter stands, accented or not."""
    if letter > "\u00bf":
        letter = unicodedata.normalize("NFD", letter)[0]
    return _ROUND_OUT if letter in _ROUND else _SLANTING_OUT if letter in _SLANTING else 0.0


def hang(fonts: Fonts, face: str, mark: str, line: str) -> float:
    """How far left of the line's pen start an opening mark starts, kerned against the first letter.

    What the line goes on with decides which font the mark is in; between two fonts nothing is kerned.
    """
    apart = _BETWEEN_MARKS if line[:1] in _OPENING else 0.0
    word = line[:_ENOUGH].partition(" ")[0] or line[:1]
    marks, letters = fonts.runs(face, mark, after=line), fonts.runs(face, word)
    if marks and letters and marks[-1].file != letters[0].file:
        return sum(fonts.advance(face, run) for run in marks) + apart
    return fonts.width(face, mark + word) - fonts.width(face, word) + apart


def largest_hung(
    fonts: Fonts, face: str, mark: str, line: str, axis: float, margin: float, *, inner: bool = True
) -> float:
    """The largest size at which the marks that hang left of the axis keep to the margin; both from the card's edge.

    Without `inner` only the mark hangs, and one with which the line begins stands on the axis. The left half of a mark
    as wide as an ideograph is blank: it may lie in the margin.
    """
    hung, wide = max(indent(fonts, face, line) if inner else fonts.bearing(face, line), 0.0), 0.0
    if mark:
        hung += hang(fonts, face, mark, line)
        wide = hang(fonts, face, mark.strip(), next(filter(str.isalnum, line), ""))
    if hung <= 0:
        return math.inf
    return min(axis / hung, (axis - margin) / (hung - wide / 2)) if wide > _WIDE else (axis - margin) / hung


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
