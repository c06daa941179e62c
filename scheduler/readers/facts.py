"""What a page says of its article beside the text: title, author, date, address, language.

Each fact has several sources, asked in the order of how often they are right. A source that says nonsense is passed
over: an empty fact costs less than a wrong one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from scheduler.readers.blocks import Told
from scheduler.readers.dates import day_of
from scheduler.readers.names import names_of
from scheduler.readers.pictures import joined
from scheduler.readers.titles import Headline, title_of

MOST_JSON = 200_000
MOST_NODES = 2_000
LONGEST_AUTHOR = 80

AUTHOR_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator")
DATE_METAS = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dcterms.created"),
    *("dc.date.issued", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publication_date"),
)
ARTICLE_TYPES = re.compile(r"(?:\w*Article|BlogPosting|Report|LiveBlogPosting|Recipe|HowTo|Review|WebPage|FAQPage)")

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][\w-]{1,20})?")
_BY = re.compile(
    r"^(?:(?:written|posted|published|reviewed|words|text|article)\s+)?(?:by|von|por|par|di|door|av)\b[:\s]\s*|^author:\s*",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*(?:[|•·–—,;(]|\s-\s|\son\s|\s\d).*$")
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
        shared=_first(metas, ("og:title", "twitter:title", "dc.title")),
        linked=next((_text(node.get("headline")) for node in linked if node.get("headline")), ""),
        window=next(iter(_texts(tree, "title")), ""),
        site=_first(metas, ("og:site_name", "application-name")) or _publisher(linked),
        address=canonical,
    )
    return Told(
        title=title_of(headline),
        language=_language(tree, metas),
        author=next(_authors(tree, metas, linked), ""),
        published=next(_dates(tree, metas, linked), ""),
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
    return " ".join(value.split())[:1000] if isinstance(value, str) else ""


def _texts(tree: HtmlElement, tag: str) -> Iterator[str]:
    for element in tree.iter(tag):
        if text := " ".join(element.text_content().split()):
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


def _authors(tree: HtmlElement, metas: Mapping[str, str], linked: list[dict[str, Any]]) -> Iterator[str]:
    said = [name for node in linked for name in _names(node.get("author"))]
    said += [metas[name] for name in AUTHOR_METAS if name in metas]
    said += [" ".join(element.text_content().split()) for element in _author_elements(tree)]
    for words in said:
        name = _AFTER_NAME.sub("", _BY.sub("", words.strip())).strip(" .,;:")
        if 2 <= len(name) <= LONGEST_AUTHOR and "/" not in name and "@" not in name:
            yield name


def _author_elements(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The narrowest first: a link to the author, then what is called so."""
    body = list(tree.iter("a", "span", "p", "div", "address", "cite", "li", "strong"))
    for element in body:
        if "author" in (element.get("rel") or "").lower().split() or element.get("itemprop") == "author":
            inner = element.find(".//*[@itemprop='name']")
            yield element if inner is None else inner
    for element in body:
        if any(_AUTHOR_NAMES.fullmatch(name) for name in names_of(element)):
            yield element


def _dates(tree: HtmlElement, metas: Mapping[str, str], linked: list[dict[str, Any]]) -> Iterator[str]:
    said = [_text(node.get(key)) for key in ("datePublished", "dateCreated", "uploadDate") for node in linked]
    said += [metas[name] for name in DATE_METAS if name in metas]
    said += [element.get("content") or element.get("datetime") or "" for element in _date_elements(tree)]
    for words in said:
        if day := day_of(words):
            yield day


def _date_elements(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Of `time`, those that say they are of the article first; one inside of comments or other articles says less."""
    times = list(tree.iter("time"))
    yield from tree.xpath("//*[@itemprop='datePublished']")
    yield from (time for time in times if time.get("pubdate") is not None or "published" in " ".join(names_of(time)))
    yield from times[:1]


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
