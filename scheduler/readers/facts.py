"""What a page says of its article beside the text: title, author, date, address, language.

Each fact has several sources, asked in the order of how often they are right. A source that says nonsense is passed
over: an empty fact costs less than a wrong one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from scheduler.domain.naming import is_nobody, is_persons_name
from scheduler.readers.blocks import Told
from scheduler.readers.bylines import is_byline, name_in
from scheduler.readers.dates import day_in, day_of
from scheduler.readers.names import names_of
from scheduler.readers.pictures import joined
from scheduler.readers.titles import Headline, site_of, title_of

MOST_JSON = 200_000
MOST_NODES = 2_000
MOST_HEADINGS = 200
MOST_ELEMENTS = 5_000
LONGEST_TEXT = 1_000
LONGEST_AUTHOR = 80
LONGEST_LINE = 120
LINES_BEFORE, LINES_BEHIND = 6, 12

AUTHOR_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator")
DATE_METAS = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dcterms.created"),
    *("dc.date.issued", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publication_date"),
)
ARTICLE_TYPES = re.compile(r"(?:\w*Article|BlogPosting|Report|LiveBlogPosting|Recipe|HowTo|Review|WebPage|FAQPage)")

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][\w-]{1,20})?")
_SIGNED = re.compile(r"\b(?:by|von|por|par|di|door|av)\s+((?:[^\W\d_a-z][\w.'’-]{0,30}\s?){2,4})")
_PARTS = re.compile(r"\s*[|•·–—,]\s*")
_BYLINE_TAGS = ("a", "span", "p", "div", "address", "cite", "li", "strong", "i", "em", "small", "h4", "h5")
_META_NAMES = re.compile(r"(?:^|-)(?:meta|byline|details|info|infos|subline|author)(?:-|$)")
_AUTHOR_NAMES = re.compile(
    r"(?:(?:post|entry|article|blog|p)-)?(?:author|byline|by-line|writer|contributor)(?:-name|-link)?"
)


def told_by(tree: HtmlElement, *, address: str) -> Told:
    """What the page says, before anything is taken out of it. `address` is where it came from, if anybody knows."""
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    canonical = _canonical(tree, metas, linked, address)
    headline = Headline(
        headings=tuple(_texts(tree, "h1")),
        lower=tuple(islice(_texts(tree, "h2", "h3", "h4"), MOST_HEADINGS)),
        shared=_first(metas, ("og:title", "twitter:title", "dc.title")),
        linked=next((_text(node.get("headline")) for node in linked if node.get("headline")), ""),
        window=next(iter(_texts(tree, "title")), ""),
        site=_first(metas, ("og:site_name", "application-name")) or _publisher(linked),
        address=canonical,
    )
    title = title_of(headline)
    return Told(
        title=title,
        language=_language(tree, metas),
        author=_author(tree, metas, linked, site_of(headline)),
        published=_published(tree, metas, linked, title),
        canonical_url=canonical,
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """By name, property or itemprop in lower case; the first of each counts."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name, content)
    return found


def _first(metas: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The nodes of JSON-LD that describe an article, the most telling type first."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            found += _nodes(script.text or "")
    articles = [node for node in found if any(map(ARTICLE_TYPES.fullmatch, _types(node)))]
    yield from sorted(articles, key=lambda node: "WebPage" in _types(node))


def _nodes(source: str) -> list[dict[str, Any]]:
    try:
        waiting = [json.loads(source, strict=False)] if len(source) <= MOST_JSON else []
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, Any]] = []
    while waiting and len(found) < MOST_NODES:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:MOST_NODES]
        elif isinstance(node, dict):
            found.append(node)
            waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]
    return found


def _types(node: Mapping[str, Any]) -> list[str]:
    types = node.get("@type")
    return [str(each) for each in (types if isinstance(types, list) else [types])]


def _text(value: object) -> str:
    return " ".join(value[:LONGEST_TEXT].split()) if isinstance(value, str) else ""


def _texts(tree: HtmlElement, *tags: str) -> Iterator[str]:
    for element in tree.iter(*tags):
        if text := " ".join(element.text_content()[:LONGEST_TEXT].split()):
            yield text


def _publisher(linked: list[dict[str, Any]]) -> str:
    return next((name for node in linked for name in _names(node.get("publisher"))), "")


def _names(value: object) -> Iterator[str]:
    """Of a person or an organisation in JSON-LD, in any of the ways in which sites write them."""
    for each in value if isinstance(value, list) else [value]:
        name = each.get("name") if isinstance(each, dict) else each
        for text in name if isinstance(name, list) else [name]:
            if found := _text(text):
                yield found


