"""Every reader keeps the port: bytes in, an article whose places are right, or one sentence that says what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from scheduler.domain.article import Article, BlockKind
from scheduler.domain.errors import FileUnusable
from scheduler.ports import Reader
from scheduler.readers.docx import Docx
from scheduler.readers.html import Html
from scheduler.readers.markdown import Markdown
from scheduler.readers.plaintext import PlainText
from scheduler.readers.sizes import TEXT_BYTES
from scheduler.testing.articles import check_article
from tests.word import document, paragraph
from tests.word import run as word_run

TEXTS: list[Reader] = [Markdown(), PlainText()]
READERS: list[Reader] = [*TEXTS, Html(), Docx()]
every_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: type(reader).__name__)
every_reader_of_text = pytest.mark.parametrize("reader", TEXTS, ids=lambda reader: type(reader).__name__)

LINES = st.sampled_from(
    (
        *("# A heading", "- an item", "1. first", "> quoted", "Call 213 555-0100 for our Los Angeles office."),
        *("Leave a comment", "References", "- https://example.org/a", "[clicking here](https://example.com/book)"),
        *("<b>bold</b> words.", "", "---", "A sentence of no great note.", "    code", "| a | b |", "![alt](x.png)"),
        *("free consultation", "a@b.example"),
    )
)
DOCUMENTS = st.lists(LINES | st.text(max_size=60), max_size=14).map("\n".join)


def read(reader: Reader, data: bytes) -> Article | FileUnusable:
    try:
        return reader.read("a.md", data)
    except FileUnusable as error:
        return error


TAGS = st.sampled_from(
    (
        *("<p>", "</p>", "<br>", "<div class='box'>", "</div>", "<ul><li>", "<li>", "</ul>", "<h1>", "<h2>", "</h2>"),
        *("<blockquote>", "<cite>Jane</cite>", "</blockquote>", "<aside class='pullquote'>", "</aside>", "<b>", "</b>"),
        *("<a href='https://example.com/book'>", "<a href='#fn'>", "</a>", "<sup>1</sup>", "<pre>", "\n\n", "• "),
        *(
            "<table><tr><td>",
            "<td>",
            "</table>",
            "<dl><dt>",
            "<dd>",
            "<figure><img src='a.png'><figcaption>",
            "</figure>",
        ),
        *(
            "<span style='font-weight:700'>",
            "</span>",
            "<form><input>",
            "</form>",
            "<p hidden>",
            "&nbsp;",
            "&shy;",
            "&#0;",
        ),
        *("<h3>Related posts</h3>", "<h3>References</h3>", "A sentence of some length that says nothing of any note."),
    )
)
FRAGMENTS = st.lists(TAGS | st.text(max_size=60), max_size=30).map("".join)
PROSE = "<p>A first sentence that makes an article of this page, as it is long enough for one.</p>" * 2


def read_whole(reader: Reader, data: bytes) -> None:
    """Asserts what every reader promises of any bytes."""
    found = read(reader, data)
    if isinstance(found, Article):
        check_article(found)
    else:
        assert found.message.endswith(".")
        assert (bool(found.hint), found.path) == (True, "a.md")


@every_reader
@given(document=DOCUMENTS)
def test_any_text_is_an_article_that_keeps_the_contract_or_a_clear_refusal(reader: Reader, document: str) -> None:
    read_whole(reader, document.encode("utf-8", "ignore"))


@every_reader
@given(data=st.binary(max_size=200))
def test_any_bytes_are_an_article_or_a_clear_refusal(reader: Reader, data: bytes) -> None:
    read_whole(reader, data)


@settings(max_examples=60)
@example(fragments="<dl><dt><h1>&#0;")
@given(fragments=FRAGMENTS)
def test_any_markup_is_an_article_that_keeps_the_contract(fragments: str) -> None:
    page = f"<html><body><main>{PROSE}{fragments}{PROSE}</main></body></html>".encode("utf-8", "ignore")
    article = Html().read("a.md", page)
    check_article(article)
    assert "A first sentence" in article.text


@settings(max_examples=60)
@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=8), bold=st.booleans())
def test_any_words_in_a_document_are_read_in_order(texts: list[str], bold: bool) -> None:
    words = [" ".join("".join(filter(str.isprintable, text)).split()) for text in texts]
    body = [paragraph(word_run(text, bold=bold), level=index % 2 or None) for index, text in enumerate(words)]
    found = read(Docx(), document(*body))
    assume(isinstance(found, Article))
    assert isinstance(found, Article)
    check_article(found)


@every_reader_of_text
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"PK\x03\x04\0\0", "program's own format"),
        ("Zähne".encode("latin-1"), "UTF-8"),
        (b"a" * (TEXT_BYTES + 1), "MB"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(reader: Reader, data: bytes, words: str) -> None:
    with pytest.raises(FileUnusable, match=words) as caught:
        reader.read("posts/articles/a.md", data)
    assert caught.value.place.startswith("posts/articles/a.md")


@every_reader_of_text
def test_the_fingerprint_follows_the_words_and_not_the_path(reader: Reader) -> None:
    one = reader.read("a.md", b"Title\n\nA sentence of no great note.\n")
    moved = reader.read("b/c.md", b"Title\r\n\r\nA sentence of no   great note.")
    edited = reader.read("a.md", b"Title\n\nA sentence of some note.\n")
    assert one.fingerprint == moved.fingerprint != edited.fingerprint
    assert len(one.fingerprint) == 64


@every_reader_of_text
def test_a_byte_order_mark_and_decomposed_letters_are_mended(reader: Reader) -> None:
    article = reader.read("a.md", "\ufeffZa\u0308hne putzen hilft.".encode())
    assert article.text == "Zähne putzen hilft."


@every_reader_of_text
def test_front_matter_changes_the_fingerprint_and_stays_out_of_the_text(reader: Reader) -> None:
    article = reader.read("a.md", b"---\ntitle: Colds\nauthor: Dr. Lena Marsh\n---\nA cold is short.\n")
    assert (article.title, article.wishes.author, article.text) == ("Colds", "Dr. Lena Marsh", "A cold is short.")
    assert article.fingerprint != reader.read("a.md", b"A cold is short.").fingerprint


@every_reader_of_text
def test_an_article_without_a_title_is_named_after_its_file(reader: Reader) -> None:
    article = reader.read("posts/articles/winter-skin.md", b"Skin gets dry in winter.")
    assert article.title == "winter skin"
    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH]
