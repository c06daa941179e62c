"""Colour in OKLCH, so that a step in lightness looks alike in every hue, and contrast as WCAG measures it."""

from __future__ import annotations

import math
from functools import lru_cache

Triple = tuple[float, float, float]

_STEP = 0.01


def until(colour: str, ground: str, ratio: float) -> str:
    """The colour, moved in lightness away from the ground until its contrast reaches the ratio.

    Where that way ends too early, the other way is taken; black or white when neither suffices.
    """
    lightness, chroma, hue = lch(colour)
    away = _STEP if lightness > lch(ground)[0] else -_STEP
    for step in (away, -away):
        level = lightness
        while -_STEP < level < 1 + _STEP:
            moved = from_lch((level, chroma, hue)) if level != lightness else colour
            if contrast(moved, ground) >= ratio:
                return moved
            level += step
    return max("#000000", "#ffffff", key=lambda pole: contrast(pole, ground))


def mix(colour: str, other: str, share: float) -> str:
    """The colour with a share (0 to 1) of the other mixed in, in OKLab."""
    pairs = zip(_lab(_linear(colour)), _lab(_linear(other)), strict=True)
    lightness, a, b = (one * (1 - share) + two * share for one, two in pairs)
    return from_lch((lightness, math.hypot(a, b), math.atan2(b, a)))


def contrast(one: str, two: str) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def rgb(colour: str) -> tuple[int, int, int]:
    """The three bytes of "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def lch(colour: str) -> Triple:
    """Lightness 0 to 1, chroma, and hue in radians."""
    lightness, a, b = _lab(_linear(colour))
    return lightness, math.hypot(a, b), math.atan2(b, a)


def from_lch(value: Triple) -> str:
    """The nearest "#rrggbb": outside the gamut chroma gives way, lightness and hue stay."""
    lightness, chroma, hue = min(max(value[0], 0.0), 1.0), value[1], value[2]
    low, high = 0.0, chroma
    if not _in_gamut(_polar(lightness, chroma, hue)):
        for _ in range(24):
            middle = (low + high) / 2
            low, high = (middle, high) if _in_gamut(_polar(lightness, middle, hue)) else (low, middle)
        chroma = low
    return "#" + "".join(f"{_encoded(part):02x}" for part in _polar(lightness, chroma, hue))


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """WCAG relative luminance, 0 to 1."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _polar(lightness: float, chroma: float, hue: float) -> Triple:
    return _from_lab((lightness, chroma * math.cos(hue), chroma * math.sin(hue)))


def _in_gamut(linear: Triple) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in linear)


def _linear(colour: str) -> Triple:
    red, green, blue = (_decoded(part / 255) for part in rgb(colour))
    return red, green, blue


def _decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> int:
    part = min(max(part, 0.0), 1.0)
    return round(255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055))


def _lab(linear: Triple) -> Triple:
    """Linear sRGB to OKLab, with the matrices of the CSS Color 4 specification's OKLab section."""
    red, green, blue = linear
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_lab(lab: Triple) -> Triple:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
