"""Texts that run from the right, or both ways: in the order in which their readers read them, on a mirrored card."""

from __future__ import annotations

import dataclasses
from itertools import groupby
from pathlib import Path

import pytest
from bidi import get_display
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from scheduler.cards import bidi, brand, fallback, lettering, template
from scheduler.cards.fonts import Fonts
from scheduler.cards.frames import FRAMES
from scheduler.cards.layout import lay_out
from scheduler.cards.typography import tidy
from scheduler.cards.words import Words
from scheduler.domain.card import Box, CardSpec, Code, Line, Shape

ASSETS = Path("assets")
CLINIC = brand.load(ASSETS / "samples" / "linden")
ARABIC = fallback.named("NotoNaskhArabic-Regular.ttf")
needs_arabic = pytest.mark.skipif(ARABIC is None, reason="fonts-noto-core not installed")
LETTERS = "abXY אבגד هوز ١٢ 0189 .,:;-+/%€$#()[]{}«»“”!?…&\u0301\u064b\u200f\u200e"


def shown(text: str, base: str) -> str:
    """The text from left to right, by our levels, with brackets as they were typed."""
    pairs = zip(bidi.levels(text, base), text, strict=True)
    runs = (
        (level, "".join(letter for _, letter in group)) for level, group in groupby(pairs, key=lambda pair: pair[0])
    )
    return "".join(bidi.visual([(level, run[::-1] if level % 2 else run) for level, run in runs]))


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from(LETTERS), min_size=1, max_size=16), st.sampled_from(["ltr", "rtl"]))
@example("ab (אב) 12% [ג]", "rtl")
@example("هو 12-15% (a) 8.5,", "rtl")
def test_any_line_is_ordered_as_the_reference_orders_it(text: str, base: str) -> None:
    line = f"{text}."
    assert shown(line, base) == get_display(line, base_dir=base[0].upper())


@pytest.mark.parametrize(
    ("text", "language", "base"),
    [
        ("Linden هي عيادة", "ar", "rtl"),
        ("Linden هي عيادة صغيرة", "en", "rtl"),
        ("שלום is the Hebrew word for peace", "en", "ltr"),
        ("שלום is the Hebrew word for peace", "he", "rtl"),
        ("linden.example/book", "he", "ltr"),
        ("+41 44 123 45 67", "ar", "ltr"),
        ("", "ar", "ltr"),
    ],
)
def test_a_text_runs_as_its_language_or_most_of_its_letters_do(text: str, language: str, base: str) -> None:
    assert bidi.direction(text, language) == base


def test_marks_that_stand_alone_run_as_their_card_does_and_numbers_do_not() -> None:
    fonts = Fonts().reading("he", rtl=True)
    assert fonts.direction("«") == "rtl"
    assert fonts.direction("+41 44 123") == "ltr"


@needs_arabic
@pytest.mark.parametrize("text", ["نوم 8 ساعات, 2024!", "في 12.5 و 30: نعم", "نوم جيد"])
def test_runs_are_painted_where_the_engine_paints_the_whole_line(text: str) -> None:
    assert ARABIC
    fonts = Fonts({"serif-400": ARABIC}, language="ar")
    pages = [Image.new("RGB", (1200, 220)) for _ in range(2)]
    x = 20.0
    for run in fonts.runs("serif-400", text):
        line = Line(
            text=run.text, face="serif-400", font_sha256="", size=80, x=x, baseline=130, colour="#ffffff",
            direction=run.direction, language="ar",
        )  # fmt: skip
        lettering.write(pages[0], line, fonts)
        x += fonts.advance("serif-400", run) * 80
    whole = {"direction": "rtl", "language": "ar"}
    ImageDraw.Draw(pages[1]).text((20, 130), text, font=fonts.load("serif-400", 80), anchor="ls", **whole)  # type: ignore[arg-type]
    ink, differing = (sum(page.convert("L").histogram()[128:]) for page in (pages[1], ImageChops.difference(*pages)))
    assert differing < 0.1 * ink


