"""Painted cards side by side, labelled, so that a person can judge a look at one glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from scheduler.cards.encode import encode, write_whole
from scheduler.cards.fonts import Fonts

_HEIGHT, _GAP, _LABEL_PX = 540, 28, 30
_GROUND, _INK, _EMPTY = "#e9e9e6", "#3a3a38", "#d3d3cf"
_REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """Painted cards, as paths of their files; an empty one stands for a card that was refused."""

    label: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRequest:
    """Rows of cards, the labels over their columns, and the PNG file that shows them."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    out: str


def contact_sheet(request: SheetRequest) -> str:
    """Writes the sheet, all cards equally high, and returns its path."""
    font = Fonts().load("sans-600", _LABEL_PX)
    cards = [[_small(path) if path else None for path in row.cards] for row in request.rows]
    lefts = list(_lefts(request, cards, font))
    top = _GAP + _LABEL_PX + _GAP // 2
    sheet = Image.new("RGB", (lefts[-1], top + len(cards) * (_HEIGHT + _GAP)), _GROUND)
    draw = ImageDraw.Draw(sheet)
    for left, label in zip(lefts, request.columns, strict=False):
        draw.text((left, _GAP), label, fill=_INK, font=font)
    for row, shown in zip(request.rows, cards, strict=True):
        draw.text((_GAP, top), row.label, fill=_INK, font=font)
        for left, after, card in zip(lefts, lefts[1:], shown, strict=False):
            if card:
                sheet.paste(card, (left, top))
            else:
                draw.rectangle((left, top, after - _GAP - 1, top + _HEIGHT - 1), outline=_EMPTY, width=4)
                draw.text((left + _GAP, top + _GAP), _REFUSED, fill=_INK, font=font)
        top += _HEIGHT + _GAP
    write_whole(Path(request.out), encode(sheet, "png"))
    return request.out


def _lefts(
    request: SheetRequest, cards: Sequence[Sequence[Image.Image | None]], font: ImageFont.FreeTypeFont
) -> Iterator[int]:
    """Where each column begins, and behind the last one where the sheet ends."""
    labels = max((font.getlength(row.label) for row in request.rows), default=0)
    widths = [
        max((card.width for row in cards for card in row[index : index + 1] if card), default=_HEIGHT)
        for index in range(max(map(len, cards), default=0))
    ]
    return accumulate((width + _GAP for width in widths), initial=round(labels) + 2 * _GAP)


def _small(path: str) -> Image.Image:
    with Image.open(path) as card:
        size = round(card.width * _HEIGHT / card.height), _HEIGHT
        return card.convert("RGB").resize(size, Image.Resampling.LANCZOS)
