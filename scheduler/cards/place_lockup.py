"""The business's logo with its name: in a form that can be seen on this ground, whatever colours it has."""

from __future__ import annotations

from scheduler.cards import logo, outlines, typography
from scheduler.cards.elements import LockupElement
from scheduler.cards.logo import Form
from scheduler.cards.roles import ground_of
from scheduler.cards.scene import Scene
from scheduler.domain.card import Picture, Shape

_WORDMARK_SHARE = 0.56
_GAP_SHARE = 0.30
_WIDEST_LOGO = 40.0
_LOGO_WITH_NAME = 2.0
# A wide logo has its name in it, and would shout at the height of a mark.
_WIDE_POWER = 0.3
# A logo on a plate is a little smaller, so that the plate is hardly higher than a logo without one.
_ON_PLATE, _PLATE_EDGE, _PLATE_ROUND = 0.84, 0.2, 0.18


def place_lockup(scene: Scene, element: LockupElement) -> None:
    """The logo and, beside it, the name. A logo that is wider than two of its heights stands alone."""
    left, centre, height = (scene.px(length) for length in (element.left, element.centre, element.height))
    colours, fonts, name = scene.brand.colours, scene.brand.fonts, scene.brand.name
    form, wide = None, 0.0
    if scene.brand.logo:
        form = logo.form_on(scene.brand.logo, colours[ground_of(element.colour)])
        wide = _width(scene, form, height)
        name = name if scene.wordmark and _aspect(form) <= _LOGO_WITH_NAME else ""
    gap = _GAP_SHARE * height if form and name else 0.0
    text, face, size = typography.typeset(name), scene.brand.wordmark, _WORDMARK_SHARE * height
    long = size * fonts.width(face, text) if text else 0.0
    if element.align == "right":
        left -= wide + gap + long
    if form:
        _place_logo(scene, form, element, (left, centre), wide)
    if text:
        scene.require_settable(text, face)
        baseline = centre + fonts.cap(face) * size / 2
        scene.write(text, face, size, left + wide + gap, baseline, colours[element.colour])
    scene.result("lockup.right", left + wide + gap + long)


def _aspect(form: Form) -> float:
    return form.logo.image.width / form.logo.image.height


def _width(scene: Scene, form: Form, height: float) -> float:
    """Of the logo or, where it stands on one, of its plate."""
    aspect = _aspect(form)
    high = height * float(min(1.0, (_LOGO_WITH_NAME / aspect) ** _WIDE_POWER))
    bare = min(high * aspect, _WIDEST_LOGO * scene.frame.u)
    return bare * (_ON_PLATE + 2 * _PLATE_EDGE / aspect) if form.plated else bare


def _place_logo(scene: Scene, form: Form, element: LockupElement, start: tuple[float, float], wide: float) -> None:
    """`start` is the left end and the middle's height."""
    colours, aspect, (left, centre) = scene.brand.colours, _aspect(form), start
    if form.plated:
        bare = wide / (_ON_PLATE + 2 * _PLATE_EDGE / aspect)
        half, edge = bare / aspect * (_ON_PLATE / 2 + _PLATE_EDGE), bare / aspect * _PLATE_EDGE
        colour = logo.plate_for(form.logo, colours["white"], colours["night"])
        plate = outlines.rectangle(left, centre - half, left + wide, centre + half, 2 * half * _PLATE_ROUND)
        scene.shapes.append(Shape(outlines=(plate,), colour=colour))
        left, wide = left + edge, wide - 2 * edge
    high = wide / aspect
    scene.pictures.append(
        Picture(
            sha256=form.logo.sha256,
            left=round(left),
            top=round(centre - high / 2),
            width=max(1, round(wide)),
            height=max(1, round(high)),
            tint=colours[element.colour] if form.tint else "",
        )
    )
