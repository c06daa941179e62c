"""Words, brand and template come to the places that were drawn."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from scheduler.cards import brand, template
from scheduler.cards.frames import FRAMES
from scheduler.cards.layout import lay_out
from scheduler.cards.scene import NoRoom
from scheduler.cards.words import Words
from scheduler.domain.card import CardSpec
from scheduler.domain.errors import CardRefused

ASSETS = Path(__file__).parents[2] / "assets"
CLINIC = Words(
    opening="“",
    quote="A cough that lasts longer than three weeks deserves a visit, even when you feel well.",
    closing="”",
    name="Dr. Lena Marsh",
    role="General practitioner",
    address="book.example-clinic.com",
)


def laid_out(words: Words = CLINIC, size: str = "square", **look: object) -> CardSpec:
    clinic = dataclasses.replace(brand.load(ASSETS / "samples" / "linden"), **look)  # type: ignore[arg-type]
    return lay_out(template.load(ASSETS, "editorial"), clinic, FRAMES[size], words)


def quote_lines(spec: CardSpec) -> list[str]:
    return [line.text for line in spec.lines if line.face == "serif-400" and line.text != "“"]


def test_the_clinic_square_stands_where_it_was_drawn() -> None:
    spec = laid_out()
    quote = [line for line in spec.lines if line.text in quote_lines(spec)]
    assert [line.size / 10.8 for line in quote] == pytest.approx([8.27] * 5, abs=0.01)
    assert [line.baseline / 10.8 for line in quote] == pytest.approx([24.0, 34.0, 44.0, 54.0, 64.0], abs=0.1)
    name, role = (line for line in spec.lines if line.text in {CLINIC.name, CLINIC.role})
    assert (name.baseline / 10.8, role.baseline / 10.8) == pytest.approx((73.2, 77.1), abs=0.1)


@pytest.mark.parametrize(
    ("size", "drawn"),
    [
        ("square", "A cough that/lasts longer than/three weeks deserves/a visit, even when/you feel well.”"),
        ("landscape", "A cough that lasts/longer than three weeks/deserves a visit, even/when you feel well.”"),
        ("portrait", "A cough that/lasts longer than/three weeks/deserves a visit,/even when/you feel well.”"),
        ("story", "A cough that/lasts longer than/three weeks/deserves a visit,/even when/you feel well.”"),
    ],
)
def test_each_size_breaks_its_lines_as_drawn(size: str, drawn: str) -> None:
    assert quote_lines(laid_out(size=size)) == drawn.split("/")


def test_the_first_line_hangs_at_one_height_whatever_the_length() -> None:
    tops = []
    for quote in ("Rest.", CLINIC.quote, CLINIC.quote * 2):
        spec = laid_out(dataclasses.replace(CLINIC, quote=quote))
        first = next(line for line in spec.lines if line.text == "“")
        tops.append(first.baseline - 0.67 * first.size)
    assert tops == pytest.approx([18.5 * 10.8] * 3, abs=0.2)


def test_without_a_name_the_quote_takes_the_room() -> None:
    long = dataclasses.replace(CLINIC, quote=f"{CLINIC.quote} So does one that comes back every spring.")
    alone = laid_out(dataclasses.replace(long, name="", role=""))
    assert max(line.size for line in alone.lines) > max(line.size for line in laid_out(long).lines)
    assert {line.text for line in alone.lines} >= {"Linden Clinic", CLINIC.address}


def test_without_a_logo_the_name_of_the_business_stands_on_the_edge() -> None:
    spec = laid_out(logo=None)
    wordmark = next(line for line in spec.lines if line.text == "Linden Clinic")
    assert spec.pictures == ()
    assert wordmark.x == pytest.approx(8 * 10.8)


def test_an_address_too_long_for_the_foot_is_refused_by_name() -> None:
    with pytest.raises(NoRoom, match="booking address"):
        laid_out(dataclasses.replace(CLINIC, address="www.example.com/" + "x" * 60))


@pytest.mark.parametrize(("quote", "reason"), [("", "empty"), ("word " * 150, "too long"), ("x" * 90, "too wide")])
def test_what_does_not_fit_is_refused_with_its_reason(quote: str, reason: str) -> None:
    with pytest.raises(CardRefused, match=reason) as refusal:
        laid_out(dataclasses.replace(CLINIC, quote=quote))
    assert refusal.value.hint


def test_equal_cards_have_equal_hashes_and_another_colour_another() -> None:
    one, same = laid_out(), laid_out()
    assert one.spec_hash == same.spec_hash
    assert dataclasses.replace(one, ground="#ffffff").spec_hash != one.spec_hash


@pytest.mark.parametrize(
    "quote", ["Yes, rest.", "‘Yes,’ she said, ‘rest is part of the treatment, and so is a walk under the trees.’"]
)
def test_the_first_letter_stands_on_the_axis_and_its_marks_hang_before_it(quote: str) -> None:
    spec = laid_out(dataclasses.replace(CLINIC, quote=quote))
    mark, first = (line for line in spec.lines if line.face == "serif-400" and line.baseline < 350)
    fonts, axis = brand.load(ASSETS / "samples" / "linden").fonts, 11 * 10.8
    before = fonts.width("serif-400", first.text.partition("Y")[0] + "Y") - fonts.width("serif-400", "Y")
    letter = first.x + (before + fonts.bearing("serif-400", "Y")) * first.size
    assert letter == pytest.approx(axis - 0.02 * first.size, abs=0.005 * first.size)
    assert mark.x < first.x


def test_a_mark_behind_the_opening_one_never_makes_a_short_quote_small() -> None:
    plain, marked = (laid_out(dataclasses.replace(CLINIC, quote=quote)) for quote in ("Yes, rest.", "‘Yes,’ rest."))
    sizes = [max(line.size for line in spec.lines) for spec in (plain, marked)]
    assert sizes[1] > 0.8 * sizes[0]
    assert min(line.x for line in marked.lines) >= 3 * 10.8


def test_a_text_that_is_too_long_is_told_by_how_much_and_fits_once_it_is_as_short() -> None:
    long = " ".join([CLINIC.quote] * 8)
    with pytest.raises(CardRefused) as refusal:
        laid_out(dataclasses.replace(CLINIC, quote=long))
    whole, fits = map(int, re.findall(r"\d+", refusal.value.message))
    assert whole == len(long) + 1
    assert str(whole - fits) in refusal.value.hint
    assert laid_out(dataclasses.replace(CLINIC, quote=long[: fits - 12]))


def test_a_word_too_long_for_the_card_is_named_and_set_once_it_may_be_divided() -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
    with pytest.raises(CardRefused, match=r"“Donaudampfschifffahrts.*too wide"):
        laid_out(dataclasses.replace(CLINIC, quote=word))
    divided = laid_out(dataclasses.replace(CLINIC, quote=word.replace("elektri", "\u00adelektri\u00ad")))
    assert any(line.text.endswith(("schifffahrts-", "elektri-")) for line in divided.lines)
