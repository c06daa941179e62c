"""Thirty saved pages, each in the markup of another system with its traps: the article comes out, not the site."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from scheduler.domain.article import Article, BlockKind, MarkKind
from scheduler.domain.errors import FileUnusable
from scheduler.readers.html import Html

PAGES = Path(__file__).parents[1] / "data" / "pages"
NAMES = sorted(page.stem for page in PAGES.glob("*.html"))
FACTS = tomllib.loads((PAGES / "facts.toml").read_text())
LEAST = 0.95
SENTENCE = "Rest is the one treatment that only you can give yourself, each night of the year."
MORE = "Regular hours are worth more than perfect hours, on weekdays and on weekends, in every season."

every_page = pytest.mark.parametrize("name", NAMES)


@cache
def saved(name: str) -> Article:
    return Html().read(f"{name}.html", (PAGES / f"{name}.html").read_bytes())


def read(body: str, head: str = "") -> Article:
    page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    return Html().read("a.html", page.encode())


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind.value, article.text[block.start : block.end]) for block in article.blocks]


def test_there_are_thirty_pages() -> None:
    assert len(NAMES) == len(FACTS) == 30


@every_page
def test_the_article_is_read_whole_and_nothing_else_is(name: str) -> None:
    wanted, found = words((PAGES / f"{name}.txt").read_text()), words(saved(name).text)
    both = (wanted & found).total()
    assert both / wanted.total() >= LEAST, f"missing: {sorted((wanted - found).elements())}"
    assert both / found.total() >= LEAST, f"too much: {sorted((found - wanted).elements())}"


@every_page
def test_what_the_page_tells_of_its_article_is_kept(name: str) -> None:
    article = saved(name)
    assert {key: getattr(article, key) for key in FACTS[name]} == FACTS[name]


def test_pull_quotes_are_marks_on_their_originals() -> None:
    for name in ("wordpress-classic", "divi"):
        article = saved(name)
        (mark,) = (mark for mark in article.marks if mark.kind is MarkKind.PULLQUOTE)
        assert article.text.count(article.text[mark.start : mark.end]) == 1


def test_a_pull_quote_that_stands_alone_is_a_quotation_with_a_mark() -> None:
    article = saved("wordpress-blocks")
    (mark,) = (mark for mark in article.marks if mark.kind is MarkKind.PULLQUOTE)
    quoted = article.text[mark.start : mark.end]
    assert ("quote", quoted) in kinds(article)
    assert quoted.endswith("one that is kind. — Judge Ruth Hale")


def test_pictures_keep_their_captions_and_leave_the_text() -> None:
    (image,) = saved("elementor").images
    assert image.url == "https://nairdental.example/up/mirror.jpg"
    assert image.caption == "Small mirrors at the right height make small brushers patient."
    assert image.caption not in saved("elementor").text


def test_links_keep_their_words_and_lead_to_whole_addresses() -> None:
    article = read(
        f'<p>{SENTENCE} <a href="/book">Book here</a>, or <a href="#top">go up</a>.</p><p>{MORE}</p>',
        '<link rel="canonical" href="https://a.example/b/c">',
    )
    assert [(article.text[link.start : link.end], link.url) for link in article.links] == [
        ("Book here", "https://a.example/book")
    ]


def test_lists_definitions_and_line_breaks_become_blocks() -> None:
    article = read(
        f"<p>{SENTENCE}<br><br>{MORE}</p><ul><li>One<ol><li>Inner</li></ol></li></ul><dl><dt>Term</dt><dd>{MORE}</dd></dl>"
        f"<b>Small heading</b><br>{SENTENCE}<p>{MORE}</p>"
    )
    assert [kind for kind, _ in kinds(article)] == [
        *("paragraph", "paragraph", "item", "item", "heading", "paragraph", "heading", "paragraph", "paragraph")
    ]


def test_what_is_hidden_is_no_text() -> None:
    hidden = "".join(
        f"<p {how}>Secret words that nobody sees, not even by scrolling.</p>"
        for how in ("hidden", 'style="display: none"', 'aria-hidden="true"', 'class="sr-only"')
    )
    silent = "<script>var a = 'Secret';</script><template><p>Secret</p></template><noscript>Secret</noscript>"
    article = read(f"<p>{SENTENCE}</p>{hidden}{silent}<!-- Secret --><p>{MORE}</p>")
    assert article.text == f"{SENTENCE}\n\n{MORE}"


def test_raised_numbers_are_citations_or_powers() -> None:
    article = read(f'<p>{SENTENCE}<sup><a href="#fn1">1</a></sup> A room of 12 m<sup>2</sup> will do.</p><p>{MORE}</p>')
    assert article.text.startswith(f"{SENTENCE}[1] A room of 12 m² will do.")


def test_cells_of_a_table_are_never_quoted() -> None:
    article = saved("typo3")
    cells = [text for kind, text in kinds(article) if kind == BlockKind.LEFTOVER]
    assert cells == ["Word", "In German", "Care plan", "Pflegeplan", "Front desk", "Empfang"]


@pytest.mark.parametrize(
    "page",
    [
        "<html><frameset><frame src='a.html'></frameset></html>",
        "<html><body><div id='root'></div><script>start()</script></body></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "<div>" * 5000 + SENTENCE,
        "<!-- nothing -->",
    ],
)
def test_a_page_without_an_article_says_so(page: str) -> None:
    with pytest.raises(FileUnusable, match="holds no article text") as caught:
        Html().read("a.html", page.encode())
    assert "after it has loaded" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<meta charset=utf-8>{}", "Zähne"),
        ("<meta charset=iso-8859-1>{}".encode("cp1252"), "Zähne"),
        ("{}".encode("utf-8-sig"), "Zähne"),
        (b"<meta charset=nonsense>{}", "Zähne"),
        ("<meta charset=koi8-r>{}".encode("koi8-r"), "зубы"),
    ],
)
def test_pages_are_read_in_their_encoding(data: bytes, said: str) -> None:
    encoding = "koi8-r" if said == "зубы" else "utf-8"
    body = f"<article><p>{SENTENCE} {said}. {MORE}</p></article>"
    for each in {encoding, "cp1252"} if b"1252" in data else {encoding}:
        assert said in Html().read("a.html", data.replace(b"{}", body.encode(each))).text


def test_a_page_that_was_cut_off_amid_a_letter_is_still_in_its_encoding() -> None:
    page = f"<meta charset=utf-8><p>{SENTENCE} Zähne, Füße, Öl und Überfluss: äöüß.</p><p>{MORE}</p>" + "ü" * 60
    assert "Zähne, Füße" in Html().read("a.html", page.encode()[:-1]).text


def test_another_sidebar_is_not_another_article() -> None:
    page = (PAGES / "wordpress-classic.html").read_text()
    later = page.replace("A week at the mill", "A day at the fair").replace("3 Replies", "14 Replies")
    assert later != page
    assert Html().read("a.html", later.encode()).fingerprint == saved("wordpress-classic").fingerprint


def test_a_language_that_the_page_gets_wrong_is_mended() -> None:
    assert b'<html lang="en">' in (PAGES / "french-prestashop.html").read_bytes()
    assert saved("french-prestashop").language == "fr"
