"""Our PNG writer: every decoder must give back the pixels, and the bytes must be the same each time."""

from __future__ import annotations

import io
import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from scheduler.cards.png import png


def noise(width: int, height: int, seed: int = 1) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(seed).randbytes(width * height * 3))


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@given(width=st.integers(1, 70), height=st.integers(1, 300), seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_every_pixel_comes_back(width: int, height: int, seed: int) -> None:
    image = noise(width, height, seed)
    assert opened(png(image)).tobytes() == image.tobytes()


@pytest.mark.parametrize("height", [127, 128, 129, 256, 257])
def test_rows_at_the_edge_of_a_band_come_back(height: int) -> None:
    many = noise(400, height)
    few = Image.new("RGB", (400, height), "#0f4f46")
    few.paste("#ffffff", (10, 100, 300, height))
    assert opened(png(many)).tobytes() == many.tobytes()
    assert opened(png(few)).tobytes() == few.tobytes()


def test_a_photo_is_filtered_and_a_drawing_is_not() -> None:
    field = Image.linear_gradient("L").resize((1080, 1080), Image.Resampling.BICUBIC)
    photo = Image.merge("RGB", (field, field.rotate(90), field.rotate(180)))
    flat = Image.new("RGB", (1080, 1080), "#ffc53d")
    assert first_filter(png(photo)) == 2
    assert first_filter(png(flat)) == 0


def test_equal_pixels_give_equal_bytes() -> None:
    assert png(noise(300, 300)) == png(noise(300, 300).copy())


def test_the_file_holds_nothing_but_pixels() -> None:
    image = noise(20, 20)
    image.info["comment"] = "made by somebody"
    assert chunks(png(image)) == [b"IHDR", b"IDAT", b"IEND"]


def chunks(data: bytes) -> list[bytes]:
    found: list[bytes] = []
    stream = io.BytesIO(data)
    stream.seek(8)
    reader = PngImagePlugin.ChunkStream(stream)
    while not found or found[-1] != b"IEND":
        kind, _, length = reader.read()
        reader.crc(kind, stream.read(length))
        found.append(kind)
    return found


def first_filter(data: bytes) -> int:
    start = data.index(b"IDAT") + 4
    return zlib.decompressobj().decompress(data[start:], 1)[0]
