"""A business's photos: opened with bounds, cut to the card around what matters, or a soft field where there is none."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from scheduler.cards import picturefiles
from scheduler.cards.colour import from_lch, lch, luminance, mix, rgb

Crop = tuple[float, float, float, float]
_GLOW_STEPS = 96
_AS_THEY_ARE = (*range(256),) * 3

_WHAT = picturefiles.What(
    name="photo",
    largest_bytes=25_000_000,
    most_pixels=50_000_000,
    enough=1920,
    hint="Save it as a JPEG of about 2500 pixels on its longer side.",
)
# The field that stands in for a photo: where its glow is and how far it reaches (shares of the card), and lights out of
# focus, as x, y (shares), radius (share of the shorter side), strength, and whether it is of the brighter colour.
_GLOW = (0.72, 0.10, 0.95)
_LIGHTS = (
    (0.80, 0.10, 0.170, 0.55, True),
    (0.60, 0.20, 0.100, 0.34, False),
    (0.93, 0.27, 0.120, 0.40, True),
    (0.44, 0.09, 0.075, 0.30, True),
    (0.70, 0.36, 0.065, 0.26, False),
    (0.28, 0.17, 0.120, 0.16, True),
    (0.13, 0.07, 0.065, 0.24, False),
    (0.52, 0.38, 0.140, 0.12, False),
    (0.08, 0.30, 0.090, 0.12, False),
    (0.87, 0.50, 0.080, 0.16, True),
    (0.36, 0.33, 0.045, 0.22, True),
    (0.98, 0.04, 0.060, 0.50, True),
    (0.22, 0.44, 0.055, 0.12, False),
    (0.66, 0.03, 0.050, 0.36, True),
)
# How many times as large a photo may be shown, and from when on that is told.
_MOST_GROWN, _NOTED_GROWN = 3.0, 1.25
_FIELD_CELLS, _FIELD_SCALE, _RIM, _SOFT_PX = 16, 4, 0.9, 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandPhoto:
    """A file and the point (0 to 1 across and down) that every crop keeps in sight."""

    path: Path
    focus: tuple[float, float]


@dataclass(frozen=True, eq=False, kw_only=True)
class Fitted:
    """A photo cut and scaled to a card; `sha256` names its file, or the field's colours. It equals itself only."""

    image: Image.Image
    sha256: str
    crop: Crop


def chosen(photos: tuple[BrandPhoto, ...], text: str) -> BrandPhoto:
    """The photo for this text: the same text always gets the same one."""
    return photos[int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) % len(photos)]


def crop_of(size: tuple[int, int], card: tuple[int, int], focus: tuple[float, float]) -> Crop:
    """The largest part of a picture with the card's shape, as near around the focus as the picture's edges allow."""
    scale = min(size[0] / card[0], size[1] / card[1])
    wide, high = card[0] * scale, card[1] * scale
    left = min(max(focus[0] * size[0] - wide / 2, 0), size[0] - wide)
    top = min(max(focus[1] * size[1] - high / 2, 0), size[1] - high)
    return round(left, 2), round(top, 2), round(left + wide, 2), round(top + high, 2)


def fitted(photo: BrandPhoto, card: tuple[int, int]) -> Fitted:
    """The photo, cut to the card. Raises CardRefused for a file that is no sound picture of a fitting size."""
    return _fitted(photo, card, _changed(photo.path))


@lru_cache(maxsize=2)
def _fitted(photo: BrandPhoto, card: tuple[int, int], changed: int) -> Fitted:
    image, sha256 = _opened(photo.path, changed)
    crop = crop_of(image.size, card, photo.focus)
    if _MOST_GROWN * (crop[2] - crop[0]) < card[0]:
        message = f"The photo is too small for a card: {image.width} by {image.height} pixels."
        raise picturefiles.refused(photo.path, _WHAT, message)
    scaled = image.resize(card, Image.Resampling.LANCZOS, box=crop, reducing_gap=3.0)
    return Fitted(image=scaled, sha256=sha256, crop=crop)


