"""Paints the pictures of README.md and docs/gallery.md by the program itself: `make docs`, when a template has changed.

Each picture is a sheet of small cards: every template with short, median and long words in every size and three brands,
the brands side by side, and every script.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from looking.samples import ASSETS, BRANDS, LENGTHS, SAMPLES, request, texts_for, words
from PIL import Image, ImageDraw

from scheduler.cards import template
from scheduler.cards.fonts import Fonts
from scheduler.cards.frames import FRAMES
from scheduler.cards.work import paint
from scheduler.domain.card import PaintedCard

OUT = Path(__file__).parent
LOOKS = ("none", "clinic", "ugly")
SAID = {"none": "no brand", "clinic": "a clinic's brand", "ugly": "an ugly brand"}
_LINK = "https://book.linden-clinic.example/"
_GROUND, _INK, _GAP, _HEAD = "#8d8d89", "#ffffff", 10, 26
Row = tuple[str, Sequence[Image.Image]]


def main(wanted: Sequence[str]) -> None:
    """Writes every sheet, or those that are named."""
    with TemporaryDirectory() as folder:
        sheets = dict(_sheets(Path(folder)))
        for name in wanted or sheets:
            rows, height = sheets[name]
            _save(name, tuple(rows), height)
        said = words(SAMPLES["quotes"]["median"])
        _card("editorial", "square", "clinic", said, Path(folder)).save(OUT / "card.png", optimize=True)


def _sheets(folder: Path) -> Iterator[tuple[str, tuple[Iterator[Row], int]]]:
    for form in template.names(ASSETS):
        yield form, (_of_template(form, folder), 190)
    yield "templates", (_templates(folder), 230)
    yield "brands", (_brands(folder), 210)
    yield "scripts", (_scripts(folder), 230)


def _of_template(form: str, folder: Path) -> Iterator[Row]:
    """A brand and a length a row, a size a column."""
    for brand in LOOKS:
        for length in LENGTHS:
            said = words(SAMPLES[texts_for(form)][length])
            cards = [_card(form, size, brand, said, folder) for size in FRAMES]
            yield f"{SAID[brand]}, {length}", cards


def _templates(folder: Path) -> Iterator[Row]:
    """A template a row, a size a column."""
    for form in template.names(ASSETS):
        said = words(SAMPLES[texts_for(form)]["median"])
        yield form, [_card(form, size, "clinic", said, folder) for size in FRAMES]


def _brands(folder: Path) -> Iterator[Row]:
    """A brand a row, a template a column."""
    for brand in BRANDS:
        said = ((form, words(SAMPLES[texts_for(form)]["median"])) for form in template.names(ASSETS))
        yield (
            SAMPLES["brands"][brand].get("name", "no brand"),
            [_card(form, "square", brand, text, folder) for form, text in said],
        )


def _scripts(folder: Path) -> Iterator[Row]:
    """Two languages a row."""
    languages = tuple(SAMPLES["scripts"])
    for pair in zip(languages[::2], languages[1::2], strict=True):
        cards = []
        for language in pair:
            said = {**SAMPLES["scripts"][language], "role": "", "language": language}
            cards += [_card(form, "square", "clinic", {}, folder, **said) for form in ("editorial", "bold", "photo")]
        yield " and ".join(pair), cards


def _card(form: str, size: str, brand: str, said: dict[str, Any], folder: Path, **more: Any) -> Image.Image:
    address = SAMPLES["brands"][brand].get("address", "book.example.com")
    asked = request(form, size, brand, said, folder, address=address, links=(_LINK,), **more)
    card = paint((asked,))[0]
    if not isinstance(card, PaintedCard):
        raise SystemExit(f"{form}, {size}, {brand}: {card.reason}")
    with Image.open(card.path) as picture:
        return picture.convert("RGB")


def _save(name: str, rows: Sequence[Row], height: int) -> None:
    """A JPEG of all rows, each under its title, all cards equally high."""
    font = Fonts().load("sans-600", 17)
    small = [
        [card.resize((round(card.width * height / card.height), height), 1) for card in cards] for _, cards in rows
    ]
    wide = max(sum(card.width + _GAP for card in cards) for cards in small) + _GAP
    sheet = Image.new("RGB", (wide, len(rows) * (height + _HEAD + _GAP) + _GAP), _GROUND)
    for number, ((title, _), cards) in enumerate(zip(rows, small, strict=True)):
        top, left = _GAP + number * (height + _HEAD + _GAP), _GAP
        ImageDraw.Draw(sheet).text((_GAP, top + _HEAD - 8), title, _INK, font, anchor="ls")
        for card in cards:
            sheet.paste(card, (left, top + _HEAD))
            left += card.width + _GAP
    sheet.save(OUT / f"{name}.jpg", quality=74, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
