"""A business's photos: opened with bounds, cut to the card around what matters, or a soft field where there is none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from scheduler.cards import picturefiles
from scheduler.cards.colour import luminance, mix, rgb

Crop = tuple[float, float, float, float]

_WHAT = picturefiles.What(
    name="photo",
    largest_bytes=25_000_000,
    most_pixels=50_000_000,
    enough=1920,
    hint="Save it as a JPEG of about 2500 pixels on its longer side.",
)
# Where light falls on the field that stands in for a photo: x, y, reach as shares of the card, strength.
_LIGHTS = ((0.78, 0.08, 0.55, 0.62), (0.15, 0.22, 0.45, 0.30), (0.95, 0.62, 0.50, 0.22))
_FIELD_CELLS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandPhoto:
    """A file and the point (0 to 1 across and down) that every crop keeps in sight."""

    path: Path
    focus: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A photo cut and scaled to a card; `sha256` names its file, or the field's colours."""

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
    """The photo, cut to the card. Raises CardRefused for a file that is no sound picture of a bounded size."""
    return _fitted(photo, card, _changed(photo.path))


@lru_cache(maxsize=2)
def _fitted(photo: BrandPhoto, card: tuple[int, int], changed: int) -> Fitted:
    image, sha256 = _opened(photo.path, changed)
    crop = crop_of(image.size, card, photo.focus)
    scaled = image.resize(card, Image.Resampling.LANCZOS, box=crop, reducing_gap=3.0)
    return Fitted(image=scaled, sha256=sha256, crop=crop)


@lru_cache(maxsize=2)
def field(deep: str, bright: str, night: str, card: tuple[int, int]) -> Fitted:
    """Light of the brand's colours on a dark ground."""
    small = Image.new("RGB", (_FIELD_CELLS, _FIELD_CELLS))
    base = mix(deep, night, 0.25)
    for y in range(_FIELD_CELLS):
        for x in range(_FIELD_CELLS):
            small.putpixel((x, y), rgb(_lit(base, bright, x / (_FIELD_CELLS - 1), y / (_FIELD_CELLS - 1))))
    name = hashlib.sha256(f"field {deep} {bright} {night}".encode()).hexdigest()
    image = small.resize(card, Image.Resampling.BICUBIC)
    return Fitted(image=image, sha256=name, crop=(0.0, 0.0, float(_FIELD_CELLS), float(_FIELD_CELLS)))


def brightest(image: Image.Image) -> float:
    """The relative luminance of the brightest pixel, rounded up, so that nothing is promised that isn't there."""
    return _luminances(image, up=True).getextrema()[1] / 255  # type: ignore[operator]


def darkest(image: Image.Image) -> float:
    """The relative luminance of the darkest pixel, rounded down."""
    return _luminances(image, up=False).getextrema()[0] / 255  # type: ignore[operator]


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


def _lit(base: str, bright: str, x: float, y: float) -> str:
    colour = base
    for at_x, at_y, reach, strength in _LIGHTS:
        away = ((x - at_x) ** 2 + (y - at_y) ** 2) / reach**2
        if away < 1:
            colour = mix(colour, bright, strength * (1 - away) ** 2)
    return colour


def _luminances(image: Image.Image, *, up: bool) -> Image.Image:
    matrix = (0.2126, 0.7152, 0.0722, 0.5 if up else -0.5)
    return image.point(list(_linear_steps(up=up)) * 3).convert("L", matrix)


@lru_cache(maxsize=2)
def _linear_steps(*, up: bool) -> tuple[int, ...]:
    """Each byte's linear light in 255 steps."""
    exact = [255 * luminance(f"#{value:02x}{value:02x}{value:02x}") for value in range(256)]
    return tuple(min(255, int(value) + 1) if up else int(value) for value in exact)
