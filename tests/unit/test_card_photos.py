"""Photos are cut around what matters, shaded as little as text allows, and bounded before anything is decoded."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scheduler.cards import brand
from scheduler.cards.doctor import check
from scheduler.cards.photos import crop_of
from scheduler.cards.work import draw, paint
from scheduler.domain.card import CardRequest, CardSpec, PaintedCard, RefusedCard

ASSETS = Path(__file__).parents[2] / "assets"


def request(folder: Path, **more: str) -> CardRequest:
    given_words = {"quote": "Rest is part of the treatment.", "name": "Ada Wren", "template": "photo", **more}
    return CardRequest(assets=str(ASSETS), brand=str(folder), out=str(folder / "out"), **given_words)  # type: ignore[arg-type]


def folder_with(folder: Path, picture: Image.Image | bytes, line: str = 'photos = [{ file = "p.png" }]') -> Path:
    if isinstance(picture, bytes):
        (folder / "p.png").write_bytes(picture)
    else:
        picture.save(folder / "p.png")
    (folder / "brand.toml").write_text(line)
    return folder


def spec_with(folder: Path, colour: str) -> CardSpec:
    folder.mkdir()
    folder_with(folder, Image.new("RGB", (600, 450), colour))
    return draw(request(folder), brand.load(folder)).spec


@given(
    st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
    st.sampled_from([(1080, 1080), (1600, 900), (1080, 1920)]),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_crop_lies_in_the_photo_has_the_cards_shape_and_fills_one_side(
    size: tuple[int, int], card: tuple[int, int], focus: tuple[float, float]
) -> None:
    left, top, right, bottom = crop_of(size, card, focus)
    assert left >= 0
    assert top >= 0
    assert right <= size[0] + 0.01
    assert bottom <= size[1] + 0.01
    assert right - left == pytest.approx(size[0], abs=0.02) or bottom - top == pytest.approx(size[1], abs=0.02)
    assert (right - left) * card[1] == pytest.approx((bottom - top) * card[0], abs=0.02 * sum(card))


def test_the_focus_stays_in_sight() -> None:
    assert crop_of((3000, 1000), (1080, 1080), (0.9, 0.5))[0] == pytest.approx(2000)
    assert crop_of((3000, 1000), (1080, 1080), (0.5, 0.5))[0] == pytest.approx(1000)


def test_a_brighter_photo_gets_more_shade(tmp_path: Path) -> None:
    strengths = [spec_with(tmp_path / colour[1:], colour).shades[0].stops[-1][1] for colour in ("#203020", "#ffffff")]
    assert strengths[0] == 0.46
    assert strengths[0] < strengths[1] <= 0.9


@pytest.mark.parametrize("size", ["square", "landscape", "portrait", "story"])
def test_even_on_a_white_photo_every_text_can_be_read(tmp_path: Path, size: str) -> None:
    card = paint((request(folder_with(tmp_path, Image.new("RGB", (900, 700), "white")), size=size, role="Nurse"),))[0]
    assert isinstance(card, PaintedCard)


def bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = chunk(b"IHDR", (12000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100_000)))


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, bomb(), b"\xff\xd8\xff" * 9])
def test_a_photo_that_is_no_sound_picture_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    card = paint((request(folder_with(tmp_path, data)),))[0]
    assert isinstance(card, RefusedCard)
    assert "photo" in card.reason
    assert card.path.endswith("p.png")
    assert card.hint


@pytest.mark.parametrize(
    "line", ['photos = [{ file = "p.png", focus = [2, 0] }]', "photos = [7]", 'photos = [{ file = "../p.png" }]']
)
def test_a_wrong_photo_in_the_brand_is_told_with_its_key(tmp_path: Path, line: str) -> None:
    card = paint((request(folder_with(tmp_path, Image.new("RGB", (9, 9)), line)),))[0]
    assert isinstance(card, RefusedCard)
    assert "photos" in card.setting
    assert card.path.endswith("brand.toml")


def test_the_same_text_always_gets_the_same_photo_and_equal_cards_are_equal(tmp_path: Path) -> None:
    folder_with(tmp_path, Image.effect_mandelbrot((600, 400), (-2, -1, 1, 1), 50).convert("RGB"))
    Image.new("RGB", (600, 400), "navy").save(tmp_path / "q.png")
    (tmp_path / "brand.toml").write_text('photos = [{ file = "p.png" }, { file = "q.png", focus = [0.2, 0.8] }]')
    hashes = {paint((request(tmp_path, quote=f"Rest {n}."),))[0].sha256 for n in (1, 1, 1)}  # type: ignore[union-attr]
    assert len(hashes) == 1
    photos = {draw(request(tmp_path, quote=f"Rest {n}."), brand.load(tmp_path)).spec.photo for n in range(8)}
    assert len(photos) == 2


def test_the_doctor_opens_every_photo_beforehand(tmp_path: Path) -> None:
    (tmp_path / "brand").mkdir()
    folder_with(tmp_path / "brand", Image.new("RGB", (900, 700)))
    assert ("photos", True) in [row[:2] for row in check(str(tmp_path))]
    (tmp_path / "brand" / "p.png").write_bytes(b"no picture")
    assert ("photos", False) in [row[:2] for row in check(str(tmp_path))]
