"""A page that came over the web is read by what its site says of it, and called by its own address."""

from __future__ import annotations

import pytest

from scheduler.domain.errors import PageUnusable
from scheduler.domain.links import is_address, same_page, untracked
from scheduler.domain.page import Page
from scheduler.readers.web import read

WORDS = "Ein Brötchen am Morgen und ein Glas Wasser, das ist ein guter Anfang für den Tag. " * 4


def page(url: str, body: str, media_type: str = "text/html", *, charset: str = "", encoding: str = "utf-8") -> Page:
    return Page(url=url, media_type=media_type, charset=charset, body=body.encode(encoding))


def html(head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><h1>Brot</h1><p>{WORDS}</p><p>{WORDS}</p></article></body></html>"


@pytest.mark.parametrize(
    ("path", "media_type", "body"),
    [
        ("brot", "text/html", html()),
        ("brot", "application/xhtml+xml", html()),
        ("brot.md", "text/plain", f"# Brot\n\n{WORDS}"),
        ("brot", "text/markdown", f"# Brot\n\n{WORDS}"),
        ("brot.txt", "", f"Brot\n\n{WORDS}"),
        ("brot.html", "", html()),
        ("brot.txt", "text/plain", f"Brot\n\n{WORDS}"),
    ],
)
def test_the_kind_of_a_page_chooses_its_reader_and_then_its_name(path: str, media_type: str, body: str) -> None:
    article = read(page(f"https://site.test/{path}", body, media_type))
    assert (article.title, article.source) == ("Brot", f"https://site.test/{path}")
    assert "ein guter Anfang" in article.text


def test_a_page_of_which_nobody_says_what_it_is_is_refused() -> None:
    with pytest.raises(PageUnusable, match="doesn't say"):
        read(page("https://site.test/brot", html(), ""))


@pytest.mark.parametrize(
    ("charset", "encoding", "said"),
    [
        ("iso-8859-1", "iso-8859-1", "utf-8"),
        ("utf-8", "utf-8", "iso-8859-1"),
        ("utf-8", "windows-1252", "windows-1252"),
        ("unicode_escape", "utf-8", "utf-8"),
        ("", "windows-1252", "windows-1252"),
    ],
)
def test_what_the_site_says_of_the_encoding_counts_where_it_is_true(charset: str, encoding: str, said: str) -> None:
    body = html(f'<meta charset="{said}">')
    article = read(page("https://site.test/brot", body, charset=charset, encoding=encoding))
    assert "Brötchen" in article.text


@pytest.mark.parametrize(
    ("canonical", "source"),
    [
        ("https://www.site.test/bread", "https://www.site.test/bread"),
        ("/bread", "https://site.test/bread"),
        ("https://other.test/bread", "https://site.test/blog/brot"),
        ("https://site.test/", "https://site.test/blog/brot"),
        ("https://site.test/blog/", "https://site.test/blog/brot"),
        ("https://site.test/blog/brot/", "https://site.test/blog/brot/"),
        ("javascript:alert(1)", "https://site.test/blog/brot"),
        ("", "https://site.test/blog/brot"),
    ],
)
def test_an_article_is_called_by_its_canonical_address_on_its_own_site(canonical: str, source: str) -> None:
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    assert read(page("https://site.test/blog/brot?utm_source=x&fbclid=1#top", html(head))).source == source


def test_another_way_to_show_a_page_is_the_same_article() -> None:
    head = '<link rel="canonical" href="https://site.test/brot">'
    assert read(page("https://site.test/brot/amp/", html(head))).source == "https://site.test/brot"


def test_addresses_of_one_page_are_the_same_page() -> None:
    same = (
        "http://site.test/a",
        "https://www.site.test/a/",
        "https://SITE.test/a?utm_medium=x#b",
        "https://site.test/a#",
    )
    assert len({same_page(address) for address in same}) == 1
    assert len({same_page(f"https://site.test/{path}") for path in ("", "a", "A", "a?p=1", "a?p=2", "a/b")}) == 6


def test_what_counts_clicks_goes_and_the_rest_stays_as_it_was() -> None:
    assert untracked("https://a.test/?p=1&utm_source=x&q=%20&gclid=2#top") == "https://a.test/?p=1&q=%20"
    assert untracked("https://[broken") == "https://[broken"


@pytest.mark.parametrize(
    ("words", "meant"),
    [("https://a.test", True), ("FTP://a.test", True), ("a.md", False), ("c:/a.md", False), ("posts//a.md", False)],
)
def test_an_address_is_told_from_a_file(words: str, meant: bool) -> None:
    assert is_address(words) is meant
