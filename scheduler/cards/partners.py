"""The colours that a brand doesn't name, found from those it does, in OKLCH."""

from __future__ import annotations

import math

from scheduler.cards.colour import from_lch, lch

# Our own quiet look, where a brand names no colour at all.
PRIMARY, SECONDARY, NEUTRAL = "#1f3a5f", "#c8823c", "#f6f4ef"

_GREY = 0.03
_DARK = 0.64
_SAME = 0.05
# Beside a dark colour an accent glows from coral to gold: where its complement lies, as far as that is warm.
_WARMEST, _GOLD = math.radians(42), math.radians(84)
_ACCENT = (0.78, 0.135)
# Beside a light colour stands its own dark shade; of yellow and orange that would be mud, so navy.
_MUDDY = (math.radians(45), math.radians(125))
_NAVY = math.radians(268)
_DEEP = (0.33, 0.10)
_PAPER = (0.968, 0.009)


def completed(primary: str, secondary: str, neutral: str) -> tuple[str, str, str]:
    """All three, from those given ("" is one that isn't). Two that look alike count as one."""
    if not (primary or secondary):
        primary, secondary = PRIMARY, SECONDARY
        neutral = neutral or NEUTRAL
    if primary and (not secondary or _alike(primary, secondary)):
        secondary = _partner(primary)
    primary = primary or _partner(secondary)
    return primary, secondary, neutral or _paper(max(primary, secondary, key=lambda colour: lch(colour)[0]))


def _partner(colour: str) -> str:
    """A colour that goes with this one and is told from it in the light of any screen."""
    lightness, chroma, hue = lch(colour)
    dark = lightness < _DARK
    if chroma < _GREY:
        return from_lch((_ACCENT[0] if dark else _DEEP[0], chroma, hue))
    if dark:
        return from_lch((*_ACCENT, _nearest(hue + math.pi, (_WARMEST, _GOLD))))
    muddy = _MUDDY[0] <= hue % math.tau <= _MUDDY[1]
    return from_lch((_DEEP[0], min(_DEEP[1], chroma), _NAVY if muddy else hue))


def _paper(bright: str) -> str:
    _, chroma, hue = lch(bright)
    return from_lch((_PAPER[0], min(_PAPER[1], 0.1 * chroma), hue))


def _nearest(hue: float, arc: tuple[float, float]) -> float:
    """The hue, or the end of the arc that lies nearer to it."""
    hue %= math.tau
    return hue if arc[0] <= hue <= arc[1] else min(arc, key=lambda end: abs(math.remainder(hue - end, math.tau)))


def _alike(one: str, two: str) -> bool:
    (first, chroma, hue), (second, other, turn) = lch(one), lch(two)
    across = chroma**2 + other**2 - 2 * chroma * other * math.cos(hue - turn)
    return (first - second) ** 2 + across < _SAME**2
