"""The shrinking child: cards in, small pictures on disk out; one that can't be opened leaves an empty file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from scheduler.cards.encode import write_whole
from scheduler.cards.picturefiles import What, opened
from scheduler.domain.errors import CardRefused

_CARD = What(name="card", largest_bytes=20_000_000, most_pixels=40_000_000, hint="", enough=640)
_QUALITY = 82


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """One small picture: of the file `card`, `pixels` wide, into the file `out`; a `square` one shows its middle."""

    card: str
    pixels: int
    square: bool
    out: str


def shrink(wanted: tuple[Small, ...]) -> int:
    """How many could be made. Each card is opened once."""
    cards = dict.fromkeys(one.card for one in wanted)
    return sum(_made(card, [one for one in wanted if one.card == card]) for card in cards)


def _made(card: str, wanted: Sequence[Small]) -> int:
    try:
        image, _ = opened(Path(card), _CARD, mode="RGB")
        small = [_webp(_small(image, one)) for one in wanted]
    except (CardRefused, ValueError):
        small = []
    for index, one in enumerate(wanted):
        write_whole(Path(one.out), small[index] if small else b"")
    return len(small)


def _small(image: Image.Image, one: Small) -> Image.Image:
    """No wider than it was."""
    width = min(one.pixels, image.width)
    if one.square:
        return ImageOps.fit(image, (width, width), Image.Resampling.LANCZOS)
    return ImageOps.contain(image, (width, width * 2), Image.Resampling.LANCZOS)


def _webp(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.info.clear()
    image.save(file, "WEBP", quality=_QUALITY, method=4)
    return file.getvalue()
