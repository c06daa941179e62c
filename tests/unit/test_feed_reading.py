"""Feeds are bytes from somebody else: what is in them becomes items, whatever it is, and costs little."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.errors import FileUnusable, PageUnusable
from scheduler.domain.feed import FeedItem
from scheduler.domain.page import Page
from scheduler.readers.feed import MOST_ITEMS, read_feed, read_item

ADDRESS = "https://site.test/blog/feed.xml"
SENTENCE = "Drink a glass of water before breakfast, and another one after your walk to work. "
LONG = f"<p>{SENTENCE * 20}</p><blockquote>Water wins.</blockquote>"
NAMESPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0" {NAMESPACES}><channel><title>Clinic</title>{inside}</channel></rss>'


def items_of(document: str | bytes, *, charset: str = "") -> tuple[FeedItem, ...]:
    body = document.encode() if isinstance(document, str) else document
    return read_feed(Page(url=ADDRESS, media_type="text/xml", charset=charset, body=body)).items


def link(path: str) -> str:
    return f"<link>https://site.test/{path}</link>"


def content(html: str) -> str:
    return f"<content:encoded><![CDATA[{html}]]></content:encoded>"


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Clinic</title><entry><title type="html">Water
&lt;b&gt;first&lt;/b&gt;</title><id>tag:1</id><link href="/water"/><updated>2026-11-02T10:00:00Z</updated><author>
<name>Ann</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{LONG}</div></content></entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>Clinic</title></channel><item rdf:about="tag:1"><title>Water first</title>
<link>https://site.test/water</link></item></rdf:RDF>"""
RSS_091 = f'<rss version="0.91"><channel><title>Clinic</title><item><title>Water first</title>{link("water")}</item>'


@pytest.mark.parametrize("document", [ATOM, RDF, RSS_091, rss(f"<title>Water first</title>{link('water')}")])
def test_every_kind_of_feed_has_items_with_title_and_link(document: str) -> None:
    (item,) = items_of(document)
    assert (item.title, item.link) == ("Water first", "https://site.test/water")


def test_an_item_that_holds_its_whole_text_becomes_an_article_without_its_page() -> None:
    (item,) = items_of(ATOM)
    article = read_item(item)
    assert (article.title, article.source, article.language) == ("Water first", "https://site.test/water", "en")
    assert (article.author, article.published) == ("Ann", "2026-11-02")
    assert article.text.count("Drink a glass") == 20
    assert "quote" in {block.kind for block in article.blocks}


@pytest.mark.parametrize(
    "end", ["…", "...", "[&#8230;]", "Read more", '<a href="/">Continue reading &rarr;</a>', "[…]"]
)
def test_an_item_that_breaks_off_is_read_from_its_page(end: str) -> None:
    (item,) = items_of(rss(link("water") + content(f"{LONG}<p>And then {end}</p>")))
    assert item.content == ""


def test_a_short_item_is_read_from_its_page() -> None:
    assert items_of(rss(f"{link('water')}<description>{SENTENCE}</description>"))[0].content == ""


def test_what_the_blog_adds_below_and_what_a_browser_would_run_is_left_out() -> None:
    footer = '<p>The post <a href="/water">Water</a> appeared first on <a href="/">Clinic</a>.</p>'
    (item,) = items_of(rss(link("water") + content(f"{LONG}<script>alert(1)</script>{footer}")))
    article = read_item(item)
    assert "alert" not in article.text
    assert "appeared first" not in article.text


def test_links_are_resolved_against_the_feed_and_lead_only_to_the_web() -> None:
    paths = [
        "/water",
        "sleep.html",
        "//other.test/rest",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
    ]
    found = items_of(rss(*(f'<guid isPermaLink="false">{path}</guid><link>{path}</link>' for path in paths)))
    assert [item.link for item in found] == [
        "https://site.test/water",
        "https://site.test/blog/sleep.html",
        "https://other.test/rest",
        "",
        "",
        "",
    ]


def test_a_link_to_the_front_page_is_no_items_own() -> None:
    links = ["https://site.test", "https://site.test/", "https://site.test/#news", "/", "https://site.test/?p=7", "/x"]
    found = items_of(rss(*(f"<title>{n}</title><link>{link}</link>" for n, link in enumerate(links))))
    assert [item.link for item in found] == ["", "", "", "", "https://site.test/?p=7", "https://site.test/x"]


def test_titles_are_one_plain_line_of_bounded_length() -> None:
    hostile = [
        "&lt;b&gt;Bold&lt;/b&gt;\n and &lt;script&gt;x&lt;/script&gt;more",
        "x" * 100_000,
        "",
        "Tea &amp;amp; rest",
    ]
    found = [item.title for item in items_of(rss(*(f"<title>{t}</title>{link(str(len(t)))}" for t in hostile)))]
    assert found[0] == "Bold and more"
    assert len(found[1]) == 300
    assert found[2:] == ["", "Tea & rest"]


