"""A numbered list: rows of one height, one size for all, few lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from scheduler.cards import binding, breaking, measuring, optics
from scheduler.cards.elements import ListElement
from scheduler.cards.scene import Scene, TooLong
from scheduler.domain.card import Box

_PADDINGS = (0.23, 0.20, 0.18)
_WORST_SHARE = 0.86
_STEP_PX = 0.5
_NUMERAL_SHARE = 0.6
_FIRST_RULE_U, _RULE_U = 0.5, 0.16

_Items = Sequence[breaking.Paragraph]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Where the rows lie, in pixels."""

    left: float
    right: float
    top: float
    height: float
    lines: int


def place_list(scene: Scene, element: ListElement) -> None:
    """Rules, numerals and items. Raises TooLong when they don't fit even in tight rows."""
    items = scene.words.items
    rows = _rows(scene, element, len(items))
    for item in items:
        scene.require_settable(item, element.face)
    width = partial(scene.brand.fonts.width, element.face)
    edges = partial(optics.edges, scene.brand.fonts, element.face)
    language = scene.words.language
    parts = [
        breaking.Paragraph(measuring.words_of(binding.bind(item, language), width, edges, language)) for item in items
    ]
    size = _size(scene, element, parts, rows)
    if size is None:
        raise TooLong("The list is too long for this card.", hint="Take out an item or shorten the longest.")
    for number, words in enumerate(parts):
        top = rows.top + number * rows.height
        _place_rule(scene, element, rows, top, first=number == 0)
        _place_numeral(scene, element, rows, top, str(number + 1))
        _place_item(scene, element, rows, top, words.broken((rows.right - rows.left) / size), size)
    scene.result("list.bottom", rows.top + len(items) * rows.height)


def _rows(scene: Scene, element: ListElement, count: int) -> _Rows:
    top, bottom = scene.px(element.top), scene.px(element.bottom)
    return _Rows(
        left=scene.px(element.left) + scene.px(element.indent),
        right=scene.px(element.right),
        top=top,
        height=min(scene.px(element.tallest), (bottom - top) / count),
        lines=round(element.lines.at(scene.frame.size, scene.names)),
    )


def _size(scene: Scene, element: ListElement, items: _Items, rows: _Rows) -> float | None:
    """In the loosest rows that hold the list, the size with the fewest lines among those near the largest."""
    for number, padding in enumerate(_PADDINGS):
        least = element.smallest if number == 0 else element.tightest
        largest, smallest = scene.sizes(element.largest, least)
        room = rows.height * (1 - 2 * padding)
        found = list(_holding(scene, element, items, rows, room, (largest, smallest)))
        if found:
            near = [(size, lines) for size, lines in found if size >= _WORST_SHARE * found[0][0]]
            return min(near, key=lambda pair: (pair[1], -pair[0]))[0]
    return None


def _holding(
    scene: Scene, element: ListElement, items: _Items, rows: _Rows, room: float, sizes: tuple[float, float]
) -> Iterator[tuple[float, int]]:
    """Every size, largest first, at which each item keeps to its row, with the lines that all take."""
    cap = scene.brand.fonts.cap(element.face)
    for step in range(int((sizes[0] - sizes[1]) / _STEP_PX + 1e-9) + 1):
        size = sizes[0] - step * _STEP_PX
        counts = [words.fewest_lines((rows.right - rows.left) / size) for words in items]
        most = min(rows.lines, int((room / size - cap) / element.leading + 1e-9) + 1)
        if room >= cap * size and all(0 < count <= most for count in counts):
            yield size, sum(counts)


def _place_rule(scene: Scene, element: ListElement, rows: _Rows, top: float, *, first: bool) -> None:
    thick = max(1, round((_FIRST_RULE_U if first else _RULE_U) * scene.frame.u))
    colour = scene.brand.colours[element.first_line if first else element.line]
    down, left, right = round(top), round(scene.px(element.left)), round(rows.right)
    scene.shapes.append(Box(left=left, top=down, right=right, bottom=down + thick, colour=colour))


def _place_numeral(scene: Scene, element: ListElement, rows: _Rows, top: float, text: str) -> None:
    fonts, face = scene.brand.fonts, element.numeral_face
    size = min(scene.px(element.numeral_largest), _NUMERAL_SHARE * rows.height)
    height = -fonts.top(face, "1") * size
    x = scene.px(element.left) - fonts.bearing(face, text) * size
    scene.write(text, face, size, x, top + (rows.height + height) / 2, scene.brand.colours[element.numeral_colour])


def _place_item(scene: Scene, element: ListElement, rows: _Rows, top: float, lines: Sequence[str], size: float) -> None:
    fonts, face, leading = scene.brand.fonts, element.face, element.leading * size
    cap = fonts.cap(face) * size
    first = top + (rows.height - cap - (len(lines) - 1) * leading) / 2 + cap
    for number, line in enumerate(lines):
        x = rows.left - optics.indent(fonts, face, line) * size
        scene.write(line, face, size, x, first + number * leading, scene.brand.colours[element.colour])
