"""What the painting child does: requests in, pictures on disk and results out, no exception for bad input."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from scheduler.cards import brand, encode, template, typography
from scheduler.cards.brand import Brand
from scheduler.cards.frames import frame
from scheduler.cards.layout import NoRoom, Words, lay_out
from scheduler.cards.paint import paint as paint_spec
from scheduler.cards.scripts import engine_warnings
from scheduler.domain.card import CardRequest, CardResult, CardSpec, PaintedCard, RefusedCard
from scheduler.domain.errors import CardRefused

_LONGEST_TEXT = 2000


def paint(requests: tuple[CardRequest, ...]) -> tuple[CardResult, ...]:
    """One result a request, in order; a picture that is already there and whole is not painted again."""
    brand_in, template_in = lru_cache(brand.load), lru_cache(template.load)
    return tuple(_result(request, brand_in, template_in) for request in requests)


def _result(
    request: CardRequest, brand_in: Callable[[Path], Brand], template_in: Callable[[Path, str], template.Template]
) -> CardResult:
    try:
        look = named(brand_in(Path(request.brand_folder)), request)
        return _painted(request, look, template_in(Path(request.assets), request.template))
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


def _painted(request: CardRequest, look: Brand, form: template.Template) -> PaintedCard:
    encode.require_format(request.format)
    words = words_of(request, look)
    spec, warnings = _laid_out(form, look, request.size, words)
    path = Path(request.out) / f"{spec.spec_hash}.{request.format}"
    if not encode.is_whole(path, (spec.width, spec.height)):
        pictures = {look.logo.sha256: look.logo.image} if look.logo else {}
        encode.write_whole(path, encode.encode(paint_spec(spec, look.fonts, pictures), request.format))
    data = path.read_bytes()
    return PaintedCard(
        path=str(path),
        template=request.template,
        size=request.size,
        format=request.format,
        width=spec.width,
        height=spec.height,
        bytes=len(data),
        alt_text=alt_text(words),
        spec_hash=spec.spec_hash,
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=(*engine_warnings(), *look.warnings, *warnings),
    )


def named(look: Brand, request: CardRequest) -> Brand:
    """The brand, under the request's name for the business where it has none of its own."""
    return look if look.name or look.logo else replace(look, name=typography.tidy(request.business))


def words_of(request: CardRequest, look: Brand) -> Words:
    """The request's words, typeset. A role without a name takes the name's place. Raises CardRefused for a monster."""
    if max(map(len, (request.quote, request.name, request.role, request.address))) > _LONGEST_TEXT:
        raise CardRefused(f"No card takes more than {_LONGEST_TEXT} characters.", hint="Shorten the text.")
    opening, quote, closing = typography.quoted(request.quote, request.language)
    name, role = typography.typeset(request.name), typography.typeset(request.role)
    return Words(
        opening=opening,
        quote=quote,
        closing=closing,
        name=name or role,
        role=role if name else "",
        address=look.address or typography.tidy(request.address),
    )


def alt_text(words: Words) -> str:
    """The full quote, who said it, and the booking address."""
    who = ", ".join(part for part in (words.name, words.role) if part)
    quote = f"{words.opening}{words.quote}{words.closing}"
    return " ".join(part for part in (f"{quote} — {who}." if who else quote, words.address) if part)


def _laid_out(form: template.Template, look: Brand, size: str, words: Words) -> tuple[CardSpec, tuple[str, ...]]:
    """The spec; when a line is too long, once more with the logo alone, as the name beside it can be done without."""
    try:
        return lay_out(form, look, frame(size), words), ()
    except NoRoom:
        if look.logo is None or not look.name:
            raise
        note = "The business's name beside the logo was left out: the booking address needs the room."
        return lay_out(form, look, frame(size), words, wordmark=False), (note,)
