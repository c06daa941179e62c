"""Painted cards side by side, small, so that a person can judge a look at one glance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from scheduler.cards.encode import encode, write_whole

_HEIGHT, _GAP, _GROUND = 400, 24, "#8a8a86"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRequest:
    """Rows of painted cards, as paths of their files, and the PNG file that shows them."""

    rows: tuple[tuple[str, ...], ...]
    out: str


def contact_sheet(request: SheetRequest) -> str:
    """Writes the sheet, all cards equally high, and returns its path."""
    rows = [[_small(path) for path in row] for row in request.rows if row]
    width = max(sum(card.width + _GAP for card in row) for row in rows) + _GAP
    sheet = Image.new("RGB", (width, len(rows) * (_HEIGHT + _GAP) + _GAP), _GROUND)
    for number, row in enumerate(rows):
        left = _GAP
        for card in row:
            sheet.paste(card, (left, _GAP + number * (_HEIGHT + _GAP)))
            left += card.width + _GAP
    write_whole(Path(request.out), encode(sheet, "png"))
    return request.out


def _small(path: str) -> Image.Image:
    with Image.open(path) as card:
        size = round(card.width * _HEIGHT / card.height), _HEIGHT
        return card.convert("RGB").resize(size, Image.Resampling.LANCZOS)
