"""The large number and the picture of it: dots, a bar, or a short rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.cards import optics, outlines
from scheduler.cards.elements import FigureElement, GaugeElement
from scheduler.cards.figures import Figure, Piece
from scheduler.cards.scene import Scene, TooLong
from scheduler.cards.tongues import HEBREW
from scheduler.domain.card import Box, Shape
from scheduler.domain.errors import CardRefused

_SIZES: Mapping[str, float] = {"digits": 1.0, "joining": 0.46, "unit": 0.40, "raised": 0.52}
_BEFORE: Mapping[str, float] = {"digits": 0.05, "joining": 0.105, "unit": 0.11, "raised": 0.05}
# An upright letter before a digit needs more air than the f of “of”, which leans over.
_BEHIND_UPRIGHT = 0.09
_NUMBER_WITH_SIGN = 2
_DIGITS_HEIGHT = 0.66
_GAP_SHARE = 2.2 / 6.4
_RING_U = 0.5
_MOST_DOTS = 10
_BAR_U, _RULE_U, _RULE_LONG_U = 2.6, 0.9, 14.0
_BELOW_DOTS_U, _BELOW_BAR_U, _BELOW_RULE_U = 6.6, 7.4, 7.5


def place_figure(scene: Scene, element: FigureElement) -> None:
    """The number on one line, as large as it may be. Raises TooLong when it is too wide even at its smallest."""
    figure = _figure(scene)
    left, right, top = scene.px(element.left), scene.px(element.right), scene.px(element.top)
    largest, smallest = scene.sizes(element.largest, element.smallest)
    placed = tuple(_placed(scene, element, figure))
    wide = placed[-1][3]
    size = min(largest, (right - left) / wide)
    if size < smallest:
        words = " ".join(piece.text for piece in figure.pieces)
        raise TooLong(f"The number “{words}” is too wide for this card.", hint="Choose another template.")
    for piece, face, start, _ in placed:
        scale = _SIZES[piece.style] * size
        baseline = top + _DIGITS_HEIGHT * size
        if piece.style == "raised":
            baseline = top - scene.brand.fonts.top(face, piece.text) * scale
        scene.write(piece.text, face, scale, left + start * size, baseline, scene.brand.colours[element.colour])
    scene.result("figure.baseline", top + _DIGITS_HEIGHT * size)
    scene.result("figure.size", size)
    scene.result("figure.right", left + wide * size)


def place_gauge(scene: Scene, element: GaugeElement) -> None:
    """So many of n as dots, a share as a bar, otherwise a rule."""
    figure, u, top, left = _figure(scene), scene.frame.u, scene.px(element.top), scene.px(element.left)
    if figure.parts and figure.parts[1] <= _MOST_DOTS:
        diameter = _diameter(scene, element, figure.parts[1])
        _place_dots(scene, element, figure.parts, diameter)
        height, below = diameter, _BELOW_DOTS_U
    elif figure.share is not None:
        _place_bar(scene, element, figure.share)
        height, below = _BAR_U * u, _BELOW_BAR_U
    else:
        height, below = _RULE_U * u, _BELOW_RULE_U
        down = round(top), round(top) + round(height)
        colour = scene.brand.colours[element.colour]
        scene.shapes.append(
            Box(left=round(left), top=down[0], right=round(left + _RULE_LONG_U * u), bottom=down[1], colour=colour)
        )
    scene.result("gauge.bottom", top + height)
    scene.result("gauge.gap", below * u)


def _figure(scene: Scene) -> Figure:
    if scene.words.number is None:
        raise CardRefused("This text has no number.", hint='Give the element `when = "number"`.')
    return scene.words.number


def _placed(scene: Scene, element: FigureElement, figure: Figure) -> Iterator[tuple[Piece, str, float, float]]:
    """Each piece with its face, its pen start and the end of its ink, in digit sizes from the left edge."""
    faces = {"digits": element.digits, "joining": element.joining, "unit": element.unit, "raised": element.digits}
    pieces = _as_read(scene, figure.pieces)
    fonts, end, raised_first = scene.brand.fonts, 0.0, pieces[0].style == "raised"
    for number, piece in enumerate(pieces):
        face, scale = faces[piece.style], _SIZES[piece.style]
        scene.require_settable(piece.text, face)
        if number == 0:
            start = -optics.indent(fonts, face, piece.text) * scale
        else:
            gap = _BEFORE["raised"] if number == 1 and raised_first else _BEFORE[piece.style]
            if piece.style == "digits" and not pieces[number - 1].text.endswith(("f", *"$€£")):
                gap = _BEHIND_UPRIGHT
            start = end + gap - fonts.bearing(face, piece.text) * scale
        end = start + optics.ink_width(fonts, face, piece.text) * scale
        yield piece, face, start, end


def _as_read(scene: Scene, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces as they follow each other; Hebrew writes a number with its sign from the left: 50%, not %50."""
    from_left = scene.rtl and scene.words.tongue in HEBREW and [piece.style for piece in pieces].count("raised")
    return pieces[::-1] if from_left and len(pieces) == _NUMBER_WITH_SIGN else pieces


def _diameter(scene: Scene, element: GaugeElement, dots: int) -> float:
    """Of each dot: as drawn, or smaller where a row of them with their gaps would be too long."""
    room = scene.px(element.right) - scene.px(element.left)
    return min(scene.px(element.dot), room / (dots + (dots - 1) * _GAP_SHARE))


def _place_dots(scene: Scene, element: GaugeElement, parts: tuple[int, int], diameter: float) -> None:
    left, top = scene.px(element.left), scene.px(element.top)
    step = (1 + _GAP_SHARE) * diameter
    radius, stroke = diameter / 2, _RING_U * scene.frame.u
    centres = [(left + radius + number * step, top + radius) for number in range(parts[1])]
    full = tuple(outlines.disc(x, y, radius) for x, y in centres[: parts[0]])
    rings = tuple(outlines.ring(x, y, radius, stroke) for x, y in centres[parts[0] :])
    colours = scene.brand.colours
    if full:
        scene.shapes.append(Shape(outlines=full, colour=colours[element.colour]))
    if rings:
        outer, inner = (tuple(paths) for paths in zip(*rings, strict=True))
        scene.shapes.append(Shape(outlines=outer, holes=inner, colour=colours[element.open_colour]))


def _place_bar(scene: Scene, element: GaugeElement, share: float) -> None:
    left, right, top = scene.px(element.left), scene.px(element.right), scene.px(element.top)
    height = _BAR_U * scene.frame.u
    filled = max(height, share * (right - left))
    for end, role in ((right - left, element.track), (filled, element.colour)):
        bar = outlines.rectangle(left, top, left + end, top + height, height / 2)
        scene.shapes.append(Shape(outlines=(bar,), colour=scene.brand.colours[role]))
