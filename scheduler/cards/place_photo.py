"""The photo under the words, and just as much shade as they need."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from scheduler.cards import photos
from scheduler.cards.brand import Brand
from scheduler.cards.colour import luminance
from scheduler.cards.elements import PhotoElement
from scheduler.cards.photos import Fitted
from scheduler.cards.scene import Scene
from scheduler.cards.veils import table
from scheduler.domain.card import Photo, Shade
from scheduler.domain.errors import CardRefused

_ALPHAS = tuple(step / 100 for step in range(46, 91, 4))
_LEAST_CONTRAST = 5.5
_RAMP_STEPS = 16
# How strong the shade from the left is, from the edge to where it ends, as shares of the card's width.
_SIDE = ((0.0, 0.55), (0.34, 0.25), (0.75, 0.0))


def place_photo(scene: Scene, element: PhotoElement) -> None:
    """Ground and shades. Raises CardRefused for a photo too bright for any shade to help."""
    fitted = photo_under(scene.brand, scene.words.quote, (scene.frame.width, scene.frame.height))
    scene.photo = Photo(sha256=fitted.sha256, crop=fitted.crop)
    start, whole = scene.px(element.fade_from), scene.px(element.fade_to)
    night = scene.brand.colours[element.shade]
    alpha = _alpha(scene, fitted, night, whole)
    ramp = [
        (start + (whole - start) * step / _RAMP_STEPS, _smooth(step / _RAMP_STEPS)) for step in range(_RAMP_STEPS + 1)
    ]
    stops = tuple((round(y, 2), round(alpha * share, 4)) for y, share in ramp)
    scene.shades.append(Shade(colour=night, across=False, stops=stops))
    if side := element.side.at(scene.frame.size, scene.names):
        across = tuple((round(share * scene.frame.width, 2), round(side * part, 4)) for share, part in _SIDE)
        scene.shades.append(Shade(colour=night, across=True, stops=across))


def photo_under(look: Brand, text: str, card: tuple[int, int]) -> Fitted:
    """What lies under a card of this text: one of the brand's photos, or the field that stands in for one."""
    if look.photos:
        return photos.fitted(photos.chosen(look.photos, text), card)
    return photos.field(look.colours["deep"], look.colours["bright"], look.colours["night"], card)


def _alpha(scene: Scene, fitted: Fitted, night: str, top: float) -> float:
    """The weakest shade under which white text can be read on the brightest pixel from the words' top to the foot."""
    right, bottom = (scene.names[edge] * scene.frame.u for edge in ("R", "B"))
    left, right = max(0, int((scene.names["L"] - 5) * scene.frame.u)), int(right) + 1
    if scene.rtl:
        left, right = scene.frame.width - right, scene.frame.width - left
    text = luminance(scene.brand.colours["night-text"]) + 0.05

    def readable(alpha: float) -> bool:
        lights = _row_lights(fitted, left, right, night, round(255 * alpha))
        return text / (max(lights[max(0, int(top)) : int(bottom) + 1], default=0) / 255 + 0.05) >= _LEAST_CONTRAST

    # Most grounds are dark enough for the first, and each try looks at every pixel.
    index = 0 if readable(_ALPHAS[0]) else bisect_left(_ALPHAS, True, lo=1, key=readable)
    if index < len(_ALPHAS):
        return _ALPHAS[index]
    raise CardRefused(
        "The photo is too bright for text on it, even under a shade.", hint="Use a darker photo, or another template."
    )


@lru_cache(maxsize=12)
def _row_lights(fitted: Fitted, left: int, right: int, night: str, strength: int) -> bytes:
    """Cards of one photo share these, wherever their words begin."""
    return photos.row_lights(fitted.image.crop((left, 0, right, fitted.image.height)), table(night, strength))


def _smooth(share: float) -> float:
    return share * share * (3 - 2 * share)
