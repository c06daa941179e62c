"""A brand's files are somebody's files: whatever they are, they cost one refused card each, and the next is painted."""

from __future__ import annotations

import io
import os
import struct
import time
import zlib
from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from scheduler.bootstrap import hostile
from scheduler.cards.ownfonts import chosen
from scheduler.domain.card import CardRequest, PaintedCard, RefusedCard
from scheduler.domain.errors import CardRefused

ASSETS = Path(__file__).parents[2] / "assets"
MANROPE = files("font_manrope") / "files" / "Manrope-Bold.ttf"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 50">'
SECONDS_FOR_ALL = 20


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def bomb() -> bytes:
    """A PNG of 12,000 by 12,000 pixels in some kilobytes."""
    head = chunk(b"IHDR", (12000).to_bytes(4, "big") * 2 + b"\x01\0\0\0\0")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(12000 * 1501), 9)) + chunk(b"IEND", b"")


def half_of(kind: str) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((500, 500), 60).convert("RGB").save(file, kind)
    return file.getvalue()[: file.tell() // 2]


def doubling(levels: int) -> str:
    """Each group shows the one before it ten times."""
    groups = (f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, levels))
    return f'{HEAD}<g id="g0"><path d="M0 0h9v9z"/></g>{"".join(groups)}</svg>'


def _entries(data: bytes | bytearray) -> range:
    """Where a font's directory tells its tables."""
    return range(12, 12 + 16 * data[5], 16)


def looping_font() -> bytes:
    """A font whose every letter is made of itself."""
    data = bytearray(MANROPE.read_bytes())
    tables = {bytes(data[at : at + 4]): struct.unpack(">II", data[at + 8 : at + 16]) for at in _entries(data)}
    glyf, (loca, length) = tables[b"glyf"][0], tables[b"loca"]
    kind, unit = (">I", 1) if data[tables[b"head"][0] + 51] else (">H", 2)
    places = [unit * place for (place,) in struct.iter_unpack(kind, data[loca : loca + length])]
    for number, (start, end) in enumerate(pairwise(places)):
        if end - start >= 16:
            struct.pack_into(">h8xHHbb", data, glyf + start, -1, 0, number, 0, 0)
    return bytes(data)


LOGOS = {
    "bomb.png": bomb(),
    "half.png": half_of("PNG"),
    "half.jpg": half_of("JPEG"),
    "half.webp": half_of("WEBP"),
    "empty.png": b"",
    "movie.gif": b"GIF89a" + bytes(50),
    "laughs.svg": f'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>{HEAD}<title>&b;</title></svg>'.encode(),
    "reads.svg": f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{HEAD}<title>&a;</title></svg>'.encode(),
    "fetches.svg": f'{HEAD}<image href="https://example.com/a.png" width="9" height="9"/></svg>'.encode(),
    "refers.svg": f'{HEAD}<use xlink:href="other.svg#logo"/></svg>'.encode(),
    "runs.svg": f"{HEAD}<script>1</script></svg>".encode(),
    "deep.svg": (HEAD + "<g>" * 9000 + "</g>" * 9000 + "</svg>").encode(),
    "doubles.svg": doubling(9).encode(),
    "loops.svg": f'{HEAD}<g id="a"><use href="#a"/></g></svg>'.encode(),
    "layers.svg": (HEAD + '<g opacity=".5"><path d="M0 0h9v9z"/></g>' * 3000 + "</svg>").encode(),
    "blurs.svg": f'{HEAD}<filter id="f"><feGaussianBlur stdDeviation="1e5"/></filter></svg>'.encode(),
    "text.svg": f"{HEAD}<text>Clinic</text></svg>".encode(),
    "nothing.svg": f"{HEAD}</svg>".encode(),
    "broken.svg": b"<svg",
    "page.svg": b"<html><body/></html>",
    "long.svg": f'{HEAD}<path d="M0 0{"L1 1" * 200_000}"/></svg>'.encode(),
}
FONTS = {
    "half.ttf": MANROPE.read_bytes()[:20_000],
    "loops.ttf": looping_font(),
    "text.otf": b"no font at all",
    "empty.woff2": b"",
}


