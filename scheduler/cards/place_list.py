"""A numbered list: rows of one height, one size for all, few lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.cards.breaking import Paragraph, Style
from scheduler.cards.elements import ListElement
from scheduler.cards.paragraphs import paragraph, style_of
from scheduler.cards.scene import Scene, TooLong, around
from scheduler.cards.tongues import numeral
from scheduler.domain.card import Box

_PADDINGS = (0.23, 0.20, 0.18)
_WORST_SHARE = 0.86
_STEP_PX = 0.5
_NUMERAL_SHARE = 0.6
_FIRST_RULE_U, _RULE_U = 0.5, 0.16

_Items = Sequence[Paragraph]


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
    style = _style(scene, element)
    parts = _parts(scene, element)
    if (size := _size(scene, element, parts, rows, style)) is None:
        parts = _parts(scene, element, everywhere=True)
        size = _size(scene, element, parts, rows, style)
    if size is None:
        longest = max(items, key=len)
        raise TooLong(
            f"The list is too long for this card; its longest item has {len(longest)} characters.",
            hint=f"Take out an item, or shorten “{longest[:40]}”.",
        )
    width = rows.right - rows.left
    broken = [words.broken(width / size) for words in parts]
    size = min(scene.within(width, lines, element.face, size) for lines in broken)
    for number, lines in enumerate(broken):
        top = rows.top + number * rows.height
        _place_rule(scene, element, rows, top, first=number == 0)
        _place_numeral(scene, element, rows, top, numeral(number + 1, " ".join(items)))
        _place_item(scene, element, rows, top, lines, size, style)
    scene.result("list.bottom", rows.top + len(items) * rows.height)


def _parts(scene: Scene, element: ListElement, *, everywhere: bool = False) -> list[Paragraph]:
    fonts, language = scene.brand.fonts, scene.words.language
    return [paragraph(fonts, element.face, item, language, everywhere=everywhere) for item in scene.words.items]


def _rows(scene: Scene, element: ListElement, count: int) -> _Rows:
    top, bottom = scene.px(element.top), scene.px(element.bottom)
    return _Rows(
        left=scene.px(element.left) + scene.px(element.indent),
        right=scene.px(element.right),
        top=top,
        height=min(scene.px(element.tallest), (bottom - top) / count),
        lines=round(element.lines.at(scene.frame.size, scene.names)),
    )


def _style(scene: Scene, element: ListElement) -> Style:
    """One for all items; their leading is the same at every size."""
    text = " ".join(scene.words.items)
    sizes = scene.sizes(element.largest, element.smallest)
    return style_of(scene.brand.fonts, element.face, text, sizes, (element.leading, element.leading))


def _size(scene: Scene, element: ListElement, items: _Items, rows: _Rows, style: Style) -> float | None:
    """In the loosest rows that hold the list, the size with the fewest lines among those near the largest."""
    for number, padding in enumerate(_PADDINGS):
        least = element.smallest if number == 0 else element.tightest
        sizes = scene.sizes(element.largest, least)
        found = list(_holding(items, rows, rows.height * (1 - 2 * padding), sizes, style))
        if found:
            near = [(size, lines) for size, lines in found if size >= _WORST_SHARE * found[0][0]]
            return min(near, key=lambda pair: (pair[1], -pair[0]))[0]
    return None


def _holding(
    items: _Items, rows: _Rows, room: float, sizes: tuple[float, float], style: Style
) -> Iterator[tuple[float, int]]:
    """Every size, largest first, at which each item keeps to its row, with the lines that all take."""
    for step in range(int((sizes[0] - sizes[1]) / _STEP_PX + 1e-9) + 1):
        size = sizes[0] - step * _STEP_PX
        counts = [words.fewest_lines((rows.right - rows.left) / size) for words in items]
        most = min(rows.lines, int((room / size - style.cap) / style.tight + 1e-9) + 1)
        if room >= style.cap * size and all(0 < count <= most for count in counts):
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


def _place_item(
    scene: Scene, element: ListElement, rows: _Rows, top: float, lines: Sequence[str], size: float, style: Style
) -> None:
    face, leading, cap = element.face, style.tight * size, style.cap * size
    first = top + (rows.height - cap - (len(lines) - 1) * leading) / 2 + cap
    for number, line in enumerate(lines):
        x = rows.left - scene.indent(lines, number, face) * size
        y, colour = first + number * leading, scene.brand.colours[element.colour]
        before, after = around(lines, number)
        scene.write(line, face, size, x, y, colour, before=before, after=after)
