"""The sample brands and words of samples.toml, as folders and requests that the painter takes."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scheduler.cards import template
from scheduler.cards.frames import FRAMES
from scheduler.domain.card import CardRequest

ROOT = Path(__file__).parents[3]
ASSETS = ROOT / "assets"
SAMPLES: Mapping[str, Any] = tomllib.loads((ROOT / "bench" / "cards" / "samples.toml").read_text("utf-8"))
BRANDS: tuple[str, ...] = tuple(SAMPLES["brands"])
LENGTHS = ("short", "median", "long")
_TEXTS = {"number": "numbers", "question": "questions", "tips": "lists"}
_COLOURS = ("primary", "secondary", "neutral")
_WORDS = ("name", "address", "wordmark")


def brand_folder(name: str, folder: Path) -> str:
    """Writes the brand of this name into a folder below `folder`, once, and returns its path."""
    brand, place = SAMPLES["brands"][name], folder / name
    if place.exists():
        return str(place)
    place.mkdir(parents=True)
    lines = [f'{key} = "{brand[key]}"' for key in _WORDS if key in brand]
    if brand.get("logo"):
        shutil.copy(ASSETS / "samples" / "linden" / "logo.png", place / "logo.png")
        lines += ['logo = "logo.png"', "logo_tinted = true"]
    lines += ["[colours]", *(f'{key} = "{brand[key]}"' for key in _COLOURS if key in brand)]
    (place / "brand.toml").write_text("\n".join(lines), "utf-8")
    return str(place)


def texts_for(form: str) -> str:
    """The kind of text that a template is shown with: quotes, numbers, questions or lists."""
    return _TEXTS.get(form, "quotes")


def words(text: str | Mapping[str, Any]) -> dict[str, Any]:
    """A text or a list as a request names it."""
    if isinstance(text, str):
        return {"quote": text}
    return {"quote": text["heading"], "heading": text["heading"], "items": tuple(text["items"])}


def request(form: str, size: str, brand: str, said: Mapping[str, Any], folder: Path, **more: Any) -> CardRequest:
    """A card of these words, said by the samples' doctor, written below `folder`."""
    return CardRequest(
        **{
            **said,
            **SAMPLES["by"],
            "address": "book.example.com",
            "template": form,
            "size": size,
            "assets": str(ASSETS),
            "brand": brand_folder(brand, folder / "brands"),
            "out": str(folder),
            **more,
        }
    )


def cards(count: int, folder: Path) -> Iterator[CardRequest]:
    """So many cards: every template, size and brand in turn, each with the next of its template's texts."""
    forms, sizes = template.names(ASSETS), tuple(FRAMES)
    for number in range(count):
        form = forms[number % len(forms)]
        size = sizes[number // len(forms) % len(sizes)]
        brand = BRANDS[number // (len(forms) * len(sizes)) % len(BRANDS)]
        texts = SAMPLES["read"][texts_for(form)]
        yield request(form, size, brand, words(texts[number // len(forms) % len(texts)]), folder)
