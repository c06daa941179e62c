"""A QR code of the booking link, for those who see the card where they can't tap."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from importlib import import_module

from scheduler.cards import outlines
from scheduler.cards.colour import contrast
from scheduler.cards.elements import CodeElement
from scheduler.cards.scene import Scene
from scheduler.domain.card import Code, Shape
from scheduler.domain.errors import CardRefused

LEAST_MODULE_PX = 4
"""Smaller squares melt together when a network scales the card down to a phone's width."""

# ISO/IEC 18004 asks for four modules of quiet around the code; scanners want it dark on light.
_QUIET = 4
_ROUND = 2
_PLATE = "#ffffff"
_LEAST_CONTRAST = 7.0
# How many bytes the code's versions from 1 on hold, by how much of it may be hidden or dirty: 15 %, else 7 %. Within a
# version the higher level is taken anyway. Where none of these fits, the link is too long for a card.
_HOLDS = {
    "M": (14, 26, 42, 62, 84, 106, 122, 152, 180, 213),
    "L": (17, 32, 53, 78, 106, 134, 154, 192, 230, 271),
}


def place_code(scene: Scene, element: CodeElement) -> None:
    """Plate and code, in whole pixels. Raises CardRefused for a colour or a place that no scanner would see."""
    left, right, top, bottom = (scene.px(edge) for edge in (element.left, element.right, element.top, element.bottom))
    colour = scene.brand.colours[element.colour]
    if contrast(colour, _PLATE) < _LEAST_CONTRAST:
        raise CardRefused(
            f"A code in the colour “{element.colour}” can't be scanned.", hint="Use ink or another dark one."
        )
    rows, module = _fitting(scene.words.links, int(min(right - left, bottom - top)))
    side = module * _across(len(rows)) if rows else 0
    x = round(right) - side if element.align == "right" else round(left)
    y = round(bottom) - side if element.stands else round(top)
    if not (0 <= x <= scene.frame.width - side and 0 <= y <= scene.frame.height - side):
        raise CardRefused("The template puts the code off the card.", hint="Change its place or size.")
    if rows:
        plate = outlines.rectangle(x, y, x + side, y + side, _ROUND * module)
        scene.shapes.append(Shape(outlines=(plate,), colour=_PLATE))
        inset = _QUIET * module
        scene.codes.append(Code(left=x + inset, top=y + inset, module=module, rows=rows, colour=colour))
    for name, value in (("left", x), ("top", y), ("right", x + side), ("bottom", y + side)):
        scene.result(f"code.{name}", value)


def _fitting(links: tuple[str, ...], side: int) -> tuple[tuple[str, ...], int]:
    """The rows and module of the first link that fits a square of `side` pixels, else of none."""
    for link in filter(None, links):
        for level, holds in _HOLDS.items():
            version = bisect_left(holds, len(link.encode())) + 1
            if version <= len(holds) and _across(17 + 4 * version) * LEAST_MODULE_PX <= side:
                rows = matrix(link, level)
                return rows, side // _across(len(rows))
    return (), 0


def _across(modules: int) -> int:
    return modules + 2 * _QUIET


@lru_cache(maxsize=32)
def matrix(link: str, level: str) -> tuple[str, ...]:
    """The code's rows of "1" and "0", at this level of error correction or a higher one that costs no room."""
    # Most cards have none, and it brings its writers along: a twentieth of a first card's time.
    code = import_module("segno").make_qr(link, error=level)
    return tuple("".join(map(str, row)) for row in code.matrix)
