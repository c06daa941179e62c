"""What the painting child does: requests in, pictures on disk and results out, no exception for bad input."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from scheduler.cards import brand, encode, template
from scheduler.cards.brand import Brand
from scheduler.cards.frames import Frame, frame
from scheduler.cards.layout import lay_out
from scheduler.cards.paint import paint as paint_spec
from scheduler.cards.place_photo import photo_under
from scheduler.cards.scene import NoRoom
from scheduler.cards.scripts import engine_warnings
from scheduler.cards.template import Template
from scheduler.cards.words import Words, alt_text, named, words_of
from scheduler.domain.card import CardRequest, CardResult, CardSpec, PaintedCard, RefusedCard
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
        alt = alt_text(words, listed=form.needs == "items")
        return Drawn(template=name, spec=spec, alt_text=alt, warnings=warnings)
    raise first or CardRefused("No template can show this text.", hint="Choose another template.")


def candidates(request: CardRequest) -> Iterator[str]:
    """The names of the templates to try, in order."""
    name = template.suiting(request.template, request.kind)
    yield name
    if request.fallback not in {"", name}:
        yield request.fallback


def pictures_of(spec: CardSpec, look: Brand, request: CardRequest) -> Mapping[str, Image.Image]:
    """What the spec shows besides text and shapes, by SHA-256."""
    found = {look.logo.sha256: look.logo.image} if look.logo else {}
    if spec.photo:
        fitted = photo_under(look, words_of(request, look).quote, (spec.width, spec.height))
        found[fitted.sha256] = fitted.image
    return found


def _result(request: CardRequest, brand_in: _Brands, template_in: _Templates) -> CardResult:
    try:
        look = named(brand_in(Path(request.brand_folder)), request)
        return _painted(request, look, draw(request, look, template_in))
    except CardRefused as refusal:
        reason = f"{refusal.message} ({refusal.place})" if refusal.place else refusal.message
        return RefusedCard(reason=reason, hint=refusal.hint)
    except OSError as error:
        return _unwritten(request, error)


def _unwritten(request: CardRequest, error: OSError) -> RefusedCard:
    """Files that can't be written carry an error number; fonts that break while they are drawn don't."""
    if error.errno is None:
        return RefusedCard(reason=f"The card can't be drawn ({error}).", hint="A font in brand.toml may be damaged.")
    return RefusedCard(
        reason=f"The card can't be written ({error.strerror}).",
        hint=f"Is there room on the disk, and may this user write {error.filename or request.out}?",
    )


def _painted(request: CardRequest, look: Brand, drawn: Drawn) -> PaintedCard:
    encode.require_format(request.format)
    spec = drawn.spec
    path = Path(request.out) / f"{spec.spec_hash}.{request.format}"
    if not encode.is_whole(path, (spec.width, spec.height)):
        image = paint_spec(spec, look.fonts, pictures_of(spec, look, request))
        encode.write_whole(path, encode.encode(image, request.format))
    data = path.read_bytes()
    return PaintedCard(
        path=str(path),
        template=drawn.template,
        size=request.size,
        format=request.format,
        width=spec.width,
        height=spec.height,
        bytes=len(data),
        alt_text=drawn.alt_text,
        spec_hash=spec.spec_hash,
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=(*engine_warnings(), *look.warnings, *drawn.warnings),
    )


def _laid_out(form: Template, look: Brand, place: Frame, words: Words) -> tuple[CardSpec, tuple[str, ...]]:
    """The spec; when a line is too long, once more with the logo alone, as the name beside it can be done without."""
    try:
        return lay_out(form, look, place, words), ()
    except NoRoom:
        if look.logo is None or not look.name:
            raise
        note = "The business's name beside the logo was left out: the booking address needs the room."
        return lay_out(form, look, place, words, wordmark=False), (note,)
