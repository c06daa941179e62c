"""Paths of points for what isn't a rectangle: discs, rings, pills, the quote sign, an arrow. All in pixels."""

from __future__ import annotations

import math
from collections.abc import Iterator

from scheduler.domain.card import Point

Outline = tuple[Point, ...]

_FLATTEST_PX = 0.05
_WAIST, _INNER = 0.62, 0.5
SIGN_WIDTH, SIGN_GAP = 0.774, 0.16
_ARROW_STROKE, _ARROW_HEAD = 0.13, 0.34


def rectangle(left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> Outline:
    """A box, with round corners of at most half its height."""
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    if radius <= 0:
        return _rounded(((left, top), (right, top), (right, bottom), (left, bottom)))
    corners = (
        ((right - radius, top + radius), -90.0),
        ((right - radius, bottom - radius), 0.0),
        ((left + radius, bottom - radius), 90.0),
        ((left + radius, top + radius), 180.0),
    )
    return _rounded(tuple(point for centre, start in corners for point in _arc(centre, radius, start, start + 90)))


def disc(x: float, y: float, radius: float) -> Outline:
    """A circle."""
    return _rounded(tuple(_arc((x, y), radius, 0, 360))[:-1])


def ring(x: float, y: float, radius: float, stroke: float) -> tuple[Outline, Outline]:
    """A circle's line, `stroke` wide, within the radius."""
    return disc(x, y, radius), disc(x, y, radius - stroke)


def sign(left: float, top: float, height: float) -> tuple[Outline, Outline]:
    """The opening quotation mark as a pair of blocks, each .774 of the height wide, .16 apart."""
    first, step = _comma(height), (SIGN_WIDTH + SIGN_GAP) * height
    return _moved(first, left, top), _moved(first, left + step, top)


def arrow(right: float, y: float, length: float) -> tuple[Outline, ...]:
    """An arrow to the right that ends at `right`, as three strokes with round ends."""
    stroke, head = _ARROW_STROKE * length, _ARROW_HEAD * length
    tip = (right - stroke / 2, y)
    return (
        _stroke((right - length + stroke / 2, y), tip, stroke),
        _stroke((tip[0] - head, y - head), tip, stroke),
        _stroke((tip[0] - head, y + head), tip, stroke),
    )


def polygon(points: tuple[Point, ...]) -> Outline:
    """Straight edges."""
    return _rounded(points)


def _comma(height: float) -> Outline:
    """One half of the sign, from its top left corner: a quarter round outside, a smaller one inside."""
    side = SIGN_WIDTH * height
    waist = height - _WAIST * side
    outer = tuple(_arc((side, side), side, -90, -180))
    inner = _clockwise((_INNER * side, waist), (side, _INNER * side), _INNER * side)
    return (*outer, (0.0, height), (side, height), (side, waist), *inner)


def _clockwise(start: Point, end: Point, radius: float) -> Iterator[Point]:
    """The shorter arc from one point to the other."""
    half = math.dist(start, end) / 2
    away = math.sqrt(radius**2 - half**2) / (2 * half)
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    centre = middle[0] - away * (end[1] - start[1]), middle[1] + away * (end[0] - start[0])
    first, last = (math.degrees(math.atan2(y - centre[1], x - centre[0])) for x, y in (start, end))
    return _arc(centre, radius, first, last + 360 if last < first else last)


def _stroke(start: Point, end: Point, width: float) -> Outline:
    """A line with round ends."""
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    return _rounded((*_arc(end, width / 2, angle - 90, angle + 90), *_arc(start, width / 2, angle + 90, angle + 270)))


def _arc(centre: Point, radius: float, start: float, end: float) -> Iterator[Point]:
    """Points on a circle, in degrees clockwise from three o'clock, close enough that no edge shows."""
    flat = math.acos(max(0.0, 1 - _FLATTEST_PX / radius)) if radius > _FLATTEST_PX else math.pi / 4
    steps = max(2, math.ceil(abs(math.radians(end - start)) / (2 * flat)))
    for step in range(steps + 1):
        angle = math.radians(start + (end - start) * step / steps)
        yield centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def _moved(outline: Outline, x: float, y: float) -> Outline:
    return _rounded(tuple((left + x, top + y) for left, top in outline))


def _rounded(points: tuple[Point, ...]) -> Outline:
    return tuple((round(x, 2), round(y, 2)) for x, y in points)
