"""Paragraphs, lines, the pill and the lockup: where words come to stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from scheduler.cards import binding, breaking, measuring, optics, outlines, typography
from scheduler.cards.elements import LineElement, LockupElement, ParagraphElement, PillElement
from scheduler.cards.logo import Logo
from scheduler.cards.scene import NoRoom, Scene, TooLong
from scheduler.domain.card import Picture, Shape
from scheduler.domain.errors import CardRefused

_WORDMARK_SHARE = 0.56
_GAP_SHARE = 0.30
_WIDEST_LOGO = 40.0
_LOGO_WITH_NAME = 2.0
_HANGING_MARGIN = 2.5
_PILL_GAP = 0.72


def place_paragraph(scene: Scene, element: ParagraphElement) -> None:
    """Sets the words at the largest size that fits. Raises CardRefused when even the smallest doesn't."""
    words: str = getattr(scene.words, element.words)
    left, right, top, bottom = (scene.px(edge) for edge in (element.left, element.right, element.top, element.bottom))
    if not words:
        if element.words == "quote":
            raise CardRefused("The quote is empty.", hint="Give the card some words.")
        scene.result(f"{element.words}.baseline", top)
        return
    opening, closing = (scene.words.opening, scene.words.closing) if element.mark_colour else ("", "")
    scene.require_settable(opening + words + closing, element.face)
    width = partial(scene.brand.fonts.width, element.face)
    edges = partial(optics.edges, scene.brand.fonts, element.face)
    parts = breaking.Paragraph(
        measuring.words_of(binding.bind(words + closing, scene.words.language), width, edges, scene.words.language)
    )
    scene.names["ems"] = sum(part.space + part.width for part in parts.words)
    style = _style(scene, element)
    setting = parts.fit(style, width=right - left, height=bottom - top)
    if setting is None:
        raise _too_long(parts.words, style, right - left, element.words)
    rise = (len(setting.lines) - 1) * setting.leading
    first = bottom - rise if element.stands else top + style.cap * setting.size
    _write_paragraph(scene, element, setting, opening, left, first)
    for part, value in (
        ("top", first - style.cap * setting.size),
        ("left", left),
        ("baseline", first + rise),
        ("leading", setting.leading),
        ("size", setting.size),
    ):
        scene.result(f"{element.words}.{part}", value)


def place_line(scene: Scene, element: LineElement) -> None:
    """Sets words on one line. Raises NoRoom when they are too long for it."""
    text = (
        element.texts.get(scene.words.tongue, "") if element.words == "label" else getattr(scene.words, element.words)
    )
    left, right, baseline = (scene.px(length) for length in (element.left, element.right, element.baseline))
    scene.result(f"{element.words}.baseline", baseline)
    scene.result(f"{element.words}.right", left)
    if not text:
        return
    fonts, face = scene.brand.fonts, element.face
    scene.require_settable(text, face)
    width = fonts.width(face, text, element.tracking)
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


def place_lockup(scene: Scene, element: LockupElement) -> None:
    """The logo and, beside it, the name. A logo that is wider than two of its heights stands alone."""
    left, centre, height = (scene.px(length) for length in (element.left, element.centre, element.height))
    colour, name, logo = scene.brand.colours[element.colour], scene.brand.name, scene.brand.logo
    wide = 0.0
    if logo:
        aspect = logo.image.width / logo.image.height
        wide = min(height * aspect, _WIDEST_LOGO * scene.frame.u)
        name = name if scene.wordmark and aspect <= _LOGO_WITH_NAME else ""
    gap = _GAP_SHARE * height if logo and name else 0.0
    text, face, size = typography.typeset(name), scene.brand.wordmark, _WORDMARK_SHARE * height
    long = size * scene.brand.fonts.width(face, text) if text else 0.0
    if element.align == "right":
        left -= wide + gap + long
    if logo:
        _place_logo(scene, logo, left, centre, wide, colour)
    if text:
        scene.require_settable(text, face)
        baseline = centre + scene.brand.fonts.cap(face) * size / 2
        scene.write(text, face, size, left + wide + gap, baseline, colour)
    scene.result("lockup.right", left + wide + gap + long)


def _place_logo(scene: Scene, logo: Logo, left: float, centre: float, width: float, colour: str) -> None:
    height = width * logo.image.height / logo.image.width
    scene.pictures.append(
        Picture(
            sha256=logo.sha256,
            left=round(left),
            top=round(centre - height / 2),
            width=max(1, round(width)),
            height=max(1, round(height)),
            tint=colour if logo.tinted else "",
        )
    )


def _style(scene: Scene, element: ParagraphElement) -> breaking.Style:
    largest, smallest = scene.sizes(element.largest, element.smallest)
    tight, loose = element.leading
    cap = scene.brand.fonts.cap(element.face)
    return breaking.Style(largest=largest, smallest=smallest, tight=tight, loose=loose, cap=cap)


def _write_paragraph(
    scene: Scene, element: ParagraphElement, setting: breaking.Setting, opening: str, left: float, baseline: float
) -> None:
    fonts, face, size, colours = scene.brand.fonts, element.face, setting.size, scene.brand.colours
    for number, line in enumerate(setting.lines):
        x = left - optics.indent(fonts, face, line) * size
        y = baseline + number * setting.leading
        if number == 0 and element.mark_colour:
            hung = optics.hang(fonts, face, opening, line) * size
            if x - hung < _HANGING_MARGIN * scene.frame.u:
                x = left - fonts.bearing(face, line) * size
            scene.write(opening.strip(), face, size, x - hung, y, colours[element.mark_colour])
        scene.write(line, face, size, x, y, colours[element.colour])


def _size_of_line(scene: Scene, element: LineElement | PillElement, text: str, width: float, room: float) -> float:
    """The largest size at which the text, `width` em wide, keeps to its room."""
    largest, smallest = scene.sizes(element.size, element.smallest)
    size = largest if width * largest <= room else room / width
    if size < smallest:
        words = {"address": "booking address", "by": "name"}.get(element.words, element.words)
        raise NoRoom(f"The {words} “{text}” is too long for one line.", hint=f"Shorten the {words}.")
    return size


def _too_long(parts: Sequence[breaking.Word], style: breaking.Style, width: float, words: str) -> CardRefused:
    widest = max(parts, key=lambda part: part.width)
    if widest.width * style.smallest > width:
        return TooLong(f"“{widest.text[:40]}” is too wide for one line.", hint="Choose a text with shorter words.")
    length = sum(len(part.text) + bool(part.space) for part in parts)
    return TooLong(
        f"The {words} is too long for this card: {length} characters don't fit at the smallest readable size.",
        hint="Shorten it, or choose a larger size of card or another template.",
    )
