"""The painting child answers every request with a card or a reason, whatever it is given."""

from __future__ import annotations

import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from scheduler.cards.doctor import check
from scheduler.cards.work import paint
from scheduler.domain.card import CardRequest, CardResult, PaintedCard, RefusedCard
from tests.engine import changed

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    shutil.copytree(ASSETS, tmp_path / "assets")
    shutil.copytree(ASSETS / "samples" / "linden", tmp_path / "assets" / "brand", dirs_exist_ok=True)
    return tmp_path / "assets"


def one(assets: Path, quote: str = "Rest is part of the treatment.", **more: str) -> CardResult:
    given: dict[str, Any] = {"quote": quote, "assets": str(assets), "out": str(assets.parent / "out"), **more}
    return paint((CardRequest(**given),))[0]


def painted(assets: Path, quote: str = "Rest is part of the treatment.", **more: str) -> PaintedCard:
    card = one(assets, quote, **more)
    assert isinstance(card, PaintedCard), card
    return card


def refused(assets: Path, quote: str = "Rest is part of the treatment.", **more: str) -> RefusedCard:
    card = one(assets, quote, **more)
    assert isinstance(card, RefusedCard), card
    assert card.hint
    return card


def change_brand(assets: Path, old: str, new: str) -> None:
    path = assets / "brand" / "brand.toml"
    path.write_text(path.read_text().replace(old, new))


def test_a_card_says_in_words_what_it_shows(assets: Path) -> None:
    card = painted(assets, 'Rest isn\'t "lazy"...', name="Ada Wren", role="Nurse", address="book.example")
    assert card.alt_text == "“Rest isn’t ‘lazy’…” — Ada Wren, Nurse. book.example"
    assert painted(assets, "Rest.").alt_text == "“Rest.”"


def test_the_address_of_the_brand_is_printed_before_the_booking_links_own(assets: Path) -> None:
    change_brand(assets, 'logo = "logo.png"', 'address = "clinic.example"\nlogo = "logo.png"')
    assert painted(assets, "Rest.", address="long.example/book/1").alt_text == "“Rest.” clinic.example"


def test_a_card_that_is_there_and_whole_is_not_painted_again(assets: Path) -> None:
    first = painted(assets)
    number = Path(first.path).stat().st_ino
    assert painted(assets) == first
    assert Path(first.path).stat().st_ino == number


def test_a_card_that_was_cut_off_on_disk_is_painted_again(assets: Path) -> None:
    first = painted(assets)
    Path(first.path).write_bytes(Path(first.path).read_bytes()[:5000])
    assert painted(assets) == first


def test_requests_and_results_travel_as_json(assets: Path) -> None:
    for result in (painted(assets), refused(assets, "")):
        adapter: TypeAdapter[CardResult] = TypeAdapter(CardResult)
        assert adapter.validate_json(adapter.dump_json(result)) == result


def test_one_bad_request_does_not_cost_the_others_their_cards(assets: Path) -> None:
    good = CardRequest(quote="Rest.", assets=str(assets), out=str(assets.parent / "out"))
    bad = CardRequest(quote="x" * 3000, assets=str(assets), out=good.out)
    assert [type(result) for result in paint((good, bad, good))] == [PaintedCard, RefusedCard, PaintedCard]


def test_without_a_brand_folder_a_card_is_painted_in_our_own_look(assets: Path) -> None:
    shutil.rmtree(assets / "brand")
    assert painted(assets, address="book.example").warnings == ()


def test_a_role_without_a_name_takes_the_names_place(assets: Path) -> None:
    assert painted(assets, role="The team").alt_text.endswith("— The team.")


def test_the_logo_stands_alone_where_the_address_needs_the_room(assets: Path) -> None:
    card = painted(assets, address="www.the-rather-long-name-of-our-clinic.example/book")
    assert "left out" in card.warnings[0]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"size": "huge"}, "no size “huge”"),
        ({"format": "gif"}, "no format “gif”"),
        ({"template": "../brand/brand"}, "no template"),
        ({"quote": "A letter of 2022 \U0001e030"}, "No font here has a glyph for “\U0001e030”"),
        ({"name": "An " + "endless " * 20 + "name"}, "name “An endless"),
        ({"out": "/proc/nothing"}, "can't be written"),
    ],
)
def test_what_cannot_be_painted_is_refused_with_the_reason(assets: Path, more: dict[str, str], reason: str) -> None:
    assert reason in refused(assets, **more).reason


