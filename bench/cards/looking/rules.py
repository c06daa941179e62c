"""What every card keeps, judged by its pixels: in the frame, readable, no letter lost, no box in the place of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops

from scheduler.cards import brand, fontfiles, lettering, template
from scheduler.cards.brand import Brand
from scheduler.cards.frames import Frame, frame
from scheduler.cards.paint import LEAST_CONTRAST, ground_of, lowest_contrast, paint
from scheduler.cards.words import named, words_of
from scheduler.cards.work import draw, pictures_of
from scheduler.domain.card import CardRequest, CardSpec, Line
from scheduler.domain.errors import CardRefused

# Ink: a pixel that is at least this far from the ground, of 255.
_INK = 100
# Rounding, and how far round letters and points stand out of the edge, in u.
_OUT_U, _ROUNDING_PX = 1.3, 2
# How far neighbours on one line may reach into each other, in em: kerned marks do.
_KERNED = 0.2
_LEAST_EDGE_U = 1.5
# Letters whose stem stands on the edge while their tail hangs before it, and how long that is, in em.
_TAILED, _TAIL = frozenset("jϳј"), 0.2
_OPENING = frozenset("“‘„‚«‹「『”’»›（([{¿¡")

_brand_in, _template_in = lru_cache(brand.load), lru_cache(template.load)


def faults(request: CardRequest) -> list[str]:
    """What is wrong with the card, in words; nothing when it is refused with a reason and a hint."""
    look = named(_brand_in(Path(request.brand_folder)), request)
    try:
        spec = draw(request, look, _template_in).spec
        image = paint(spec, look.fonts, pictures_of(spec, look, request))
    except CardRefused as refusal:
        return [] if refusal.message and refusal.hint else ["refused without a reason or a hint"]
    place = frame(request.size)
    ground = ground_of(spec, look.fonts, pictures_of(spec, look, request))
    lines = [line for line in spec.lines if line.text.strip()]
    masks = [_mask(line, look, spec) for line in lines]
    return [
        *_outside(lines, masks, place),
        *_colliding(lines, masks),
        *_unreadable(lines, ground, look),
        *_unset(lines, look),
        *_lost(request, look, lines),
        *_above_the_bars(image, ground, place),
    ]


def _mask(line: Line, look: Brand, spec: CardSpec) -> Image.Image:
    """Where the line's ink is."""
    alone = Image.new("RGB", (spec.width, spec.height))
    lettering.write(alone, replace(line, colour="#ffffff"), look.fonts)
    return alone.convert("L").point([0] * _INK + [255] * (256 - _INK))


def _outside(lines: list[Line], masks: list[Image.Image], place: Frame) -> Iterator[str]:
    edges = {name: value * place.u for name, value in place.edges().items()}
    for line, mask in zip(lines, masks, strict=True):
        box = mask.getbbox()
        if box is None:
            continue
        hangs = line.text.strip()[0] in _OPENING or line.text.strip()[-1] in _OPENING
        tail = _TAIL * line.size if line.text.strip()[0] in _TAILED else 0.0
        out = edges["L"] - _LEAST_EDGE_U * place.u if hangs else _OUT_U * place.u + tail
        if box[0] < edges["L"] - out or box[2] > edges["R"] + out:
            yield f"“{line.text}” stands out of the frame: {box[0]} to {box[2]} in {edges['L']:.0f} to {edges['R']:.0f}"
        if box[1] < edges["T"] - _ROUNDING_PX or box[3] > edges["B"] + _ROUNDING_PX:
            yield f"“{line.text}” stands out of the frame: {box[1]} to {box[3]} in {edges['T']:.0f} to {edges['B']:.0f}"


def _colliding(lines: list[Line], masks: list[Image.Image]) -> Iterator[str]:
    boxes = [mask.getbbox() or (0, 0, 0, 0) for mask in masks]
    for one in range(len(lines)):
        for two in range(one + 1, len(lines)):
            first, second = boxes[one], boxes[two]
            both = (
                max(first[0], second[0]),
                max(first[1], second[1]),
                min(first[2], second[2]),
                min(first[3], second[3]),
            )
            if both[0] >= both[2] or both[1] >= both[3]:
                continue
            common = ImageChops.multiply(masks[one].crop(both), masks[two].crop(both)).getbbox()
            beside = abs(lines[one].baseline - lines[two].baseline) < 0.4 * lines[one].size
            if common and not (beside and common[2] - common[0] <= _KERNED * lines[one].size):
                yield f"“{lines[one].text}” and “{lines[two].text}” lie on each other"


def _unreadable(lines: list[Line], ground: Image.Image, look: Brand) -> Iterator[str]:
    for line in lines:
        if not fontfiles.is_of_pictures(look.fonts.file(line.face)):
            found = lowest_contrast(ground, line, look.fonts)
            if found < LEAST_CONTRAST:
                yield f"“{line.text}” has a contrast of {found:.2f}"


def _unset(lines: list[Line], look: Brand) -> Iterator[str]:
    for line in lines:
        file = look.fonts.file(line.face)
        boxes = [letter for letter in line.text if not letter.isspace() and not fontfiles.covers(file, letter)]
        if boxes:
            yield f"“{line.text}” shows boxes for {boxes}"


def _lost(request: CardRequest, look: Brand, lines: list[Line]) -> Iterator[str]:
    """Letters and figures that the card was given and doesn't show."""
    words = words_of(request, look)
    given = " ".join((words.title, *words.items)) if words.items and request.template == "tips" else words.quote
    shown = Counter(letter for line in lines for letter in line.text if letter.isalnum())
    missing = Counter(filter(str.isalnum, given)) - shown
    if missing:
        yield f"{dict(missing)} is missing"


def _above_the_bars(image: Image.Image, ground: Image.Image, place: Frame) -> Iterator[str]:
    """Text, as it was painted, under the bars of an app that shows stories."""
    box = ImageChops.difference(image, ground).convert("L").point([0] * 16 + [255] * 240).getbbox()
    top, bottom = place.top * place.u, place.height - place.bottom * place.u
    if box and (box[1] < top - _ROUNDING_PX or box[3] > bottom + _ROUNDING_PX):
        yield f"text from {box[1]} to {box[3]}, where the frame ends"
