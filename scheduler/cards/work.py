"""What the painting child does: requests in, pictures on disk and results out, no exception for bad input."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from scheduler.cards import brand, encode, photos, template
from scheduler.cards.alt import alt_text
from scheduler.cards.brand import Brand
from scheduler.cards.frames import Frame, frame
from scheduler.cards.layout import lay_out
from scheduler.cards.paint import paint as paint_spec
from scheduler.cards.place_photo import photo_under
from scheduler.cards.scene import NoRoom
from scheduler.cards.scripts import engine_warnings
from scheduler.cards.template import Template
from scheduler.cards.words import Words, named, words_of
from scheduler.domain.card import CardRequest, CardResult, CardSpec, PaintedCard, RefusedCard, suiting
from scheduler.domain.errors import CardRefused

_Brands = Callable[[Path], Brand]
_Templates = Callable[[Path, str], Template]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A card that has been laid out, by the template of this name."""

    template: str
    spec: CardSpec
    alt_text: str
    warnings: tuple[str, ...]


def paint(requests: tuple[CardRequest, ...]) -> tuple[CardResult, ...]:
    """One result a request, in order; a picture that is already there and whole is not painted again."""
    brand_in, template_in = lru_cache(brand.load), lru_cache(template.load)
    return tuple(_result(request, brand_in, template_in) for request in requests)


def draw(request: CardRequest, look: Brand, template_in: _Templates = template.load) -> Drawn:
    """The card laid out by its template, or by its fallback. Raises CardRefused as the first of them did."""
    words, place = words_of(request, look), frame(request.size)
    first: CardRefused | None = None
    for name in candidates(request):
        form = template_in(Path(request.assets), name)
        if name != request.fallback and request.fallback and form.needs and not words.has(form.needs):
            continue
        try:
            spec, warnings = _laid_out(form, look, place, words)
        except CardRefused as refusal:
            first = first or refusal
            continue
        alt = alt_text(words, listed=form.needs == "items", most=request.takes.most_alt_text)
        if look.photos and spec.photo:
            warnings = (*warnings, *photos.notes(spec.photo.crop, (spec.width, spec.height)))
        return Drawn(template=name, spec=spec, alt_text=alt, warnings=warnings)
    raise first or CardRefused("No template can show this text.", hint="Choose another template.")


def candidates(request: CardRequest) -> Iterator[str]:
    """The names of the templates to try, in order."""
    name = suiting(request.template, request.kind)
    yield name
    if request.fallback not in {"", name}:
        yield request.fallback


def pictures_of(spec: CardSpec, look: Brand, request: CardRequest) -> Mapping[str, Image.Image]:
    """What the spec shows besides text and shapes, by SHA-256."""
    found = dict(look.pictures)
    if spec.photo:
        fitted = photo_under(look, words_of(request, look).quote, (spec.width, spec.height))
        found[fitted.sha256] = fitted.image
    return found


def _result(request: CardRequest, brand_in: _Brands, template_in: _Templates) -> CardResult:
    try:
        look = named(brand_in(Path(request.brand_folder)), request)
        return _painted(request, look, draw(request, look, template_in))
    except CardRefused as refusal:
        return _refused(refusal)
    except OSError as error:
        return _unwritten(request, error)


def _refused(refusal: CardRefused) -> RefusedCard:
    return RefusedCard(
        reason=refusal.message, hint=refusal.hint, path=refusal.path, line=refusal.line, setting=refusal.setting
    )


def _unwritten(request: CardRequest, error: OSError) -> RefusedCard:
    """Files that can't be written carry an error number; fonts that break while they are drawn don't."""
    if error.errno is None:
        return RefusedCard(reason=f"The card can't be drawn ({error}).", hint="A font in brand.toml may be damaged.")
    return RefusedCard(
        reason=f"The card can't be written ({error.strerror}).",
        hint=f"Is there room on the disk, and may this user write {error.filename or request.out}?",
    )


def _painted(request: CardRequest, look: Brand, drawn: Drawn) -> PaintedCard:
    path, data = _file(request, look, drawn.spec)
    return PaintedCard(
        path=str(path),
        template=drawn.template,
        size=request.size,
        format=path.suffix.removeprefix("."),
        width=drawn.spec.width,
        height=drawn.spec.height,
        bytes=len(data),
        alt_text=drawn.alt_text,
        spec_hash=drawn.spec.spec_hash,
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=(*engine_warnings(), *look.warnings, *drawn.warnings),
    )


def _file(request: CardRequest, look: Brand, spec: CardSpec) -> tuple[Path, bytes]:
    """The picture's file and its bytes: as it lies there where it is the one that is asked for, else painted.

    Only the file that is tried first is asked for, so that what comes out never depends on what was there before.
    """
    folder, formats = Path(request.out), encode.formats_of(request, photo=spec.photo is not None)
    first = folder / encode.first_name(spec.spec_hash, formats)
    if data := _kept(first, request, spec):
        return first, data
    image = paint_spec(spec, look.fonts, pictures_of(spec, look, request))
    ending, data = encode.lightest_enough(image, formats, request.takes.most_bytes)
    path = folder / f"{spec.spec_hash}{ending}"
    if kept := _kept(path, request, spec):
        return path, kept
    encode.write_whole(path, data)
    return path, data


def _kept(path: Path, request: CardRequest, spec: CardSpec) -> bytes:
    """The bytes of a whole and light enough picture that nobody has changed, which then counts as new; else none.

    Those stay although ours may differ by a newer encoder: a delivery may have promised them.
    """
    if not encode.is_whole(path, (spec.width, spec.height)):
        return b""
    data = path.read_bytes()
    if len(data) > request.takes.most_bytes:
        return b""
    if request.sha256 and hashlib.sha256(data).hexdigest() != request.sha256:
        return b""
    with suppress(PermissionError):
        os.utime(path)
    return data


def _laid_out(form: Template, look: Brand, place: Frame, words: Words) -> tuple[CardSpec, tuple[str, ...]]:
    """The spec; when a line is too long, once more with the logo alone, as the name beside it can be done without."""
    try:
        return lay_out(form, look, place, words), ()
    except NoRoom:
        if look.logo is None or not look.name:
            raise
        note = "The business's name beside the logo was left out: the booking address needs the room."
        return lay_out(form, look, place, words, wordmark=False), (note,)