@lru_cache(maxsize=2)
def field(deep: str, bright: str, night: str, card: tuple[int, int]) -> Fitted:
    """Lights out of focus in the brand's colours, on a dark ground that glows from above."""
    lightness, chroma, hue = lch(deep)
    glow = from_lch((min(0.60, max(lightness, 0.30) + 0.14), min(chroma, 0.12), hue))
    cool = from_lch((0.78, min(chroma, 0.10), hue))
    lightness, chroma, hue = lch(bright)
    warm = from_lch((max(lightness, 0.72), min(chroma, 0.16), hue))
    size = card[0] // _FIELD_SCALE, card[1] // _FIELD_SCALE
    image = _glowing(glow, night).resize(size, Image.Resampling.BICUBIC)
    for x, y, radius, strength, is_warm in _LIGHTS:
        place = x * size[0], y * size[1], radius * min(size)
        image = ImageChops.screen(image, _light(size, place, strength, warm if is_warm else cool))
    image = image.filter(ImageFilter.GaussianBlur(_SOFT_PX)).resize(card, Image.Resampling.BICUBIC)
    name = hashlib.sha256(f"lights {deep} {bright} {night}".encode()).hexdigest()
    return Fitted(image=image, sha256=name, crop=(0.0, 0.0, float(card[0]), float(card[1])))


def notes(crop: Crop, card: tuple[int, int]) -> tuple[str, ...]:
    """What the owner of a photo that is shown on a card of this size should know."""
    if _NOTED_GROWN * (crop[2] - crop[0]) >= card[0]:
        return ()
    return (f"The photo is small for this card and looks soft: {crop[2] - crop[0]:.0f} of {card[0]} pixels.",)


def extremes(image: Image.Image) -> tuple[float, float]:
    """The relative luminances of the darkest and the brightest pixel: the one rounded down, the other up.

    So nothing is promised that isn't there; each is off by less than a hundredth.
    """
    low, high = cast(tuple[int, int], _luminances(image, _AS_THEY_ARE).getextrema())
    return max(0, low - 2) / 255, high / 255


def row_lights(image: Image.Image, becomes: Sequence[int]) -> bytes:
    """How bright each row's brightest pixel is once the picture's values have become others: 256 each for R, G and B.

    Luminance of 255, rounded up.
    """
    light = _luminances(image, becomes)
    while light.width > 1:
        half = (light.width + 1) // 2
        first, second = (light.crop((x, 0, x + half, light.height)) for x in (0, light.width - half))
        light = ImageChops.lighter(first, second)
    return light.tobytes()


def _changed(path: Path) -> int:
    """When the file last changed, in nanoseconds; 0 when nobody can tell."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=1)
def _opened(path: Path, changed: int) -> tuple[Image.Image, str]:
    image, sha256 = picturefiles.opened(path, _WHAT, mode="RGB")
    return image, sha256


def _glowing(glow: str, night: str) -> Image.Image:
    small = Image.new("RGB", (_FIELD_CELLS, _FIELD_CELLS))
    shades = [rgb(mix(night, glow, 0.28 + 0.72 * step / _GLOW_STEPS)) for step in range(_GLOW_STEPS + 1)]
    at_x, at_y, reach = _GLOW
    for y in range(_FIELD_CELLS):
        for x in range(_FIELD_CELLS):
            away = math.hypot(x / (_FIELD_CELLS - 1) - at_x, y / (_FIELD_CELLS - 1) - at_y) / reach
            near = max(0.0, 1 - away)
            small.putpixel((x, y), shades[round(_GLOW_STEPS * near * near * (3 - 2 * near))])
    return small


def _light(size: tuple[int, int], place: tuple[float, float, float], strength: float, colour: str) -> Image.Image:
    """A disc with a brighter rim, as a lens out of focus draws a lamp, on black."""
    light, (x, y, radius) = Image.new("RGB", size), place
    draw = ImageDraw.Draw(light)
    for reach, share in ((radius, strength), (_RIM * radius, 0.82 * strength)):
        red, green, blue = (round(part * share) for part in rgb(colour))
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=(red, green, blue))
    return light


def _luminances(image: Image.Image, becomes: Sequence[int]) -> Image.Image:
    """Luminance of 255, rounded up by less than two, of what the picture's values have become."""
    steps = _linear_steps()
    return image.point([steps[value] for value in becomes]).convert("L", (0.2126, 0.7152, 0.0722, 0.5))


@cache
def _linear_steps() -> tuple[int, ...]:
    """Each byte's linear light in 255 steps, rounded up."""
    exact = (255 * luminance(f"#{value:02x}{value:02x}{value:02x}") for value in range(256))
    return tuple(min(255, int(value) + 1) for value in exact)