def _author(tree: HtmlElement, metas: Mapping[str, str], linked: list[dict[str, Any]], site: str) -> str:
    """The first that is a person's name, else the first that is any."""
    found = list(_authors(tree, metas, linked))
    return next((name for name in found if is_persons_name(name, business=site)), next(iter(found), ""))


def _authors(tree: HtmlElement, metas: Mapping[str, str], linked: list[dict[str, Any]]) -> Iterator[str]:
    said = [name for node in linked for name in _names(node.get("author"))]
    said += [metas[name] for name in AUTHOR_METAS if name in metas]
    said += _bylines(tree)
    for words in said:
        name = name_in(words)
        if 2 <= len(name) <= LONGEST_AUTHOR and not is_nobody(name) and "/" not in name and "@" not in name:
            yield name


def _bylines(tree: HtmlElement) -> Iterator[str]:
    """The surest first: a link to the author, what is called so, a short line that begins with “by”."""
    tags = islice(tree.iter(*_BYLINE_TAGS), MOST_ELEMENTS)
    body = [element for element in tags if len(element.text_content()) <= LONGEST_LINE]
    for element in body:
        if "author" in (element.get("rel") or "").lower().split() or element.get("itemprop") == "author":
            inner = element.find(".//*[@itemprop='name']")
            yield " ".join((element if inner is None else inner).text_content().split())
    for element in body:
        if any(_AUTHOR_NAMES.fullmatch(name) for name in names_of(element)):
            yield " ".join(element.text_content().split())
    lines = [" ".join(element.text_content().split()) for element in body]
    yield from filter(is_byline, lines)
    for line, element in zip(lines, body, strict=True):
        if any(_META_NAMES.search(name) for name in names_of(element)):
            yield from (found.group(1) for found in _SIGNED.finditer(line))
            yield from (part for part in _PARTS.split(line) if is_persons_name(part))


def _published(tree: HtmlElement, metas: Mapping[str, str], linked: list[dict[str, Any]], title: str) -> str:
    """By what is meant for machines, else by the first date that stands near the title."""
    for words in _dates(tree, metas, linked):
        if day := day_of(words):
            return day
    return next((day for line in _near_title(tree, title) if (day := day_in(line))), "")


def _dates(tree: HtmlElement, metas: Mapping[str, str], linked: list[dict[str, Any]]) -> Iterator[str]:
    yield from (_text(node.get(key)) for key in ("datePublished", "dateCreated", "uploadDate") for node in linked)
    yield from (metas[name] for name in DATE_METAS if name in metas)
    for element in _date_elements(tree):
        yield element.get("content") or element.get("datetime") or element.get("title") or ""


def _date_elements(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Of `time`, those that say they are of the article first; one inside of comments or other articles says less."""
    times = list(tree.iter("time"))
    yield from tree.xpath("//*[@itemprop='datePublished' or contains(@class, 'published')]")
    yield from (time for time in times if time.get("pubdate") is not None)
    yield from times[:1]


def _near_title(tree: HtmlElement, title: str) -> Iterator[str]:
    """Short lines from right before the title to some way behind it."""
    texts = [" ".join(text.split()) for text in islice(tree.itertext(), MOST_ELEMENTS)]
    lines = [text for text in texts if text]
    for at, line in enumerate(lines):
        if title and line == title:
            near = lines[max(0, at - LINES_BEFORE) : at + LINES_BEHIND]
            yield from (each for each in near if len(each) <= LONGEST_LINE)


def _canonical(tree: HtmlElement, metas: Mapping[str, str], linked: list[dict[str, Any]], address: str) -> str:
    links = [
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    said = [*links, metas.get("og:url", ""), *(_text(node.get("url")) for node in linked)]
    for words in said:
        url = joined(address, words.strip()) if words.strip() else ""
        if re.fullmatch(r"https?://[^\s<>\"]{3,2000}", url):
            return url
    return address


def _language(tree: HtmlElement, metas: Mapping[str, str]) -> str:
    """The primary tag, such as `pt` of `pt-BR`."""
    root = next(tree.iter("html"), tree)
    said = (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang"))
    for words in (*said, metas.get("content-language"), metas.get("og:locale"), metas.get("language")):
        if words and (found := _LANGUAGE.fullmatch(words.strip())):
            return found.group(1).lower()
    return ""
