"""A logo is seen on every ground, whatever form it was given in."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from scheduler.cards import brand, svg
from scheduler.cards.logo import form_on, load, plate_for
from scheduler.cards.work import draw, pictures_of
from scheduler.domain.card import CardRequest
from scheduler.domain.errors import CardRefused

ASSETS = Path(__file__).parents[2] / "assets"
PAPER, GREEN = "#f5f3ec", "#0f4f46"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'


def blot(path: Path, *colours: str, ground: str | None = None, size: tuple[int, int] = (300, 150)) -> Path:
    """A logo of discs side by side."""
    image = Image.new("RGBA" if ground is None else "RGB", size, ground)
    for number, colour in enumerate(colours):
        ImageDraw.Draw(image).ellipse((20 + 130 * number, 20, 130 + 130 * number, 130), fill=colour)
    image.save(path)
    return path


def test_empty_edges_are_cut_off(tmp_path: Path) -> None:
    assert load(blot(tmp_path / "a.png", "black")).image.size == (111, 111)


def test_a_white_box_is_taken_away_and_the_ink_keeps_its_look_on_white(tmp_path: Path) -> None:
    logo = load(blot(tmp_path / "a.png", "#123a8a", "#e0a020", ground="white"))
    assert logo.image.getpixel((0, 0))[3] == 0  # type: ignore[index]
    on_white = Image.new("RGBA", logo.image.size, "white")
    on_white.alpha_composite(logo.image)
    for x, colour in ((55, (0x12, 0x3A, 0x8A)), (185, (0xE0, 0xA0, 0x20))):
        assert on_white.getpixel((x, 55))[:3] == pytest.approx(colour, abs=12)  # type: ignore[index]
    assert logo.warnings == ()


def test_a_box_of_another_colour_stays_and_is_told(tmp_path: Path) -> None:
    logo = load(blot(tmp_path / "a.png", "white", ground="#e11d48"))
    assert logo.image.size == (300, 150)
    assert "box" in logo.warnings[0]
    with pytest.raises(CardRefused, match="transparent"):
        load(tmp_path / "a.png", tinted=True)


@pytest.mark.parametrize(
    ("colours", "ground", "tint", "plated"),
    [
        (("#0f4f46",), PAPER, False, False),
        (("#0f4f46",), GREEN, True, False),
        (("white",), PAPER, True, False),
        (("#0f4f46", "#ff7a59"), GREEN, False, True),
        (("#ffc53d", "#ff7a59"), GREEN, False, False),
        (("#ff7a59",), PAPER, False, False),
    ],
)
def test_a_logo_that_would_be_lost_on_its_ground_is_tinted_or_put_on_a_plate(
    tmp_path: Path, colours: tuple[str, ...], ground: str, tint: bool, plated: bool
) -> None:
    form = form_on(load(blot(tmp_path / "a.png", *colours)), ground)
    assert (form.tint, form.plated) == (tint, plated)


def test_the_form_for_dark_grounds_stands_on_dark_grounds_only(tmp_path: Path) -> None:
    logo = load(blot(tmp_path / "a.png", GREEN, "#ff7a59"), dark=blot(tmp_path / "b.png", "white", "#ff7a59"))
    assert form_on(logo, GREEN).logo is logo.dark
    assert form_on(logo, PAPER).logo is logo


def test_the_plate_shows_the_logo(tmp_path: Path) -> None:
    assert plate_for(load(blot(tmp_path / "a.png", GREEN, "#ff7a59")), "#ffffff", "#001410") == "#ffffff"
    assert plate_for(load(blot(tmp_path / "b.png", "white", "#ffe9cf")), "#ffffff", "#001410") == "#001410"


def test_a_vector_logo_is_drawn_to_its_ink_as_fine_as_cards_need_it(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(f'{HEAD}<path fill="teal" d="M40 20h20v10h-20z"/></svg>')
    logo = brand.load(tmp_path).logo
    assert logo
    assert logo.image.width == pytest.approx(2 * logo.image.height, abs=4)
    assert logo.image.height >= 100
    assert logo.image.getpixel((9, 9)) == (0, 128, 128, 255)


@pytest.mark.parametrize(
    "inside",
    [
        "<style>.a{clip-path:url(#c)}</style>"
        '<clipPath id="c"><circle cx="20" cy="20" r="18"/></clipPath><path class="a" d="M0 0h9v9z"/>',
        '<linearGradient id="g"><stop stop-color="red"/></linearGradient><path fill="url(#g)" d="M0 0h9v9z"/>',
        '<a href="https://example.com"><path d="M0 0h9v9z"/></a><title>Our logo</title><text> </text>',
    ],
)
def test_what_drawing_programs_write_is_drawn(inside: str) -> None:
    assert svg.rendered(f"{HEAD}{inside}</svg>".encode(), height=100, widest=400).width > 9


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<text>Clinic</text>", "text"),
        ('<image href="a.png"/>', "image"),
        ('<use href="other.svg#a"/>', "another file"),
        ('<g id="a"><g clip-path="url(#a)"/></g>', "itself"),
        ("<g>" * 99 + "</g>" * 99, "intricate"),
        ("", "empty"),
    ],
)
def test_what_is_never_drawn_is_refused_with_a_way_out(inside: str, reason: str) -> None:
    with pytest.raises(svg.Unusable, match=reason) as refusal:
        svg.rendered(f"{HEAD}{inside}</svg>".encode(), height=100, widest=400)
    assert refusal.value.hint


@pytest.mark.parametrize("size", [(2000, 120), (300, 150), (80, 900)])
def test_a_logo_of_any_shape_keeps_to_its_place(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGBA", size, GREEN).save(tmp_path / "logo.png")
    look = dataclasses.replace(brand.load(tmp_path), address="book.example")
    for name in ("editorial", "bold"):
        request = CardRequest(quote="Rest.", template=name, assets=str(ASSETS), brand=str(tmp_path), out="")
        spec = draw(request, look).spec
        (picture,) = spec.pictures
        assert picture.height <= 0.06 * spec.width
        assert picture.width <= 0.41 * spec.width
        assert 0.07 * spec.width <= picture.left <= 0.93 * spec.width - picture.width
        assert picture.sha256 in pictures_of(spec, look, request)


def test_sizes_in_millimetres_and_a_document_type_are_common() -> None:
    kind = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    drawing = (
        f'{kind}<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="10mm"><path d="M0 0h60v20h-60z"/></svg>'
    )
    image = svg.rendered(drawing.encode(), height=100, widest=400)
    assert image.width == pytest.approx(3 * image.height, abs=4)