def brand(folder: Path, name: str, data: bytes, line: str) -> str:
    folder.mkdir(parents=True)
    (folder / name).write_bytes(data)
    (folder / "brand.toml").write_text(line)
    return str(folder)


def request(folder: Path, look: str) -> CardRequest:
    return CardRequest(
        quote="Rest is part of the treatment.",
        template="photo",
        assets=str(ASSETS),
        brand=look,
        out=str(folder / "out"),
    )


def all_looks(folder: Path) -> list[str]:
    logos = [brand(folder / f"logo-{name}", name, data, f'logo = "{name}"') for name, data in LOGOS.items()]
    photos = [
        brand(folder / f"photo-{name}", name, data, f'photos = "{name}"')
        for name, data in LOGOS.items()
        if not name.endswith(".svg")
    ]
    fonts = [brand(folder / name, name, data, f'[fonts]\nserif = "{name}"') for name, data in FONTS.items()]
    return [*logos, *photos, *fonts]


def test_no_file_of_a_brand_costs_more_than_its_own_card(tmp_path: Path) -> None:
    looks = all_looks(tmp_path)
    begun = time.monotonic()
    results = hostile.paint([request(tmp_path, look) for look in (*looks, str(ASSETS / "samples" / "linden"))])
    assert time.monotonic() - begun < SECONDS_FOR_ALL
    assert isinstance(results[-1], PaintedCard)
    for look, result in zip(looks, results, strict=False):
        assert isinstance(result, RefusedCard), look
        assert result.reason.endswith("."), look
        assert result.hint, look
        assert Path(look).name.partition("-")[2] in result.path or result.setting, look


def test_a_vector_logo_as_large_as_the_sky_is_painted_small(tmp_path: Path) -> None:
    huge = '<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="1e9"><path d="M0 0h1e9v1e9z"/></svg>'
    look = brand(tmp_path / "huge", "logo.svg", huge.encode(), 'name = "Linden"')
    assert isinstance(hostile.paint([request(tmp_path, look)])[0], PaintedCard)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def outside(path: Path) -> None:
    (path.parents[1] / "secret.png").write_bytes(b"secret")
    path.symlink_to(path.parents[1] / "secret.png")


def vast(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(120_000_000)


@pytest.mark.parametrize("make", [pipe, device, outside, vast, Path.mkdir])
@pytest.mark.parametrize("line", ['logo = "x.png"', 'photos = ["x.png"]', '[fonts]\nserif-400 = "x.png"'])
def test_what_is_no_file_of_the_folder_is_never_opened(tmp_path: Path, make: Callable[[Path], None], line: str) -> None:
    (tmp_path / "look").mkdir()
    make(tmp_path / "look" / "x.png")
    (tmp_path / "look" / "brand.toml").write_text(line)
    card = hostile.paint([request(tmp_path, str(tmp_path / "look"))])[0]
    assert isinstance(card, RefusedCard)
    assert card.reason
    assert "look" in card.path


def test_a_font_that_is_vast_or_damaged_is_told_with_its_key(tmp_path: Path) -> None:
    vast(tmp_path / "x.ttf")
    with pytest.raises(CardRefused, match="larger than 40 MB") as refusal:
        chosen({"serif": tmp_path / "x.ttf"})
    assert refusal.value.setting == "fonts.serif"


@pytest.mark.parametrize("make", [pipe, device, Path.mkdir])
def test_a_brand_toml_that_is_no_file_makes_nobody_wait(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "brand.toml")
    begun = time.monotonic()
    card = hostile.paint([request(tmp_path, str(tmp_path))])[0]
    assert isinstance(card, RefusedCard)
    assert "can't be read" in card.reason
    assert time.monotonic() - begun < SECONDS_FOR_ALL
