"""A QR code of the booking link, for those who see the card where they can't tap."""

from __future__ import annotations

from functools import lru_cache

import segno

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
# How much of the code may be hidden or dirty: 15 %, else 7 %. Within a size the higher level is taken anyway.
_LEVELS = ("M", "L")
_LONGEST_LINK = 300


def place_code(scene: Scene, element: CodeElement) -> None:
    """Plate and code, in whole pixels. Raises CardRefused for a colour that no scanner would see."""
    left, right, top, bottom = (scene.px(edge) for edge in (element.left, element.right, element.top, element.bottom))
    colour = scene.brand.colours[element.colour]
    if contrast(colour, _PLATE) < _LEAST_CONTRAST:
        raise CardRefused(
            f"A code in the colour “{element.colour}” can't be scanned.", hint="Use ink or another dark one."
        )
    rows, module = _fitting(scene.words.links, int(min(right - left, bottom - top)))
    side = module * (len(rows) + 2 * _QUIET) if rows else 0
    x = round(right) - side if element.align == "right" else round(left)
    y = round(bottom) - side if element.stands else round(top)
    if rows:
        plate = outlines.rectangle(x, y, x + side, y + side, _ROUND * module)
        scene.shapes.append(Shape(outlines=(plate,), colour=_PLATE))
        inset = _QUIET * module
        scene.codes.append(Code(left=x + inset, top=y + inset, module=module, rows=rows, colour=colour))
    for name, value in (("left", x), ("top", y), ("right", x + side), ("bottom", y + side)):
        scene.result(f"code.{name}", value)


def _fitting(links: tuple[str, ...], side: int) -> tuple[tuple[str, ...], int]:
    """The rows and module of the first link that fits a square of `side` pixels, else of none."""
    for link in links:
        for level in _LEVELS:
            rows = matrix(link, level)
            if rows and (module := side // (len(rows) + 2 * _QUIET)) >= LEAST_MODULE_PX:
                return rows, module
    return (), 0


@lru_cache(maxsize=32)
def matrix(link: str, level: str) -> tuple[str, ...]:
    """The code's rows of "1" and "0", at this level of error correction or a higher one that costs no room."""
    if len(link) > _LONGEST_LINK:
        return ()
    return tuple("".join(map(str, row)) for row in segno.make_qr(link, error=level).matrix)