@pytest.mark.parametrize(
    ("old", "new", "line", "setting"),
    [
        ('"#0f4f46"', '"greenish"', 10, "colours.primary"),
        ("name =", "nmae =", 3, "nmae"),
        ("[colours]", "[colours", 9, ""),
        ('"logo.png"', '"nothing.png"', 5, "logo"),
        ('"logo.png"', '"../templates/editorial.toml"', 5, "logo"),
    ],
)
def test_a_wrong_line_in_the_brand_is_told_with_its_place(
    assets: Path, old: str, new: str, line: int | None, setting: str
) -> None:
    change_brand(assets, old, new)
    card = refused(assets)
    assert (Path(card.path).name, card.line, card.setting) == ("brand.toml", line, setting)
    assert str(line or setting) in card.words
    assert card.error.place in card.words


def test_a_wrong_line_in_a_template_is_told_with_its_place(assets: Path) -> None:
    path = assets / "templates" / "editorial.toml"
    path.write_text(
        path.read_text().replace('baseline = "name.baseline + 3.9"', 'baseline = "__import__"'.replace("__", "1+"))
    )
    number = path.read_text().splitlines().index('baseline = "1+import1+"') + 1
    assert f"editorial.toml, line {number}, element.7.baseline" in refused(assets).error.place


PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


BOMB = (
    PNG + chunk(b"IHDR", (60000).to_bytes(4, "big") * 2 + b"\x08\x06\0\0\0") + chunk(b"IDAT", zlib.compress(bytes(9)))
)


@pytest.mark.parametrize(
    "data", [b"", b"no picture", PNG, PNG + b"\0" * 40, BOMB, b"<svg/>", b"\xff\xd8\xff\xe0" + b"\1" * 99]
)
def test_a_logo_that_is_no_sound_picture_is_refused(assets: Path, data: bytes) -> None:
    (assets / "brand" / "logo.png").write_bytes(data)
    assert "logo" in refused(assets).words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("smallest = 4.2", "smallest = 42"),
        ("size = 3.0", "size = 0"),
        ("height = 4.8", "height = -4.8"),
        ("leading = [1.16, 1.30]", "leading = [0, 1]"),
        ("smallest = 4.2", "smallest = " + "9" * 5000),
        ("[[element]]", "[" * 3000),
        ('face = "serif-400"', 'face = "fraktur"'),
    ],
)
def test_a_template_that_makes_no_sense_is_refused_and_the_doctor_says_so(assets: Path, old: str, new: str) -> None:
    path = assets / "templates" / "editorial.toml"
    path.write_text(path.read_text().replace(old, new))
    assert refused(assets, name="Ada Wren").reason
    assert ("template editorial", False) in [(what, well) for what, well, _ in check(str(assets))]


def test_a_font_that_is_none_is_refused_by_its_file(assets: Path) -> None:
    (assets / "brand" / "own.otf").write_bytes(b"OTTO" + b"\0" * 60)
    change_brand(assets, "# [fonts]", '[fonts]\nserif-400 = "own.otf"')
    assert "own.otf" in refused(assets).words


def test_without_raqm_latin_is_painted_with_a_warning_and_hebrew_refused(assets: Path) -> None:
    with changed() as patch:
        patch.setattr("PIL.features.check", lambda feature: False)
        assert ["libfribidi0" in warning for warning in painted(assets, "Ύπνος, сон, sleep.").warnings] == [True]
        assert "libfribidi0" in refused(assets, "שינה טובה").hint


def test_the_doctor_finds_all_well_and_names_what_is_not(assets: Path) -> None:
    rows = {what: (well, words) for what, well, words in check(str(assets))}
    assert all(well for what, (well, _) in rows.items() if what not in {"text engine", "scripts"})
    (assets / "templates" / "mine.toml").write_text("ground = 'paper'\nelement = []\n")
    (assets / "brand" / "logo.png").write_bytes(b"no picture")
    broken = {what: (well, words) for what, well, words in check(str(assets))}
    assert broken["brand"][0] is False
    assert "logo.png" in broken["brand"][1]
