"""What is asked of the painter, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRequest:
    """One card to paint: the words, the look and where to put the picture.

    `template` is the stem of a file in `assets/templates/`, `size` one of square, landscape, portrait (pixels in the
    template's reference), `format` one of png, jpg, webp. `assets` is the folder that holds `brand/` and `templates/`.
    """

    quote: str
    name: str = ""
    role: str = ""
    address: str = ""
    template: str = "editorial"
    size: str = "square"
    format: str = "png"
    assets: str
    out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedCard:
    """A finished picture. `sha256` is of the file's bytes, `spec_hash` of the spec it was painted from."""

    path: str
    template: str
    size: str
    format: str
    width: int
    height: int
    bytes: int
    alt_text: str
    spec_hash: str
    sha256: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedCard:
    """A card that was not painted, and why."""

    reason: str
    hint: str


CardResult = PaintedCard | RefusedCard
