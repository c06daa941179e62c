"""A card's file: in a format and of a weight that its channels take, with nothing in it but pixels."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from scheduler.cards import encode
from scheduler.cards.work import paint
from scheduler.domain.card import AUTO, CardRequest, CardResult, PaintedCard, RefusedCard, Takes

ASSETS = Path(__file__).parents[2] / "assets"
ALL = ("png", "jpg", "webp")


def one(out: Path, *, takes: Takes | None = None, **more: Any) -> CardResult:
    given = {"quote": "Rest is part of the treatment.", "template": "editorial", "format": AUTO, **more}
    return paint((CardRequest(**given, takes=takes or Takes(), assets=str(ASSETS), out=str(out)),))[0]


def painted(out: Path, **more: Any) -> PaintedCard:
    card = one(out, **more)
    assert isinstance(card, PaintedCard), card
    return card


def noise(side: int = 300) -> Image.Image:
    return Image.frombytes("RGB", (side, side), hashlib.shake_256(b"noise").digest(side * side * 3))


def test_flat_colours_are_png_and_a_photo_is_jpeg_with_its_text_in_full_colour(tmp_path: Path) -> None:
    assert painted(tmp_path).format == "png"
    photo = painted(tmp_path, template="photo")
    with Image.open(photo.path) as picture:
        assert photo.format == "jpg"
        assert picture.format == "JPEG"
        assert [layer[1:3] for layer in picture.layer] == [(1, 1)] * 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("formats", [("jpg",), ("webp",), ("png",), ("webp", "jpg")])
@pytest.mark.parametrize("template", ["editorial", "photo"])
def test_a_card_is_in_a_format_that_its_channels_take(tmp_path: Path, formats: tuple[str, ...], template: str) -> None:
    assert painted(tmp_path, template=template, takes=Takes(formats=formats)).format in formats


def test_a_card_is_as_light_as_its_channels_want_it(tmp_path: Path) -> None:
    best = painted(tmp_path, template="photo")
    lighter = painted(tmp_path, template="photo", takes=Takes(most_bytes=best.bytes - 1))
    assert lighter.bytes < best.bytes
    assert (lighter.format, lighter.spec_hash) == ("jpg", best.spec_hash)
    assert Path(lighter.path) != Path(best.path)
    assert hashlib.sha256(Path(best.path).read_bytes()).hexdigest() == best.sha256


def test_what_can_not_be_light_enough_is_refused_and_never_made_unreadable(tmp_path: Path) -> None:
    for more in ({"takes": Takes(most_bytes=9_000)}, {"format": "png", "takes": Takes(most_bytes=9_000)}):
        card = one(tmp_path, **more)
        assert isinstance(card, RefusedCard)
        assert "a channel takes 0.009 MB" in card.reason
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("share", [0.9, 0.75, 0.65])
def test_the_quality_of_jpeg_steps_down_no_further_than_needed(share: float) -> None:
    most = round(len(encode.encode(noise(), "jpg")) * share)
    ending, data = encode.lightest_enough(noise(), ("jpg",), most)
    assert len(data) <= most
    assert ending in ("-q86.jpg", "-q80.jpg", "-q74.jpg")


def test_a_card_is_the_same_whatever_was_painted_of_it_before(tmp_path: Path) -> None:
    alone = painted(tmp_path / "alone")
    for form in ("jpg", "webp"):
        painted(tmp_path / "crowded", format=form)
    assert painted(tmp_path / "crowded").sha256 == alone.sha256


def test_a_file_that_somebody_changed_is_painted_anew_where_its_card_is_known(tmp_path: Path) -> None:
    card = painted(tmp_path)
    Image.new("RGB", (1080, 1080), "red").save(card.path)
    assert painted(tmp_path, sha256=card.sha256) == card
    assert hashlib.sha256(Path(card.path).read_bytes()).hexdigest() == card.sha256


def test_a_card_that_is_asked_for_again_counts_as_new(tmp_path: Path) -> None:
    card = painted(tmp_path)
    os.utime(card.path, (1, 1))
    painted(tmp_path)
    assert Path(card.path).stat().st_mtime > 1


def test_anybody_may_read_what_they_painted(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        assert Path(painted(tmp_path).path).stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)


def chunks_of_png(data: bytes) -> set[str]:
    kinds, at = set(), 8
    while at < len(data):
        kinds.add(data[at + 4 : at + 8].decode())
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return kinds


def segments_of_jpeg(data: bytes) -> set[str]:
    kinds, at = set(), 2
    while data[at + 1] != 0xDA:
        kinds.add(f"{data[at + 1]:02x}")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return kinds


def chunks_of_webp(data: bytes) -> set[str]:
    kinds, at = set(), 12
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        kinds.add(data[at : at + 4].decode())
        at += 8 + size + size % 2
    return kinds


@pytest.mark.parametrize(
    ("form", "parts_of", "allowed"),
    [
        ("png", chunks_of_png, {"IHDR", "PLTE", "IDAT", "IEND"}),
        # JFIF's header, tables, the frame: no EXIF, no profile, no comment.
        ("jpg", segments_of_jpeg, {"e0", "db", "c0", "c4"}),
        ("webp", chunks_of_webp, {"VP8L"}),
    ],
)
@pytest.mark.parametrize("template", ["editorial", "photo"])
def test_a_file_has_nothing_in_it_but_pixels(
    tmp_path: Path, form: str, parts_of: Callable[[bytes], set[str]], allowed: set[str], template: str
) -> None:
    card = painted(tmp_path, format=form, template=template)
    assert parts_of(Path(card.path).read_bytes()) <= allowed


def test_metadata_of_a_picture_that_went_into_a_card_stay_out_of_it() -> None:
    picture = noise(40)
    picture.info |= {"comment": b"by Ann", "exif": b"Exif\0\0secret", "icc_profile": b"secret", "xmp": b"secret"}
    for form in ALL:
        data = encode.encode(picture, form)
        assert b"secret" not in data
        assert b"Ann" not in data
        with Image.open(io.BytesIO(data)) as saved:
            assert not {"exif", "icc_profile", "xmp", "comment"} & set(saved.info)
