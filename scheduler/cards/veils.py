"""A veil of one colour over a photo: how strong it is where, and what it makes of the pixels beneath it.

Where its strength stays the same for long a table does what a mask would, to the same values and in a quarter of the
time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import floor

from PIL import Image

from scheduler.cards.colour import rgb
from scheduler.cards.itself import Itself
from scheduler.domain.card import Shade

_LONG = 64


def veiled(photo: Image.Image, shades: Sequence[Shade]) -> Image.Image:
    """The photo under the shades, one after the other; itself it stays as it is."""
    image = photo.copy()
    for number, shade in enumerate(shades):
        strengths = _strengths(shade.stops, image.width if shade.across else image.height)
        for start, end in _stretches(strengths):
            box = (start, 0, end, image.height) if shade.across else (0, start, image.width, end)
            if number == 0 and len(set(strengths[start:end])) == 1:
                image.paste(_evenly(Itself(photo), shade.colour, strengths[start]).crop(box), box)
            else:
                _shade(image, box, shade, strengths[start:end])
    return image


def _shade(image: Image.Image, box: tuple[int, int, int, int], shade: Shade, strengths: bytes) -> None:
    """Pillow lays a picture through a mask in half the time that it needs for a colour."""
    thin = Image.frombytes("L", (len(strengths), 1) if shade.across else (1, len(strengths)), strengths)
    size = box[2] - box[0], box[3] - box[1]
    image.paste(Image.new("RGB", size, shade.colour), box, thin.resize(size, Image.Resampling.NEAREST))


@lru_cache(maxsize=2)
def _evenly(photo: Itself, colour: str, strength: int) -> Image.Image:
    """All of the photo under a veil that is everywhere as strong. Cards of one photo mostly need the same."""
    return photo.image.point(table(colour, strength))


@lru_cache(maxsize=32)
def table(colour: str, strength: int) -> list[int]:
    """What becomes of each value of red, green and blue, rounded as Pillow's paste with a mask does."""
    return [_mixed(value, part, strength) for part in rgb(colour) for value in range(256)]


def _mixed(beneath: int, above: int, strength: int) -> int:
    sum_ = beneath * (255 - strength) + above * strength + 128
    return ((sum_ >> 8) + sum_) >> 8


def _stretches(strengths: bytes) -> Iterator[tuple[int, int]]:
    """What is as strong as the beginning, what is as strong as the end, and what lies between.

    An even stretch that is short counts as between, one without any strength as nothing.
    """
    start = len(strengths) - len(strengths.lstrip(strengths[:1]))
    start = start if start >= _LONG or not strengths[0] else 0
    end = max(start, len(strengths.rstrip(strengths[-1:])))
    end = end if len(strengths) - end >= _LONG or not strengths[-1] else len(strengths)
    yield from ((one, other) for one, other in pairwise((0, start, end, len(strengths))) if any(strengths[one:other]))


def _strengths(stops: Sequence[tuple[float, float]], long: int) -> bytes:
    """For the middle of each pixel, of 255: in proportion between the stops, as they are before and after them."""
    found = [stops[0][1]] * _first_behind(stops[0][0], long)
    for (start, weak), (end, strong) in pairwise(stops):
        rise = (strong - weak) / (end - start) if end > start else 0.0
        found += [weak + rise * (place + 0.5 - start) for place in range(len(found), _first_behind(end, long))]
    found += [stops[-1][1]] * (long - len(found))
    return bytes(round(255 * strength) for strength in found)


def _first_behind(stop: float, long: int) -> int:
    """The first pixel whose middle lies behind a stop."""
    return min(max(floor(stop + 0.5), 0), long)
