"""Reads RSS and Atom by feedparser: bytes into items, and an item that holds its whole text into an article."""

from __future__ import annotations

import codecs
import hashlib
import html
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import feedparser
from lxml.html import HtmlElement

from scheduler.domain.article import Article, BlockKind
from scheduler.domain.errors import FileUnusable, PageUnusable
from scheduler.domain.feed import Feed, FeedItem
from scheduler.domain.links import same_page
from scheduler.domain.page import Page
from scheduler.readers.blocks import Told, assemble
from scheduler.readers.charset import decoded
from scheduler.readers.language import UNSURE, guess
from scheduler.readers.markup import drop_unseen, parse
from scheduler.readers.pieces import Piece
from scheduler.readers.walking import Walk

MOST_READ = 300
"""Items at the top of a feed that are read at all; a feed has its newest there."""
MOST_ITEMS = 100
FULL_CHARACTERS = 1500
"""An item with so much text holds its article, unless it breaks off."""
LONGEST_CONTENT = 400_000
LONGEST_TITLE = 300
LONGEST_KEY = 500
LONGEST_LINK = 2000

_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ENCODING = re.compile(rb"""\s{0,100}<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([\w.:-]{2,40})""")
_DECLARATION = re.compile(r"\A\s{0,100}<\?xml[^>]{0,500}\?>")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_NUMBERED = re.compile(r"&#(x[0-9a-f]{1,4000}|[0-9]{1,4000});?", re.IGNORECASE)
_OPENS = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_BREAKS_OFF = re.compile(
    r"(…|\.\.\.|\[…\]|\[\.\.\.\]|read (more|on|the rest)\b.{0,80}|(continue|keep) reading\b.{0,80}|weiterlesen"
    r"|le(er|ia|r) (más|mais)|lire la suite)\W*$",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_FOOTER = re.compile(r"The post .{1,300} (appeared first on|first appeared on) .{1,200}", re.DOTALL)
_PAGE = re.compile(r"https?://[^/?#]+(?:/+[^/?#]|/?\?[^#])", re.IGNORECASE)


def read_feed(page: Page) -> Feed:
    """The feed, its newest items first and none twice. Raises PageUnusable where it is none."""
    if page.unchanged:
        return Feed(etag=page.etag, last_modified=page.last_modified, unchanged=True)
    parsed = _parsed(page)
    if not parsed.get("version"):
        hint = "A site's feed is often at /feed or /rss.xml; for one article name its address to `quotidian queue`."
        raise PageUnusable("This is not a feed.", hint=hint, path=page.url)
    language = _language(parsed.feed)
    items = _sorted([_item(entry, page.url, language) for entry in parsed.entries])
    return Feed(
        title=_line(parsed.feed.get("title")),
        items=tuple(islice(_once(items), MOST_ITEMS)),
        etag=page.etag,
        last_modified=page.last_modified,
    )


def _parsed(page: Page) -> Any:
    """In UTF-8 already, since what a feed says of its encoding may be anything. Raises PageUnusable."""
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": page.url}
    document = io.BytesIO(_NUMBERED.sub(_letter, _top(_text(page))).encode("utf-8", "replace"))
    try:
        return feedparser.parse(document, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        raise PageUnusable("This feed is damaged.", hint="Tell its owner.", path=page.url) from None


def _text(page: Page) -> str:
    """By its own mark, by what the site says, by what it says itself, as UTF-8, and else as Windows wrote."""
    said = _ENCODING.match(page.body)
    marked = next((name for mark, name in _BOMS.items() if page.body.startswith(mark)), "")
    names = (marked, page.charset, said[1].decode("ascii") if said else "", "utf-8")
    texts = (decoded(page.body, name) for name in names)
    text = next((text for text in texts if text is not None), None)
    return _CONTROLS.sub("", _DECLARATION.sub("", page.body.decode("cp1252", "replace") if text is None else text))


def _letter(reference: re.Match[str]) -> str:
    """The reference, where there is such a letter: halves of emoji are common in feeds, and break the parser."""
    digits = reference[1].lower()
    number = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    return reference[0] if number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF else ""


def read_item(item: FeedItem) -> Article:
    """The article that an item holds. Raises FileUnusable."""
    tree = parse(item.source, item.content.encode("utf-8-sig", "replace"))
    drop_unseen(tree)
    pieces = [piece for piece in _pieces(tree, item) if not _FOOTER.fullmatch(piece.text)]
    if not pieces:
        raise FileUnusable("There is no text in this item.", hint="Read its page instead.", path=item.source)
    guessed = guess("\n".join(piece.text for piece in pieces))
    told = Told(
        title=item.title,
        language=guessed if guessed != UNSURE or not item.language else item.language,
        author=item.author,
        published=item.published,
        canonical_url=item.link,
    )
    heading = [Piece(kind=BlockKind.HEADING, text=item.title, level=1)] if item.title else []
    return assemble(item.source, told, [*heading, *pieces])


def _pieces(tree: HtmlElement, item: FeedItem) -> Iterator[Piece]:
    return (found.piece for found in Walk(tree, base=item.link).found)


def _top(text: str) -> str:
    """Up to the item after the last that is read: a hundred thousand items cost no more than these."""
    beyond = next(islice(_OPENS.finditer(text), MOST_READ, None), None)
    return text[: beyond.start()] if beyond else text


def _item(entry: Any, feed: str, language: str) -> FeedItem:
    link = _link(entry)
    title = _line(entry.get("title"))
    content = max(_contents(entry), key=len, default="")
    key = str(entry.get("id") or link) or f"{title}\n{content}"
    return FeedItem(
        feed=feed,
        key=key if len(key) <= LONGEST_KEY and key.isprintable() else hashlib.sha256(_bytes(key)).hexdigest(),
        link=link,
        title=title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…",
        author=_line(entry.get("author"))[:80],
        published=_date(entry),
        language=_language(entry) or language,
        content=content if _is_whole(content) else "",
    )


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _link(entry: Any) -> str:
    """The page itself rather than a counter's; empty unless it is a page of the web. A front page is no item's."""
    links = (str(entry.get(name) or "").strip() for name in ("feedburner_origlink", "link"))
    return next((link for link in links if _PAGE.match(link) and len(link) <= LONGEST_LINK), "")


def _contents(entry: Any) -> Iterator[str]:
    for content in entry.get("content") or ():
        if "html" in str(content.get("type")) or content.get("type") == "text/plain":
            yield str(content.get("value") or "")
    yield str(entry.get("summary") or "")


def _is_whole(content: str) -> bool:
    if not FULL_CHARACTERS <= len(content) <= LONGEST_CONTENT:
        return False
    words = html.unescape(" ".join(_TAG.sub(" ", content).split()))
    return len(words) >= FULL_CHARACTERS and not _BREAKS_OFF.search(words[-200:])


def _line(value: object) -> str:
    """One line of plain words; a title may carry markup."""
    text = str(value or "")[: 10 * LONGEST_TITLE]
    words = _words(text) if "<" in text or "&" in text else " ".join(text.split())
    return "".join(letter for letter in words if letter.isprintable())


def _words(markup: str) -> str:
    try:
        tree = parse("", markup.encode("utf-8-sig", "replace"))
    except FileUnusable:
        return ""
    drop_unseen(tree)
    return " ".join(str(tree.text_content()).split())


def _date(entry: Any) -> str:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}" if moment else ""


def _language(part: Any) -> str:
    """`en` of `en-US`; empty for anything else."""
    found = re.match(r"([a-z]{2,3})(?:[-_]|$)", str(part.get("language") or "").lower())
    return found[1] if found else ""


def _sorted(items: list[FeedItem]) -> list[FeedItem]:
    """By date where all have one, otherwise as the feed has them."""
    dated = all(item.published for item in items)
    return sorted(items, key=lambda item: item.published, reverse=True) if dated else items


def _once(items: Iterable[FeedItem]) -> Iterator[FeedItem]:
    seen: set[str] = set()
    for item in items:
        names = {f"key {item.key}"} | ({f"page {same_page(item.link)}"} if item.link else set())
        if seen.isdisjoint(names):
            yield item
        seen |= names
