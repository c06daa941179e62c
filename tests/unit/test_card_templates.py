"""Every template in every size: what was drawn stands where it was drawn, all else fits, can be read, or is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import ImageChops

from scheduler.cards import brand, template
from scheduler.cards.frames import FRAMES
from scheduler.cards.paint import ground_of, lowest_contrast, paint
from scheduler.cards.work import draw, pictures_of
from scheduler.domain.card import CardRequest, CardSpec

ASSETS = Path(__file__).parents[2] / "assets"
CLINIC = brand.load(ASSETS / "samples" / "linden")
TEMPLATES = template.names(ASSETS)
FORMS = {name: template.load(ASSETS, name) for name in TEMPLATES}
TEXTS = {
    "short": "Rest is part of it.",
    "number": "3 of 4 patients who bring a written list of questions leave with every one of them answered.",
    "share": "In a small trial, 68% of those who walked at lunch slept better, and most of them kept walking.",
    "question": "Do I need an appointment for a flu shot? No. Walk in on any weekday before noon. It takes ten "
    "minutes, and you leave with the record for your employer.",
    "long": "Most quarrels between neighbours do not begin with a fence or a tree. They begin with a conversation that "
    "nobody had in time, so our first advice is nearly always to knock on the door.",
}
ITEMS = (
    "Write down your three most important questions",
    "Bring every medicine you take, even the drops",
    "Wear sleeves that roll up easily",
    "Ask someone to come along and listen",
)
BRANDS = {"none": "", "ugly": 'name = "Ugly & Sons"\n[colours]\nprimary = "#00ff00"\nsecondary = "#ff00ff"\n'}


def request(quote: str, form: str, size: str = "square", **more: Any) -> CardRequest:
    who = {"name": "Dr. Lena Marsh", "role": "General practitioner", "address": "book.example-clinic.com"}
    return CardRequest(
        **{"quote": quote, "template": form, "size": size, "assets": str(ASSETS), "out": "", **who, **more}
    )


def spec_of(quote: str, form: str, size: str = "square", look: brand.Brand = CLINIC, **more: Any) -> CardSpec:
    return draw(request(quote, form, size, **more), look, lambda _, name: FORMS[name]).spec


def baselines(spec: CardSpec, *texts: str) -> list[float]:
    return [next(line.baseline for line in spec.lines if line.text.startswith(text)) / 10.8 for text in texts]


# The sentences, sizes and baselines, in hundredths of the side, that the clinic's squares were drawn with.
DRAWN = {
    "bold": ("Sleep is still the first thing we prescribe.", {"Sleep": 41.9, "the first": 54.3, "we pre": 66.7}),
    "number": (TEXTS["number"], {"3": 35.4, "patients": 59.2, "of questions": 66.1, "one": 73.0}),
    "question": (TEXTS["question"], {"Do I": 21.0, "for a": 28.9, "No.": 53.1, "It takes": 59.6, "with": 66.0}),
    "tips": ("Before your first visit with us", {"Before": 13.9, "visit": 21.9, "Write": 32.8, "Ask someone": 76.7}),
}


@pytest.mark.parametrize("form", DRAWN)
def test_the_clinics_squares_stand_where_they_were_drawn(form: str) -> None:
    quote, drawn = DRAWN[form]
    more: dict[str, Any] = {"heading": quote, "items": ITEMS} if form == "tips" else {}
    assert baselines(spec_of(quote, form, **more), *drawn) == pytest.approx(list(drawn.values()), abs=0.1)


@pytest.mark.parametrize("form", TEMPLATES)
@pytest.mark.parametrize("size", FRAMES)
@pytest.mark.parametrize("words", TEXTS)
def test_every_template_shows_any_sentence_in_every_size(words: str, size: str, form: str) -> None:
    spec = spec_of(TEXTS[words], form, size)
    shown = " ".join(line.text for line in spec.lines)
    assert {"Linden Clinic", "book.example-clinic.com"} <= {line.text for line in spec.lines}
    for word in TEXTS[words].split():
        assert word.strip("?") in shown.replace("68 %", "68%")


@pytest.mark.parametrize("look", BRANDS)
@pytest.mark.parametrize("form", TEMPLATES)
def test_every_text_can_be_read_whatever_the_brands_colours(form: str, look: str, tmp_path: Path) -> None:
    (tmp_path / "brand.toml").write_text(BRANDS[look])
    own = brand.load(tmp_path)
    for words, size in zip(TEXTS.values(), (*FRAMES, "square"), strict=True):
        asked = request(words, form, size, items=ITEMS if words == TEXTS["short"] else ())
        spec = draw(asked, own, lambda _, name: FORMS[name]).spec
        bare = ground_of(spec, own.fonts, pictures_of(spec, own, asked))
        assert min(lowest_contrast(bare, line, own.fonts) for line in spec.lines) >= 4.5


def test_a_template_that_suits_the_kind_is_painted_or_editorial_where_it_cannot_show_the_text() -> None:
    drawn: dict[str, tuple[str, dict[str, Any], str]] = {
        "quote": (TEXTS["short"], {}, "editorial"),
        "question": (TEXTS["question"], {}, "question"),
        "number": (TEXTS["number"], {}, "number"),
        "tip": ("Before your visit", {"heading": "Before your visit", "items": ITEMS}, "tips"),
        "article": (TEXTS["short"], {}, "bold"),
    }
    for kind, (quote, more, form) in drawn.items():
        asked = request(quote, "auto", kind=kind, fallback="editorial", **more)
        assert draw(asked, CLINIC).template == form
    for form in ("number", "question", "tips", "photo"):
        assert draw(request(TEXTS["short"], form, fallback="editorial"), CLINIC).template == "editorial"
    crowded = request("A list", "tips", heading="A list", items=(TEXTS["long"],) * 6, fallback="editorial")
    assert draw(crowded, CLINIC).template == "editorial"


def test_a_list_is_told_whole_in_the_alt_text() -> None:
    drawn = draw(request("Before your visit:", "tips", heading="Before your visit:", items=ITEMS[:2], name=""), CLINIC)
    assert drawn.alt_text.startswith("Before your visit: 1. Write down your three most important questions. 2. Bring")
    assert drawn.alt_text.endswith("book.example-clinic.com")


def test_an_articles_title_is_shown_and_told_without_quotation_marks() -> None:
    title = draw(request("What sleep does", "bold", kind="article", heading="What sleep does"), CLINIC)
    quote = draw(request("What sleep does", "bold"), CLINIC)
    assert title.alt_text.startswith("What sleep does — ")
    assert len([shape for shape in quote.spec.shapes if len(getattr(shape, "outlines", ())) == 2]) == 1
    assert [shape for shape in title.spec.shapes if len(getattr(shape, "outlines", ())) == 2] == []


def test_a_list_too_full_for_its_title_gets_a_smaller_one() -> None:
    items = (*ITEMS, "Eat and drink as on any other day")
    wide = spec_of("x", "tips", heading="Before your first visit with us, or with anyone", items=ITEMS[2:])
    full = spec_of("x", "tips", heading="Before your first visit with us, or with anyone", items=items)
    assert baselines(full, "Eat")[0] < 85
    title = [next(line.size for line in spec.lines if line.face == "display-800") for spec in (wide, full)]
    assert title[1] < title[0]


def test_so_many_of_so_many_are_dots_and_a_share_is_a_bar() -> None:
    three, share, plain = (
        spec_of(text, "number") for text in (TEXTS["number"], TEXTS["share"], "18 hours of rest a day.")
    )
    assert [len(shape.outlines) for shape in three.shapes if hasattr(shape, "outlines")] == [3, 1]
    track, bar = (shape.outlines[0] for shape in share.shapes if hasattr(shape, "outlines"))
    wide = [max(x for x, _ in path) - min(x for x, _ in path) for path in (track, bar)]
    assert wide[1] / wide[0] == pytest.approx(0.68, abs=0.01)
    assert len(plain.shapes) == 1


@pytest.mark.parametrize("form", TEMPLATES)
def test_a_story_shows_nothing_to_read_under_the_apps_bars(form: str) -> None:
    asked = request(TEXTS["long"], form, "story")
    spec = draw(asked, CLINIC).spec
    pictures = pictures_of(spec, CLINIC, asked)
    ink = ImageChops.difference(paint(spec, CLINIC.fonts, pictures), ground_of(spec, CLINIC.fonts, pictures)).getbbox()
    assert ink is not None
    assert ink[1] >= 0.14 * 1920 - 1
    assert ink[3] <= 0.80 * 1920 + 1
