"""What the pixels show: ink inside the frame, text that can be read, whole files with nothing hidden in them."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from scheduler.cards import brand, template
from scheduler.cards.colour import contrast
from scheduler.cards.frames import FRAMES
from scheduler.cards.layout import lay_out
from scheduler.cards.paint import lowest_contrast, paint
from scheduler.cards.words import words_of
from scheduler.cards.work import paint as work
from scheduler.domain.card import Box, CardRequest, CardSpec, PaintedCard
from scheduler.domain.errors import CardRefused

ASSETS = Path(__file__).parents[2] / "assets"
LOOK, FORM = brand.load(ASSETS / "samples" / "linden"), template.load(ASSETS, "editorial")
PICTURES = {LOOK.logo.sha256: LOOK.logo.image} if LOOK.logo else {}
LATIN = st.text(
    alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x17F, categories=("L", "Nd", "Po", "Pd", "Zs")),
    min_size=1,
    max_size=60,
)
TEXTS = st.lists(LATIN, min_size=1, max_size=8).map(lambda parts: " ".join(parts)[:400])


def request(quote: str, **more: str) -> CardRequest:
    given: dict[str, Any] = {"quote": quote, "assets": str(ASSETS), "out": "", **more}
    return CardRequest(**given)


def spec_of(quote: str, size: str = "square", **more: str) -> CardSpec:
    return lay_out(FORM, LOOK, FRAMES[size], words_of(request(quote, **more), LOOK))


def attempted(quote: str, size: str, **more: str) -> CardSpec | CardRefused:
    try:
        return spec_of(quote, size, **more)
    except CardRefused as refusal:
        return refusal


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(sorted(FRAMES)), st.booleans())
def test_any_latin_text_is_painted_inside_the_frame_or_refused_with_a_reason(text: str, size: str, named: bool) -> None:
    names = {"name": "Ada Wren", "role": "Nurse"} if named else {}
    spec = attempted(text, size, **names)
    if isinstance(spec, CardRefused):
        assert all((spec.message, spec.hint))
        return
    image = paint(spec, LOOK.fonts, PICTURES)
    ground = Image.new("RGB", image.size, spec.ground)
    ink = ImageChops.difference(image, ground).getbbox()
    frame = FRAMES[size]
    left, right, top, bottom = (frame.edges()[edge] * frame.u for edge in "LRTB")
    assert ink is not None
    assert ink[0] >= left - 5.5 * frame.u  # an opening mark within another may hang out
    assert ink[1] >= top - 1
    assert ink[2] <= right + 2
    assert ink[3] <= bottom + 1


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from(sorted(FRAMES)))
def test_the_quote_never_runs_into_the_foot(text: str, size: str) -> None:
    spec = attempted(text, size, name="Ada Wren", role="Nurse")
    if isinstance(spec, CardRefused):
        return
    rule = spec.shapes[2].top  # type: ignore[union-attr]
    above = [line for line in spec.lines if line.baseline < rule]
    assert {"Ada Wren", "Nurse"} <= {line.text for line in above}
    assert all(line.baseline + 0.3 * line.size < rule for line in above)


def test_every_text_of_the_sample_brand_measures_a_contrast_of_4_5_on_its_pixels() -> None:
    spec = spec_of("Rest is part of the treatment.", name="Ada Wren", role="Nurse")
    bare = paint(dataclasses.replace(spec, lines=()), LOOK.fonts, PICTURES)
    assert len(spec.lines) >= 5
    assert min(lowest_contrast(bare, line, LOOK.fonts) for line in spec.lines) >= 4.5


def test_a_text_over_something_dark_is_refused_by_measuring_the_pixels() -> None:
    spec = spec_of("Rest is part of the treatment.")
    dark = Box(left=300, top=150, right=310, bottom=400, colour="#202020")
    with pytest.raises(CardRefused, match="contrast"):
        paint(dataclasses.replace(spec, shapes=(*spec.shapes, dark)), LOOK.fonts, PICTURES)


@pytest.mark.parametrize("line", ["Rest is", "Dr. Ada Wren", "Nurse", "book.example"])
def test_painted_ink_has_the_full_colour_of_its_text(line: str) -> None:
    spec = spec_of("Rest is " * 8, name="Dr. Ada Wren", role="Nurse", address="book.example")
    place = next(found for found in spec.lines if found.text.startswith(line))
    image = paint(spec, LOOK.fonts, PICTURES)
    x, y = int(place.x), int(place.baseline)
    box = image.crop((x, int(y - place.size), x + int(4 * place.size), y + 4))
    colours = [f"#{bytes(value).hex()}" for _, value in box.getcolors(1 << 20) or [] if isinstance(value, tuple)]
    assert max(contrast(colour, spec.ground) for colour in colours) >= 0.95 * contrast(place.colour, spec.ground)


@pytest.mark.parametrize("form", ["png", "jpg", "webp"])
def test_every_format_is_whole_has_the_size_and_carries_nothing_but_pixels(form: str, tmp_path: Path) -> None:
    card = work((request("Rest is part of it.", format=form, size="landscape", out=str(tmp_path)),))[0]
    assert isinstance(card, PaintedCard)
    with Image.open(card.path) as image:
        image.load()
        assert image.size == (card.width, card.height) == (1600, 900)
        assert not {"exif", "xmp", "icc_profile", "comment", "dpi"} & set(image.info)
        assert not any(isinstance(value, str | bytes) for value in image.info.values())
    assert [path.name for path in tmp_path.iterdir()] == [f"{card.spec_hash}.{form}"]
