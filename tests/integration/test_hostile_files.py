"""Files that want too much: each is refused with a sentence, in a child that may take 256 MiB and a few seconds."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from scheduler import plugins
from scheduler.bootstrap.hostile import READING, read_and_cut
from scheduler.domain.errors import FileUnusable
from scheduler.readers.inbox import Inbox
from scheduler.readers.loading import load
from tests.word import document, paragraph

SECONDS = 5
SENTENCE = "Rest is the one treatment that only you can give yourself, each night of the year. "
HOSTILE = {
    "text.html": ("&lt;" * 2_400_000, "more text than an article"),
    "parts.html": (f"<p>{SENTENCE}" * 40_000, "more parts than an article"),
    "elements.html": ("<b>" * 900_000, "holds no article text"),
    "lines.md": ("- a\n" * 400_000, "more lines or signs"),
    "brackets.md": ("![" * 500_000, "more lines or signs"),
    "lines.txt": ("a\n\n" * 300_000, "paragraphs and lines"),
}


@pytest.fixture(scope="module", autouse=True)
def warm_children() -> None:
    """Here every child starts cold, as in earnest."""


def inbox(folder: Path) -> Inbox:
    return Inbox(root=folder, folder=folder, suffixes=plugins.readers())


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html", "a.docx"])
def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(50_000_000)
    begun = time.monotonic()
    with pytest.raises(FileUnusable, match=r"has 50\.0 MB; an article like this may have \d+ MB") as caught:
        load(name, root=tmp_path, folder=tmp_path)
    assert caught.value.place == name
    assert time.monotonic() - begun < 0.5


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_cost_too_much_is_refused_in_time(tmp_path: Path, name: str) -> None:
    text, words = HOSTILE[name]
    (tmp_path / name).write_text(text)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(FileUnusable, match=words):
        read_and_cut(inbox(tmp_path), name)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS
    assert READING.memory_mib <= 256


def test_a_document_that_inflates_without_end_is_refused(tmp_path: Path) -> None:
    bomb = document(paragraph(SENTENCE), more={"word/document2.xml": b"<a>" + b" " * 60_000_000})
    (tmp_path / "bomb.docx").write_bytes(bomb)
    with pytest.raises(FileUnusable, match="more text than an article"):
        read_and_cut(inbox(tmp_path), "bomb.docx")


def test_a_large_honest_article_fits_into_the_limits(tmp_path: Path) -> None:
    text = "\n\n".join(f"{SENTENCE * 5}Number {index} of them." for index in range(500))
    (tmp_path / "long.html").write_text(f"<article><p>{text.replace(chr(10) * 2, '<p>')}</article>")
    article, _ = read_and_cut(inbox(tmp_path), "long.html")
    assert len(article.blocks) == 500


def test_what_a_browser_saved_beside_a_page_is_no_article(tmp_path: Path) -> None:
    for name in (
        "Sleep.html",
        "Sleep_files/frame.html",
        "Sleep_files/deep/ad.html",
        "other_files/own.html",
        "~$a.docx",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert inbox(tmp_path).names() == ("Sleep.html", "other_files/own.html")
