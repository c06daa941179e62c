"""Paragraphs, lines and the pill: where words come to stand."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from scheduler.cards import optics, outlines
from scheduler.cards.breaking import Paragraph, Room, Setting, Style
from scheduler.cards.elements import LineElement, ParagraphElement, PillElement
from scheduler.cards.paragraphs import fitting, length, paragraph, style_of
from scheduler.cards.scene import NoRoom, Scene, TooLong, around
from scheduler.domain.card import Shape
from scheduler.domain.errors import CardRefused

# What a network's preview may crop at the sides of a tall card, in u.
_HANGING_MARGIN = 3.2
_PILL_GAP = 0.72


def place_paragraph(scene: Scene, element: ParagraphElement) -> None:
    """Sets the words at the largest size that fits. Raises CardRefused when even the smallest doesn't."""
    words: str = getattr(scene.words, element.words)
    if not _says(words):
        if element.words == "quote":
            raise CardRefused("The quote is empty.", hint="Give the card some words.")
        scene.result(f"{element.words}.baseline", scene.px(element.top))
        return
    opening, closing = (scene.words.opening, scene.words.closing) if element.mark_colour else ("", "")
    scene.require_settable(opening + words + closing, element.face)
    fonts, text, language = scene.brand.fonts, words + closing, scene.words.language
    whole = paragraph(fonts, element.face, text, language)
    scene.names["ems"] = sum(part.space + part.width for part in whole.words)
    left, right, top, bottom = (scene.px(edge) for edge in (element.left, element.right, element.top, element.bottom))
    room = Room(width=right - left, height=bottom - top)
    style = style_of(fonts, element.face, text, _sizes(scene, element, opening, left), element.leading)
    setting = whole.fit(style, room)
    if setting is None:
        loose = paragraph(fonts, element.face, text, language, everywhere=True)
        setting = loose.fit(style, room)
        if setting is None:
            raise _too_long(loose, style, room, element.words)
    setting = _kept_within(scene, element, setting, style, room)
    rise = (len(setting.lines) - 1) * setting.leading
    first = bottom - rise if element.stands else top + style.cap * setting.size
    first = _inside(scene, element, setting, first)
    _write_paragraph(scene, element, setting, opening, left, first)
    for part, value in (
        ("top", first - style.cap * setting.size),
        ("left", left),
        ("baseline", first + rise),
        ("leading", setting.leading),
        ("size", setting.size),
    ):
        scene.result(f"{element.words}.{part}", value)


def _kept_within(scene: Scene, element: ParagraphElement, setting: Setting, style: Style, room: Room) -> Setting:
    size = scene.within(room.width, setting.lines, element.face, setting.size)
    if size < style.smallest:
        raise TooLong(f"The {element.words} is too wide for this card in its mix of fonts.", hint="Shorten it.")
    return setting if size == setting.size else replace(setting, size=size, leading=style.leading(size))


def place_line(scene: Scene, element: LineElement) -> None:
    """Sets words on one line. Raises NoRoom when they are too long for it."""
    text = (
        element.texts.get(scene.words.tongue, "") if element.words == "label" else getattr(scene.words, element.words)
    )
    fonts, face = scene.brand.fonts, element.face
    scene.require_settable(text, face)
    scene.names["ems"] = width = fonts.width(face, text, element.tracking)
    left, right, baseline = (scene.px(length) for length in (element.left, element.right, element.baseline))
    scene.result(f"{element.words}.baseline", baseline)
    scene.result(f"{element.words}.right", left)
    if not text:
        return
    size = _size_of_line(scene, element, text, width, right - left)
    if element.align == "right":
        x = right - (width - fonts.overhang(face, text)) * size
    else:
        x = left - optics.indent(fonts, face, text) * size
    scene.write(text, face, size, x, baseline, scene.brand.colours[element.colour], element.tracking)
    scene.result(f"{element.words}.right", x + width * size)


