"""A card's code leads to the booking page: whole pixels, a quiet plate around it, and none rather than a small one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from scheduler.cards import brand
from scheduler.cards.colour import contrast
from scheduler.cards.work import draw, paint
from scheduler.domain.card import CardRequest, CardSpec, Code, PaintedCard
from scheduler.domain.errors import CardRefused
from scheduler.domain.links import for_scanning

ASSETS = Path(__file__).parents[2] / "assets"
LINDEN = ASSETS / "samples" / "linden"
ITEMS = ("Bring every medicine you take", "Wear sleeves that roll up", "Ask someone to come along")
LINKS = st.text("abcdefghijklmnop-/", min_size=1, max_size=120).map(lambda path: f"https://book.example/{path}")


def request(*links: str, size: str = "square", out: str = "", items: tuple[str, ...] = ITEMS) -> CardRequest:
    heading = "Before your first visit"
    return CardRequest(
        quote="x", heading=heading, items=items, template="tips", links=links, size=size, address="book.example",
        assets=str(ASSETS), brand=str(LINDEN), out=out,
    )  # fmt: skip


def laid_out(*links: str, size: str = "square", items: tuple[str, ...] = ITEMS) -> CardSpec:
    return draw(request(*links, size=size, items=items), brand.load(LINDEN)).spec


def read_back(path: str, code: Code) -> list[list[int]]:
    """The code's modules as they stand in the picture: each pixel of a module has to agree with its middle."""
    ink = Image.open(path).convert("L").point(lambda value: 255 * (value < 128))
    side = code.module * len(code.rows)
    area = ink.crop((code.left, code.top, code.left + side, code.top + side))
    small = area.resize((len(code.rows), len(code.rows)), Image.Resampling.BOX)
    assert set(small.tobytes()) == {0, 255}
    return [
        [value // 255 for value in small.crop((0, row, small.width, row + 1)).tobytes()] for row in range(small.height)
    ]


@pytest.mark.parametrize("size", ["square", "landscape", "portrait", "story"])
def test_the_painted_code_is_the_one_of_the_link(tmp_path: Path, size: str) -> None:
    link = "https://book.example-clinic.com/visit"
    card = paint((request(link, size=size, out=str(tmp_path)),))[0]
    assert isinstance(card, PaintedCard)
    (code,) = laid_out(link, size=size).codes
    assert read_back(card.path, code) == [list(row) for row in segno.make_qr(link, error="M").matrix]


@settings(max_examples=20)
@given(LINKS, st.sampled_from(["square", "landscape", "portrait", "story"]))
def test_whatever_the_link_its_code_is_large_enough_with_quiet_around_it_or_left_out(link: str, size: str) -> None:
    spec = laid_out(link, size=size)
    for code in spec.codes:
        side, quiet = code.module * len(code.rows), 4 * code.module
        assert code.module >= 4
        assert quiet <= code.left <= spec.width - side - quiet
        assert quiet <= code.top <= spec.height - side - quiet
        assert contrast(code.colour, "#ffffff") >= 7
        assert side + 2 * quiet <= (17 if size == "landscape" else 15.5) * min(spec.width, spec.height) / 100


def test_the_first_link_that_has_room_is_taken() -> None:
    links = for_scanning("https://book.example/visit", campaign="why-backs-ache")
    assert links[-1] == "https://book.example/visit"
    assert "utm_campaign=why-backs-ache" in links[0]
    long = "https://book.example/" + "x" * 200
    assert laid_out(long, *links[2:]).codes == laid_out(links[2]).codes
    assert laid_out(long).codes == ()


def test_without_a_code_the_title_has_its_room() -> None:
    bare, coded = laid_out(), laid_out("https://book.example")
    assert bare.codes == ()
    assert len(coded.shapes) == len(bare.shapes) + 1


def test_a_list_that_needs_the_room_does_without_its_code() -> None:
    item = "A line of a list that is as long as a line can be on a card of"
    assert laid_out("https://book.example", items=(item,) * 4).codes
    assert not laid_out("https://book.example", items=(item,) * 6).codes


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [('colour = "ink"', 'colour = "warm"', "can't be scanned"), ('left = "R - 15.5', 'left = "R + 9', "off the card")],
)
def test_a_code_that_nobody_could_scan_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    form = (
        (ASSETS / "templates" / "tips.toml")
        .read_text()
        .replace(old, new, 1)
        .replace('right = "R"', 'right = "R + 30"', 1)
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "tips.toml").write_text(form)
    card = dataclasses.replace(request("https://book.example"), assets=str(tmp_path))
    with pytest.raises(CardRefused, match=reason):
        draw(card, brand.load(LINDEN))
