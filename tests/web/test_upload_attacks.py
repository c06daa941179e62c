"""Attacks by files and addresses that are sent in: bombs, other files' names, code that calls itself a picture."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from tests.web.visitor import Visitor
from tests.word import document, paragraph

SOON_SECONDS = 40
"""A child that reads is given so long; nobody waits longer."""
CALM = b"A quiet evening begins with less light in every room, and it ends with a book that has no chapters left.\n"


def files_of(app: App) -> dict[str, bytes]:
    """All that lies in the workspace but for what the program makes."""
    root = app.folders.root
    kept = (path for path in root.rglob("*") if path.is_file() and not path.is_relative_to(app.folders.var))
    return {str(path.relative_to(root)): path.read_bytes() for path in kept}


def zip_bomb(member: str = "word/document.xml", megabytes: int = 300) -> bytes:
    """A document whose text is so many megabytes of blanks."""
    found = io.BytesIO(document(paragraph("Rest.")))
    made = io.BytesIO()
    with zipfile.ZipFile(found) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
        with new.open(member, "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * 1_000_000)
    return made.getvalue()


def picture_bomb(side: int = 60_000) -> bytes:
    """A PNG of a few bytes that says it is so many pixels wide and high."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1_000_000)), (b"IEND", b""))
    parts = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)
ALIASES = b"a0: &a0 [x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 9)
)
BOMBS: dict[str, tuple[str, bytes | Callable[[], bytes]]] = {
    "a document of 300 MB in 300 KB": ("big.docx", zip_bomb),
    "a document of entities": ("laughs.docx", document(paragraph("Rest."), more={"word/x.xml": LAUGHS.encode()})[:900]),
    "a page of a million tags": ("deep.html", b"<div>" * 300_000),
    "noise that calls itself text": ("noise.md", bytes(range(256)) * 400),
    "a front matter of aliases": ("yaml.md", b"---\n" + ALIASES + b"---\nRest.\n"),
    "one line of a megabyte": ("long.txt", b"a" * 1_000_000),
    "a program": ("article.exe", b"MZ" + CALM),
    "settings": ("settings.env", b"DASHBOARD=0.0.0.0:80\n"),
    "two suffixes": ("article.md.php", CALM),
    "a server's file": (".htaccess", CALM),
    "nothing": ("nothing.md", b""),
}  # fmt: skip


@pytest.mark.parametrize("how", BOMBS)
def test_a_hostile_article_is_refused_in_time_and_changes_nothing(empty: App, how: str) -> None:
    name, bomb = BOMBS[how]
    data = bomb if isinstance(bomb, bytes) else bomb()
    before, began = files_of(empty), time.monotonic()
    response = Visitor(empty).post("/articles/add/file", files={"file": (name, data)})
    assert response.status_code == 409
    assert 'aria-invalid="true"' in response.text
    assert time.monotonic() - began < SOON_SECONDS
    assert files_of(empty) == before
    assert not empty.store.posts.all()


ELSEWHERE = ["../../settings.env.md", "..\\..\\settings.md", "/etc/cron.d/job.md", "x\x00.md", "\u202egnp.md",
             "a" * 4_000 + ".md", "con\r\nX: y.md"]  # fmt: skip


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_file_lands_among_the_articles_whatever_it_is_called(empty: App, name: str) -> None:
    before = files_of(empty)
    Visitor(empty).post("/articles/add/file", files={"file": (name, bytes(300))})
    new = [Path(each) for each in set(files_of(empty)) - set(before)]
    assert all(each.parent == Path("posts/articles") and each.name.isprintable() for each in new)
    assert {path: data for path, data in files_of(empty).items() if path in before} == before


LINE = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
PICTURES = {
    "a picture of 3.6 billion pixels": ("photo", "huge.png", picture_bomb()),
    "a logo of 3.6 billion pixels": ("logo", "huge.png", picture_bomb()),
    "a page that calls itself a photo": ("photo", "page.jpg", b"<html><script>alert(1)</script></html>"),
    "a photo cut short": ("photo", "short.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    "an animation": ("photo", "dance.gif", b"GIF89a\x01\x00\x01\x00"),
    "a logo of entities": ("logo", "laughs.svg", LAUGHS.encode() + b"]>" + LINE + b"<text>&j;</text></svg>"),
    "a program for a logo": ("logo", "logo.sh", b"#!/bin/sh"),
    "brand.toml": ("logo", "brand.toml", b'name = "Eve"'),
}


@pytest.mark.parametrize("how", PICTURES)
def test_a_hostile_picture_is_refused_in_time_and_changes_nothing(empty: App, how: str) -> None:
    field, name, data = PICTURES[how]
    before, began = files_of(empty), time.monotonic()
    response = Visitor(empty).post(f"/cards/{field}", files={field: (name, data)})
    assert response.status_code == 409
    assert time.monotonic() - began < SOON_SECONDS
    assert files_of(empty) == before


def test_a_drawing_can_not_bring_code_or_other_files_into_a_page(empty: App) -> None:
    ann = Visitor(empty)
    code = b"<script>alert(1)</script><image xlink:href='file:///etc/passwd'/><rect width='9' height='9' fill='#036'/>"
    ann.post("/cards/logo", files={"logo": ("logo.svg", LINE + code + b"</svg>")})
    page = ann.get("/cards")
    assert "alert(1)" not in page.text
    assert "root:" not in page.text
    assert ".svg" not in "".join(part for part in page.text.split('"') if part.startswith("/assets"))


PRIVATE = ["http://127.0.0.1:22/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://2130706433/",
           "http://[::ffff:127.0.0.1]/", "file:///etc/passwd", "gopher://example.com/", "javascript:alert(1)",
           "http://ann:pw@127.0.0.1/", "/etc/passwd", "http://127.0.0.1.nip.example\r\nX: y/"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_makes_us_ask_our_own_network_or_disk(empty: App, address: str) -> None:
    response = Visitor(empty).post("/articles/add/address", address=address)
    assert response.status_code == 409
    assert "root:" not in response.text
    assert not empty.store.library.titles()


@pytest.mark.parametrize(
    "name", ["settings.env", "../settings.env", "/etc/passwd", "posts/../settings.env", "var/quotidian.db"]
)
def test_nothing_but_what_lies_under_posts_is_read_again(empty: App, name: str) -> None:
    response = Visitor(empty).post("/articles/read", name=name)
    assert response.status_code in (404, 409)
    assert "BOOKING" not in response.text
