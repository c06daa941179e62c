"""Cards that are read from the right: laid out like any other, and mirrored when they are finished.

Lines come mirrored already, run by run. Codes and pictures change their place and not their look; photos stay, as
people would find their own street the wrong way round.
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.cards.fonts import Fonts
from scheduler.domain.card import Box, CardSpec, Code, Ornament, Picture, Point, Shade, Shape


def mirrored(spec: CardSpec, fonts: Fonts) -> CardSpec:
    """The spec with everything but its lines and its photo at the other side."""
    wide = spec.width
    return replace(
        spec,
        shades=tuple(_shade(shade, wide) for shade in spec.shades),
        shapes=tuple(_shape(shape, wide) for shape in spec.shapes),
        ornaments=tuple(_ornament(ornament, wide, fonts) for ornament in spec.ornaments),
        codes=tuple(_code(code, wide) for code in spec.codes),
        pictures=tuple(_picture(picture, wide) for picture in spec.pictures),
    )


def _shade(shade: Shade, wide: int) -> Shade:
    if not shade.across:
        return shade
    return replace(shade, stops=tuple((round(wide - place, 2), strength) for place, strength in reversed(shade.stops)))


def _shape(shape: Box | Shape, wide: int) -> Box | Shape:
    if isinstance(shape, Box):
        return replace(shape, left=wide - shape.right, right=wide - shape.left)
    return replace(shape, outlines=_paths(shape.outlines, wide), holes=_paths(shape.holes, wide))


def _paths(paths: tuple[tuple[Point, ...], ...], wide: int) -> tuple[tuple[Point, ...], ...]:
    return tuple(tuple((round(wide - x, 2), y) for x, y in path) for path in paths)


def _ornament(ornament: Ornament, wide: int, fonts: Fonts) -> Ornament:
    left, top, right, bottom = ornament.clip
    x = wide - ornament.x - fonts.width(ornament.face, ornament.text, 0.0) * ornament.size
    return replace(ornament, x=round(x, 3), clip=(wide - right, top, wide - left, bottom))


def _code(code: Code, wide: int) -> Code:
    return replace(code, left=wide - code.left - code.module * len(code.rows[0]))


def _picture(picture: Picture, wide: int) -> Picture:
    return replace(picture, left=wide - picture.left - picture.width)
