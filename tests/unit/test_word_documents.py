"""Word documents: what their authors marked arrives, what is no text doesn't, and a hostile one is refused at once."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from scheduler.domain.article import Article, BlockKind, MarkKind
from scheduler.domain.errors import FileUnusable
from scheduler.readers import archive
from scheduler.readers.docx import Docx
from tests.word import document, footnote_mark, link, paragraph, run, table

REST = "Rest is the one treatment that only you can give yourself."


def read(*body: str, **rest: str) -> Article:
    return Docx().read("a.docx", document(*body, **rest))  # type: ignore[arg-type]


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind.value, article.text[block.start : block.end]) for block in article.blocks]


def refused(data: bytes) -> FileUnusable:
    with pytest.raises(FileUnusable) as caught:
        Docx().read("a.docx", data)
    assert caught.value.path == "a.docx"
    assert caught.value.hint
    return caught.value


def test_styles_of_word_become_blocks() -> None:
    article = read(
        paragraph("Better sleep", style="Title"),
        paragraph("Why it matters", style="Heading1"),
        paragraph(REST),
        paragraph("A dark room", level=0),
        paragraph("with thick curtains", level=1),
        paragraph("Sleep is not lost time.", style="Quote"),
    )
    assert article.title == "Better sleep"
    assert kinds(article) == [
        ("title", "Better sleep"),
        ("heading", "Why it matters"),
        ("paragraph", REST),
        ("item", "A dark room"),
        ("item", "with thick curtains"),
        ("quote", "Sleep is not lost time."),
    ]


def test_a_google_document_without_styles_has_its_first_line_as_title() -> None:
    article = read(paragraph(run("Better sleep", bold=True)), paragraph(REST), paragraph("Go to bed at one hour."))
    assert article.title == "Better sleep"
    assert article.blocks[0].kind is BlockKind.TITLE


def test_links_bold_passages_and_pull_quotes_keep_their_places() -> None:
    article = read(
        paragraph("Better sleep", style="Title"),
        paragraph("First. ", run(REST, bold=True), " You can ", link("book a visit"), " with us any day."),
        paragraph("Most of us sleep less than our grandparents did, and we pay for it in the morning."),
        paragraph(REST, style="IntenseQuote"),
    )
    (at,) = article.links
    assert (article.text[at.start : at.end], at.url) == ("book a visit", "https://example.com/book")
    assert {(mark.kind, article.text[mark.start : mark.end]) for mark in article.marks} == {
        (MarkKind.BOLD, REST),
        (MarkKind.PULLQUOTE, REST),
    }
    assert article.text.count(REST) == 1


def test_footnotes_are_references_and_their_marks_are_citations() -> None:
    note = '<w:footnote w:id="1">' + paragraph("Park, Sleep, 2020. https://a.example/x") + "</w:footnote>"
    article = read(paragraph("Title", style="Title"), paragraph(REST, footnote_mark(1)), footnotes=note)
    assert kinds(article)[1:] == [
        ("paragraph", f"{REST}[1]"),
        ("reference", "Park, Sleep, 2020. https://a.example/x"),
    ]
    assert article.references == ("https://a.example/x",)


def test_deletions_and_comments_are_not_read_and_insertions_are() -> None:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>never </w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="a">{run("can ")}</w:ins>'
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    article = read(paragraph("Title", style="Title"), paragraph("Rest ", deleted, inserted, "help you.", comment))
    assert article.text == "Title\n\nRest can help you."


def test_the_cells_of_a_table_are_never_quoted() -> None:
    article = read(paragraph("Title", style="Title"), paragraph(REST), table(("Age", "Hours"), ("Adults", "Eight.")))
    assert {block.kind for block in article.blocks[2:]} == {BlockKind.LEFTOVER}


def test_what_the_program_noted_is_told() -> None:
    core = (
        "<dc:title>Document1</dc:title><dc:creator>Lena Marsh</dc:creator><dc:language>de-DE</dc:language>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-03-04T08:00:00Z</dcterms:created>'
    )
    article = read(paragraph("Better sleep", style="Title"), paragraph(REST), core=core)
    assert (article.title, article.author, article.published, article.language) == (
        *("Better sleep", "Lena Marsh"),
        *("2026-03-04", "de"),
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "damaged"),
        (b"plain words", "isn't a Word document"),
        (b"{\\rtf1 words}", "RTF"),
        (archive._OLE + b"\0" * 600, "old Word"),
        (archive._OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (document(paragraph(REST))[:-200], "damaged"),
    ],
    ids=["empty", "cut off", "text", "rtf", "old Word", "password", "damaged"],
)
def test_what_is_no_document_is_refused_with_the_reason(data: bytes, words: str) -> None:
    assert words in refused(data).message


def test_a_bomb_is_refused_before_it_opens() -> None:
    bomb = document(paragraph(REST), more={"word/document2.xml": b"<a>" + b" " * 60_000_000})
    begun = time.monotonic()
    assert "more text than an article" in refused(bomb).message
    assert time.monotonic() - begun < 2


def test_entities_are_refused_in_any_encoding() -> None:
    declared = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    for data in (declared.encode(), declared.encode("utf-16")):
        assert "isn't as Word writes" in refused(document(paragraph(REST), more={"word/styles1.xml": data})).message


def test_names_that_lead_elsewhere_and_pictures_are_never_opened() -> None:
    more = {"../../escape.xml": b"<a/>", "word/media/image1.png": b"\x89PNG", "/etc/passwd": b"x"}
    assert Docx().read("a.docx", document(paragraph(REST), paragraph(REST), more=more)).text.startswith(REST)


def test_an_archive_of_thousands_of_parts_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for index in range(9000):
            packed.writestr(f"word/media/{index}.png", b"")
    assert "too many parts" in refused(file.getvalue()).message


def test_elements_nested_without_end_are_refused() -> None:
    nested = "<w:p>" + "<w:smartTag>" * 20_000 + "</w:smartTag>" * 20_000 + "</w:p>"
    assert "damaged" in refused(document(nested)).message