def test_an_item_that_comes_twice_is_one() -> None:
    twice = (f"<guid>1</guid>{link('a')}", f"<guid>1</guid>{link('b')}", f"<guid>2</guid>{link('a?utm_source=rss')}")
    assert len(items_of(rss(*twice))) == 1


def test_the_newest_come_first_and_a_date_in_the_future_does_no_harm() -> None:
    years = (2024, 2999, 2026)
    dated = [f"<title>{year}</title>{link(str(year))}<pubDate>1 Jan {year} 10:00:00 GMT</pubDate>" for year in years]
    assert [item.title for item in items_of(rss(*dated))] == ["2999", "2026", "2024"]
    assert [item.title for item in items_of(rss(*dated, link("undated")))][:3] == ["2024", "2999", "2026"]


@pytest.mark.parametrize(
    ("head", "encoding", "charset"),
    [
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "iso-8859-1", ""),
        ('<?xml version="1.0" encoding="utf-8"?>', "windows-1252", ""),
        ("", "utf-8", "us-ascii"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16", ""),
        ('<?xml version="1.0"?>', "utf-8", "no-such-charset"),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-8-sig", "utf-8"),
    ],
)
def test_an_encoding_that_is_wrong_or_odd_is_still_read(head: str, encoding: str, charset: str) -> None:
    document = rss(f"<title>Brötchen</title>{link('a')}", head=head).encode(encoding)
    assert items_of(document, charset=charset)[0].title == "Brötchen"


@pytest.mark.parametrize(
    "letter",
    ["&#0;", "&#xD83D;&#xDE00;", "&#55357;", "&#99999999999999999999;", "\x00", "&#xFFFFFFFF", "\x1b", "\uffff"],
)
def test_a_letter_that_is_none_costs_only_itself(letter: str) -> None:
    (item,) = items_of(rss(f"<title>Water{letter} first</title>{link('a')}"))
    assert item.title.replace("\ufffd", "") == "Water first"


def entities(names: Iterable[str]) -> str:
    declared, before = '<!ENTITY a0 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">', "a0"
    for name in names:
        declared += f'<!ENTITY {name} "{f"&{before};" * 20}">'
        before = name
    return declared


def test_an_entity_bomb_does_not_go_off() -> None:
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [{entities(f"a{n}" for n in range(1, 12))}]>'
    began = time.process_time()
    found = items_of(rss(f"<title>&a11;</title>{link('a')}", head=bomb))
    assert time.process_time() - began < 5
    assert all(len(item.title) <= 300 for item in found)


def test_an_entity_that_names_a_file_is_not_read() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert "root" not in str(items_of(rss(f"<title>&x;</title>{link('a')}", head=head)))


@pytest.mark.parametrize("closing", ["</item>", ""])
def test_a_hundred_thousand_items_cost_no_more_than_some(closing: str) -> None:
    many = "".join(f"<item><title>{number}</title>{link(str(number))}{closing}" for number in range(100_000))
    began = time.process_time()
    found = items_of(f'<rss version="2.0"><channel>{many}</channel></rss>')
    assert time.process_time() - began < 5
    assert len(found) <= MOST_ITEMS
    assert not closing or [found[0].title, found[-1].title, len(found)] == ["0", "99", 100]


@pytest.mark.parametrize("document", ["", "<html><body>Hello</body></html>", "{}", "\x00\x01", "<rss", "plain words"])
def test_what_is_no_feed_is_refused_with_a_hint(document: str) -> None:
    with pytest.raises(PageUnusable, match="not a feed") as caught:
        items_of(document)
    assert "/feed" in caught.value.hint
    assert caught.value.place == ADDRESS


def test_an_item_without_text_is_refused() -> None:
    with pytest.raises(FileUnusable):
        read_item(FeedItem(feed=ADDRESS, key="1", link="", content="<p> </p>"))


@given(st.binary(max_size=400), st.sampled_from([ATOM, RDF, rss(link("a") + content(LONG))]), st.integers(0, 500))
def test_bytes_in_the_middle_of_a_feed_never_break_it(noise: bytes, document: str, at: int) -> None:
    whole = document.encode()
    try:
        found = items_of(whole[:at] + noise + whole[at:])
    except PageUnusable:
        return
    assert all(item.link == "" or item.link.startswith("http") for item in found)
    assert all(item.key and item.key.isprintable() and len(item.title) <= 300 for item in found)
