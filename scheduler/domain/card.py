"""What is asked of the painter, the complete description it paints from, and what it hands back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from scheduler.domain.errors import CardRefused

# The template that suits each kind of post, and the one that can show any text.
AUTO = "auto"
EDITORIAL = "editorial"
SUITS = {"quote": EDITORIAL, "question": "question", "number": "number", "tip": "tips", "article": "bold"}


def suiting(name: str, kind: str) -> str:
    """The template's own name or, for `auto` (or none), the one that suits this kind of post."""
    return SUITS.get(kind, EDITORIAL) if name in ("", AUTO) else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """What every channel takes that a card may go to: `formats`, the bytes of a picture, the characters of alt text."""

    formats: tuple[str, ...] = ("png", "jpg", "webp")
    most_bytes: int = 5_000_000
    most_alt_text: int = 1000


def megabytes(count: int) -> str:
    """Bytes as millions, in words."""
    return f"{count / 1_000_000:.3g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRequest:
    """One card to paint: the words, the look and where to put the picture.

    `quote` is what a card says that has one text; a list's card has `heading` and `items` instead, where its template
    can show them; a card of an article's title has it as `heading` too. `template` is the stem of a file in
    `assets/templates/`, or `auto` for the one that suits `kind` (an ExcerptKind); `fallback`, where one is named, is
    painted when that one can't show these words. `size` is one of square, landscape, portrait, story, `format` one of
    png, jpg, webp, or `auto` for the one that suits the picture and everybody in `takes`. `sha256` is of the file that
    was painted of it before, where one was: other bytes in its place are painted anew. `language` (a BCP 47 tag)
    chooses the quotation marks. `links` are the addresses that a code in the picture may lead to: the first that has
    room is taken. `business` is the name in the foot, where the brand names none. `assets` is the folder that holds
    `brand/` and `templates/`, `brand` another one with a brand.toml, `out` the folder the picture is written into. With
    `picture`, the path of one that somebody gave, that one is taken as it is.
    """

    quote: str
    kind: str = "quote"
    heading: str = ""
    items: tuple[str, ...] = ()
    name: str = ""
    role: str = ""
    address: str = ""
    links: tuple[str, ...] = ()
    business: str = ""
    language: str = "en"
    template: str = AUTO
    fallback: str = ""
    size: str = "square"
    format: str = "png"
    takes: Takes = Takes()
    sha256: str = ""
    assets: str
    brand: str = ""
    out: str
    picture: str = ""

    @property
    def brand_folder(self) -> str:
        """Where brand.toml is looked for."""
        return self.brand or f"{self.assets}/brand"


Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A filled rectangle, in whole pixels; `right` and `bottom` are outside. Colours are "#rrggbb"."""

    left: int
    top: int
    right: int
    bottom: int
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A filled area: closed paths of points in pixels, all of `outlines` without what lies in `holes`."""

    outlines: tuple[tuple[Point, ...], ...]
    holes: tuple[tuple[Point, ...], ...] = ()
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ornament:
    """A glyph as decoration: pen start `x` and `baseline` in pixels.

    It is seen only inside `clip` (left, top, right, bottom). Nobody needs to read it, so it may lie under text as long
    as the text stays readable.
    """

    text: str
    face: str
    font_sha256: str
    size: float
    x: float
    baseline: float
    colour: str
    clip: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """The photo that fills the card: `crop` (left, top, right, bottom) in the photo's own pixels."""

    sha256: str
    crop: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """A veil of one colour over the photo, as strong as `stops` say: (pixel, 0 to 1), going down or across the card."""

    colour: str
    across: bool
    stops: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One run of text: pen start `x`, `baseline` and em `size` in pixels, `face` a name such as serif-400.

    `tracking` is added between any two glyphs, in em. All of it has one font and one `direction` (ltr or rtl), and is
    shaped as its `language` (a BCP 47 tag) wants it.
    """

    text: str
    face: str
    font_sha256: str
    size: float
    x: float
    baseline: float
    colour: str
    tracking: float = 0.0
    direction: str = "ltr"
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture scaled into a box, in pixels; with a `tint` only its alpha counts."""

    sha256: str
    left: int
    top: int
    width: int
    height: int
    tint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A QR code: squares of `module` pixels a side, rows of "1" (painted) and "0" from `left` and `top`."""

    left: int
    top: int
    module: int
    rows: tuple[str, ...]
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSpec:
    """A complete description of a picture: equal specs paint equal bytes. Layers lie in the order of the fields.

    `painter` is the painter's version and `shaping` its text engine (raqm or basic), as both change the pixels.
    """

    width: int
    height: int
    ground: str
    photo: Photo | None = None
    shades: tuple[Shade, ...] = ()
    shapes: tuple[Box | Shape, ...] = ()
    ornaments: tuple[Ornament, ...] = ()
    codes: tuple[Code, ...] = ()
    pictures: tuple[Picture, ...] = ()
    lines: tuple[Line, ...] = ()
    painter: int
    shaping: str

    @property
    def spec_hash(self) -> str:
        """SHA-256 of the spec's canonical JSON."""
        canonical = json.dumps(self, default=_fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


def _fields(part: Any) -> dict[str, Any]:
    """What a spec or a part of it holds, by name; `asdict` would copy every point first."""
    return {name: getattr(part, name) for name in part.__slots__}


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
    """A card that was not painted, why, and where: file, line and key, as far as one of them is to blame."""

    reason: str
    hint: str
    path: str = ""
    line: int | None = None
    setting: str = ""

    @property
    def error(self) -> CardRefused:
        """The same, to be raised or told."""
        return CardRefused(self.reason, hint=self.hint, path=self.path, line=self.line, setting=self.setting)

    @property
    def words(self) -> str:
        """The same on one line."""
        place = f" ({self.error.place})" if self.error.place else ""
        return f"{self.reason}{place} {self.hint}".strip()


CardResult = PaintedCard | RefusedCard
