"""Boxes, discs, polygons, the quote sign and glyphs as decoration."""

from __future__ import annotations

from scheduler.cards import outlines
from scheduler.cards.elements import BoxElement, DiscElement, OrnamentElement, PolygonElement, SignElement
from scheduler.cards.scene import Scene
from scheduler.cards.tongues import HEBREW
from scheduler.domain.card import Box, Ornament, Shape


def place_box(scene: Scene, element: BoxElement) -> None:
    """A rectangle on whole pixels; with round corners, a smooth shape."""
    left, right, top, height = (
        scene.px(length) for length in (element.left, element.right, element.top, element.height)
    )
    colour, radius = scene.brand.colours[element.colour], scene.px(element.radius)
    if radius > 0:
        outline = outlines.rectangle(left, top, right, top + height, radius)
        scene.shapes.append(Shape(outlines=(outline,), colour=colour))
        return
    first, down = round(top), max(1, round(height))
    scene.shapes.append(Box(left=round(left), top=first, right=round(right), bottom=first + down, colour=colour))


def place_disc(scene: Scene, element: DiscElement) -> None:
    """A circle, clipped by the card."""
    outline = outlines.disc(scene.px(element.x), scene.px(element.y), scene.px(element.radius))
    scene.shapes.append(Shape(outlines=(outline,), colour=scene.brand.colours[element.colour]))


def place_polygon(scene: Scene, element: PolygonElement) -> None:
    """Straight edges between corners."""
    outline = outlines.polygon(tuple((scene.px(x), scene.px(y)) for x, y in element.points))
    scene.shapes.append(Shape(outlines=(outline,), colour=scene.brand.colours[element.colour]))


def place_sign(scene: Scene, element: SignElement) -> None:
    """The quotation mark."""
    pair = outlines.sign(scene.px(element.left), scene.px(element.top), scene.px(element.height))
    scene.shapes.append(Shape(outlines=pair, colour=scene.brand.colours[element.colour]))


def place_ornament(scene: Scene, element: OrnamentElement) -> None:
    """A glyph, its ink centred; a question mark as the card's script has it: Hebrew asks with the Latin one."""
    fonts, face, size = scene.brand.fonts, element.face, scene.px(element.size)
    text = "؟" if element.text == "?" and scene.rtl and scene.words.tongue not in HEBREW else element.text
    (run,) = fonts.runs(face, text)[:1]
    ink = (fonts.bearing(face, text) + fonts.width(face, text) - fonts.overhang(face, text)) / 2
    left, top, right, bottom = (scene.px(edge) for edge in (element.left, element.top, element.right, element.bottom))
    scene.ornaments.append(
        Ornament(
            text=text,
            face=fonts.name(face, run),
            font_sha256=fonts.sha256(fonts.name(face, run)),
            size=round(size * fonts.scale(face, run), 3),
            x=round(scene.px(element.centre) - ink * size, 3),
            baseline=round(scene.px(element.baseline), 3),
            colour=scene.brand.colours[element.colour],
            clip=(round(left), round(top), round(right), round(bottom)),
        )
    )