def place_pill(scene: Scene, element: PillElement) -> None:
    """A bar as long as its words and their arrow."""
    text: str = getattr(scene.words, element.words)
    if not text:
        return
    left, right, bottom, height = (
        scene.px(length) for length in (element.left, element.right, element.bottom, element.height)
    )
    inset, arrow = scene.px(element.inset), scene.px(element.arrow)
    scene.require_settable(text, element.face)
    width = scene.brand.fonts.width(element.face, text, element.tracking)
    size = _size_of_line(scene, element, text, width, right - left - 2 * inset - (1 + _PILL_GAP) * arrow)
    start, middle = left + inset, bottom - height / 2
    end = start + width * size + (1 + _PILL_GAP) * arrow
    pill = outlines.rectangle(left, bottom - height, end + inset, bottom, height / 2)
    colours = scene.brand.colours
    scene.shapes.append(Shape(outlines=(pill,), colour=colours[element.ground]))
    scene.shapes.append(Shape(outlines=outlines.arrow(end, middle, arrow), colour=colours[element.colour]))
    baseline = middle + scene.brand.fonts.cap(element.face) * size / 2
    indent = scene.brand.fonts.bearing(element.face, text) * size
    scene.write(text, element.face, size, start - indent, baseline, colours[element.colour], element.tracking)
    scene.result("pill.right", end + inset)


def _inside(scene: Scene, element: ParagraphElement, setting: Setting, first: float) -> float:
    """The first baseline, moved where the accents above it or the tails of the last line would leave the frame."""
    fonts, u, size = scene.brand.fonts, scene.frame.u, setting.size
    rise = (len(setting.lines) - 1) * setting.leading
    lowest = scene.names["B"] * u - rise - fonts.ink(element.face, setting.lines[-1])[1] * size
    return max(min(first, lowest), scene.names["T"] * u - fonts.ink(element.face, setting.lines[0])[0] * size)


def _says(words: str) -> bool:
    """Whether there is a letter, a figure or a picture in it, and not marks alone."""
    return any(unicodedata.category(character)[0] in "LNS" for character in words)


def _sizes(scene: Scene, element: ParagraphElement, opening: str, left: float) -> tuple[float, float]:
    """Largest and smallest, in pixels; no larger than leaves room for the opening mark to hang."""
    largest, smallest = scene.sizes(element.largest, element.smallest)
    words: str = getattr(scene.words, element.words)
    hung = _largest_hung(scene, element, opening, words, left, inner=not opening)
    return max(smallest, min(largest, hung)), smallest


def _largest_hung(
    scene: Scene, element: ParagraphElement, opening: str, words: str, left: float, *, inner: bool
) -> float:
    """The largest size at which the opening mark has room to hang, and with `inner` one behind it as well."""
    margin = _HANGING_MARGIN * scene.frame.u
    return optics.largest_hung(scene.brand.fonts, element.face, opening, words, left, margin, inner=inner)


def _write_paragraph(
    scene: Scene, element: ParagraphElement, setting: Setting, opening: str, left: float, baseline: float
) -> None:
    fonts, face, size, colours = scene.brand.fonts, element.face, setting.size, scene.brand.colours
    for number, line in enumerate(setting.lines):
        x = max(left - scene.indent(setting.lines, number, face) * size, _HANGING_MARGIN * scene.frame.u)
        y = baseline + number * setting.leading
        if number == 0 and opening and element.mark_colour:
            hung = optics.hang(fonts, face, opening, line) * size
            if size > _largest_hung(scene, element, opening, line, left, inner=True):
                x = left - fonts.bearing(face, line) * size
            scene.write(opening.strip(), face, size, x - hung, y, colours[element.mark_colour], after=line)
        before, after = around(setting.lines, number)
        scene.write(line, face, size, x, y, colours[element.colour], before=before, after=after)


def _size_of_line(scene: Scene, element: LineElement | PillElement, text: str, width: float, room: float) -> float:
    """The largest size at which the text, `width` em wide, keeps to its room."""
    largest, smallest = scene.sizes(element.size, element.smallest)
    size = largest if width * largest <= room else room / width
    if size < smallest:
        words = {"address": "booking address", "by": "name"}.get(element.words, element.words)
        raise NoRoom(f"The {words} “{text}” is too long for one line.", hint=f"Shorten the {words}.")
    return size


def _too_long(text: Paragraph, style: Style, room: Room, words: str) -> CardRefused:
    """Why it doesn't fit, and how much shorter it would have to be."""
    widest = text.widest
    if (widest.width - widest.lead - widest.trail) * style.smallest > room.width:
        return TooLong(
            f"“{widest.text[:40]}” is too wide for one line of this card.",
            hint="Choose shorter words, or put soft hyphens where a long one may be divided.",
        )
    fits, whole = fitting(text, style, room), length(text.words)
    return TooLong(
        f"The {words} is too long for this card: it has {whole} characters, and about {fits} fit at the smallest "
        "readable size.",
        hint=f"Shorten it by about {whole - fits}, or choose a larger size of card or another template.",
    )
