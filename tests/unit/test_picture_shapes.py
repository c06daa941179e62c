"""Width and height are read from a picture's first bytes, as the picture library reads them, and never guessed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scheduler.domain.pixels import shape_of

SAVING: list[tuple[str, str, dict[str, Any]]] = [
    ("png", "PNG", {}),
    ("jpg", "JPEG", {}),
    ("jpg", "JPEG", {"progressive": True, "subsampling": 0, "comment": "a long segment " * 99}),
    ("webp", "WEBP", {"lossless": True}),
    ("webp", "WEBP", {"quality": 80}),
    ("webp", "WEBP", {"lossless": True, "xmp": b"<x/>"}),
    ("gif", "GIF", {}),
]


@pytest.mark.parametrize(("suffix", "kind", "options"), SAVING)
@given(width=st.integers(1, 400), height=st.integers(1, 400))
def test_a_picture_has_the_shape_that_it_was_saved_with(
    suffix: str, kind: str, options: dict[str, Any], width: int, height: int
) -> None:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#c34323").save(file, kind, **options)
    assert shape_of(suffix, file.getvalue()) == (width, height)


@given(data=st.binary(max_size=60), suffix=st.sampled_from(["png", "jpg", "webp", "gif", "bmp"]))
def test_bytes_that_are_no_picture_have_no_shape_or_a_positive_one(data: bytes, suffix: str) -> None:
    starts = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "webp": b"RIFF\0\0\0\0WEBP", "gif": b"GIF89a"}
    for start in (b"", starts.get(suffix, b"")):
        shape = shape_of(suffix, start + data)
        assert shape is None or min(shape) > 0


def test_a_picture_of_another_kind_than_its_name_says_has_no_shape() -> None:
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, "PNG")
    assert shape_of("jpg", file.getvalue()) is None
