"""What a person should know before the first card is painted: engine, fonts, brand, logo and every template, tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from scheduler.cards import brand, photos, scripts, template
from scheduler.cards.fonts import FACES, shaping
from scheduler.cards.frames import FRAMES
from scheduler.cards.layout import lay_out
from scheduler.cards.words import Words
from scheduler.domain.errors import CardRefused

Row = tuple[str, bool, str]

_QUOTES = (
    "A sample of a sentence, long enough to need several lines.",
    "3 of 4 samples begin with a number and go on for a while.",
    "Is this a sample? Yes, of a question with its answer.",
)
_ITEMS = ("The first of two items", "The second, a little longer than the first")
_SAMPLES = tuple(
    Words(opening="“", quote=quote, closing="”", name="Name", role="Role", title="A sample", items=items)
    for quote, items in zip(_QUOTES, ((), (), _ITEMS), strict=True)
)


def check(assets: str) -> tuple[Row, ...]:
    """(what, whether it is well, words) for text engine, fonts, brand and templates; run it in a child process."""
    folder = Path(assets)
    return (_engine(), *_looks(folder))


def _engine() -> Row:
    if shaping() == "raqm":
        return "text engine", True, "raqm: text is kerned and shaped"
    words = "basic: no kerning, and no Arabic, Hebrew or Devanagari; on Debian or Ubuntu: apt-get install libfribidi0"
    return "text engine", False, words


def _looks(assets: Path) -> Iterator[Row]:
    try:
        look = brand.load(assets / "brand")
    except CardRefused as refusal:
        yield "brand", False, _words(refusal)
        return
    name, address = look.name or "the settings' name", look.address or "the booking link's address"
    yield "brand", True, f"{name}, {address}"
    yield (
        "logo",
        not look.warnings,
        " ".join(look.warnings) or ("a picture" if look.logo else "none named in brand.toml"),
    )
    yield "scripts", *scripts.settable(look.fonts)
    yield "fonts", *_tried(lambda: [look.fonts.load(face, 20) for face in FACES], f"{len(FACES)} faces open")
    if look.photos:
        yield "photos", *_tried(partial(_open_photos, look), f"{len(look.photos)} that can be used")
    for name in template.names(assets) or ("editorial",):
        yield f"template {name}", *_tried(partial(_lay_out, assets, name, look), "fits every size")


def _open_photos(look: brand.Brand) -> None:
    for photo in look.photos:
        photos.fitted(photo, (FRAMES["square"].width, FRAMES["square"].height))


def _lay_out(assets: Path, name: str, look: brand.Brand) -> None:
    form = template.load(assets, name)
    for frame in FRAMES.values():
        for sample in _SAMPLES:
            lay_out(form, look, frame, sample)


def _tried(act: Callable[[], object], well: str) -> tuple[bool, str]:
    try:
        act()
    except CardRefused as refusal:
        return False, _words(refusal)
    return True, well


def _words(refusal: CardRefused) -> str:
    place = f" ({refusal.place})" if refusal.place else ""
    return f"{refusal.message}{place} {refusal.hint}".strip()
