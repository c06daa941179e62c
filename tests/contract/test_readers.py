"""Every reader keeps the port: bytes in, an article whose places are right, or one sentence that says what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.domain.article import Article, BlockKind
from scheduler.domain.errors import FileUnusable
from scheduler.ports import Reader
from scheduler.readers.markdown import Markdown
from scheduler.readers.plaintext import PlainText
from scheduler.readers.sizes import TEXT_BYTES

READERS: list[Reader] = [Markdown(), PlainText()]
every_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: type(reader).__name__)

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


@every_reader
@given(document=DOCUMENTS)
def test_blocks_and_calls_lie_in_the_text_in_order(reader: Reader, document: str) -> None:
    article = read(reader, document.encode("utf-8", "ignore"))
    assume(isinstance(article, Article))
    assert isinstance(article, Article)
    places = [place for block in article.blocks for place in (block.start, block.end)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, len(article.text))
    assert all(article.text[block.start : block.end].strip() for block in article.blocks)
    assert all(0 <= call.start < call.end <= len(article.text) for call in article.calls_to_action)


@every_reader
@given(data=st.binary(max_size=200) | DOCUMENTS.map(lambda text: text.encode("utf-8", "ignore")))
def test_any_bytes_are_an_article_or_a_clear_refusal(reader: Reader, data: bytes) -> None:
    found = read(reader, data)
    clear = isinstance(found, FileUnusable) and found.message.endswith(".") and found.hint and found.path == "a.md"
    assert clear or (isinstance(found, Article) and found.text and found.title)


@every_reader
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


@every_reader
def test_the_fingerprint_follows_the_words_and_not_the_path(reader: Reader) -> None:
    one = reader.read("a.md", b"Title\n\nA sentence of no great note.\n")
    moved = reader.read("b/c.md", b"Title\r\n\r\nA sentence of no   great note.")
    edited = reader.read("a.md", b"Title\n\nA sentence of some note.\n")
    assert one.fingerprint == moved.fingerprint != edited.fingerprint
    assert len(one.fingerprint) == 64


@every_reader
def test_a_byte_order_mark_and_decomposed_letters_are_mended(reader: Reader) -> None:
    article = reader.read("a.md", "\ufeffZa\u0308hne putzen hilft.".encode())
    assert article.text == "Zähne putzen hilft."


@every_reader
def test_front_matter_changes_the_fingerprint_and_stays_out_of_the_text(reader: Reader) -> None:
    article = reader.read("a.md", b"---\ntitle: Colds\nauthor: Dr. Lena Marsh\n---\nA cold is short.\n")
    assert (article.title, article.wishes.author, article.text) == ("Colds", "Dr. Lena Marsh", "A cold is short.")
    assert article.fingerprint != reader.read("a.md", b"A cold is short.").fingerprint


@every_reader
def test_an_article_without_a_title_is_named_after_its_file(reader: Reader) -> None:
    article = reader.read("posts/articles/winter-skin.md", b"Skin gets dry in winter.")
    assert article.title == "winter skin"
    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH]
