"""A template, a brand and the words, placed: the complete description of the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from scheduler.cards import elements as kinds
from scheduler.cards.brand import Brand
from scheduler.cards.fonts import shaping
from scheduler.cards.frames import Frame
from scheduler.cards.mirroring import mirrored
from scheduler.cards.place_code import place_code
from scheduler.cards.place_figure import place_figure, place_gauge
from scheduler.cards.place_list import place_list
from scheduler.cards.place_lockup import place_lockup
from scheduler.cards.place_photo import place_photo
from scheduler.cards.place_shapes import place_box, place_disc, place_ornament, place_polygon, place_sign
from scheduler.cards.place_text import place_line, place_paragraph, place_pill
from scheduler.cards.scene import NoRoom, Scene, TooLong
from scheduler.cards.template import Template
from scheduler.cards.words import Words
from scheduler.domain.card import CardSpec

PAINTER = 5

_PLACING: Mapping[type[kinds.Element], Callable[[Scene, Any], None]] = {
    kinds.BoxElement: place_box,
    kinds.DiscElement: place_disc,
    kinds.PolygonElement: place_polygon,
    kinds.SignElement: place_sign,
    kinds.OrnamentElement: place_ornament,
    kinds.ParagraphElement: place_paragraph,
    kinds.LineElement: place_line,
    kinds.PillElement: place_pill,
    kinds.LockupElement: place_lockup,
    kinds.CodeElement: place_code,
    kinds.FigureElement: place_figure,
    kinds.GaugeElement: place_gauge,
    kinds.ListElement: place_list,
    kinds.PhotoElement: place_photo,
}


def lay_out(template: Template, brand: Brand, frame: Frame, words: Words, *, wordmark: bool = True) -> CardSpec:
    """The card's description. Raises CardRefused with the reason: NoRoom when it is a line that is too long.

    Without `wordmark` the logo stands alone, which leaves the address more room.
    """
    brand = replace(brand, fonts=brand.fonts.reading(words.language, rtl=words.rtl))
    for squeeze in range(template.squeezes):
        try:
            return _spec(template, _scene(template, brand, frame, words, wordmark, squeeze))
        except (TooLong, NoRoom):
            continue
    return _spec(template, _scene(template, brand, frame, words, wordmark, template.squeezes))


def _scene(template: Template, brand: Brand, frame: Frame, words: Words, wordmark: bool, squeeze: int) -> Scene:
    """Everything placed; where the template settles, once to know the heights and once to move down by them."""
    scene = Scene(brand=brand, frame=frame, words=words, wordmark=wordmark, squeeze=squeeze)
    _place(template, scene)
    meant = template.needs is None or words.has(template.needs)
    if meant and (settle := template.settle.at(frame.size, scene.names)):
        scene = Scene(brand=brand, frame=frame, words=words, wordmark=wordmark, squeeze=squeeze, settle=settle)
        _place(template, scene)
    return scene


def _place(template: Template, scene: Scene) -> None:
    for element in template.element:
        if all(map(scene.has, element.when)) and not any(map(scene.has, element.unless)):
            _PLACING[type(element)](scene, element)


def _spec(template: Template, scene: Scene) -> CardSpec:
    spec = CardSpec(
        width=scene.frame.width,
        height=scene.frame.height,
        ground=scene.brand.colours[template.ground],
        photo=scene.photo,
        shades=tuple(scene.shades),
        shapes=tuple(scene.shapes),
        ornaments=tuple(scene.ornaments),
        codes=tuple(scene.codes),
        pictures=tuple(scene.pictures),
        lines=tuple(scene.lines),
        painter=PAINTER,
        shaping=shaping(),
    )
    return mirrored(spec, scene.brand.fonts) if scene.rtl else spec