def card(quote: str, language: str, name: str = "editorial", size: str = "square") -> CardSpec:
    words = Words(
        opening="«", quote=quote, closing="»", name="A name", role="A role", address="a.example", language=language
    )
    return lay_out(template.load(ASSETS, name), CLINIC, FRAMES[size], words)


def x_of(spec: CardSpec, text: str) -> float:
    return next(line.x for line in spec.lines if line.text == text)


@needs_arabic
@pytest.mark.parametrize("name", template.names(ASSETS))
def test_a_card_that_is_read_from_the_right_is_the_mirror_of_one_that_is_not(name: str) -> None:
    left, right = (
        card("Rest is good for a back that hurts.", "en", name),
        card("النوم الجيد مفيد للظهر المتعب.", "ar", name),
    )
    for one, other in zip(left.pictures, right.pictures, strict=True):
        assert one.left + one.width + other.left == left.width
    edges = [sorted(shape.left for shape in spec.shapes if isinstance(shape, Box)) for spec in (left, right)]
    ends = [
        sorted(spec.width - shape.right for shape in spec.shapes if isinstance(shape, Box)) for spec in (left, right)
    ]
    assert edges == ends[::-1]


@needs_arabic
def test_the_mirrored_card_begins_at_the_right_and_keeps_the_address_readable() -> None:
    spec = card("النوم الجيد مفيد للظهر المتعب.", "ar")
    frame = FRAMES["square"]
    address = next(line for line in spec.lines if line.text == "a.example")
    assert address.direction == "ltr"
    assert address.x == pytest.approx(frame.side * frame.u, abs=2)
    quote = next(line for line in spec.lines if line.size > 50 and line.direction == "rtl" and len(line.text) > 3)
    assert lettering.ink_box(quote, CLINIC.fonts)[2] == pytest.approx(frame.width - 11 * frame.u, abs=3)


@needs_arabic
def test_a_code_changes_its_place_and_not_its_look() -> None:
    words = Words(
        opening="", quote="نوم", closing="", title="نوم", items=("النوم الجيد", "المشي"), language="ar",
        links=("https://a.example/book",),
    )  # fmt: skip
    arabic = lay_out(template.load(ASSETS, "tips"), CLINIC, FRAMES["square"], words)
    latin = dataclasses.replace(words, title="Rest", items=("Sleep well", "Walk"), language="en")
    (code,), (other,) = arabic.codes, lay_out(template.load(ASSETS, "tips"), CLINIC, FRAMES["square"], latin).codes
    assert code.rows == other.rows
    assert code.left + other.left + code.module * len(code.rows) == 1080
    assert on_its_plate(arabic, code)


def on_its_plate(spec: CardSpec, code: Code) -> bool:
    plates = [shape for shape in spec.shapes if isinstance(shape, Shape) and shape.colour == "#ffffff"]
    (xs,) = [[x for x, _ in plate.outlines[0]] for plate in plates]
    return min(xs) < code.left and code.left + code.module * len(code.rows) < max(xs)


@needs_arabic
@pytest.mark.parametrize(
    ("quote", "language", "mark"),
    [("هل النوم مفيد؟ نعم إنه مفيد", "ar", "؟"), ("האם שינה טובה? כן, היא טובה", "he", "?")],
)
def test_the_large_question_mark_is_that_of_the_script(quote: str, language: str, mark: str) -> None:
    (ornament,) = card(quote, language, "question").ornaments
    assert ornament.text == mark
    assert ornament.clip[0] == 0
    assert ornament.x < 540


@needs_arabic
@pytest.mark.parametrize(
    ("quote", "language", "sign_first"),
    [("50% מהאנשים ישנים טוב.", "he", False), ("50% من الناس ينامون جيدا.", "ar", True)],
)
def test_a_share_reads_as_its_language_writes_it(quote: str, language: str, sign_first: bool) -> None:
    spec = card(quote, language, "number")
    assert (x_of(spec, "%") < x_of(spec, "50")) == sign_first


def test_marks_of_direction_stay_where_a_text_runs_both_ways() -> None:
    assert tidy("האם C++\u200f! טוב") == "האם C++\u200f! טוב"
    assert tidy("Plain\u200e words\u200f.") == "Plain words."
