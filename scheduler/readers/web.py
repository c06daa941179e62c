"""Reads a page of the web: the reader that its kind asks for, its bytes in UTF-8, and what the article is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from scheduler.domain.article import Article
from scheduler.domain.errors import PageUnusable
from scheduler.domain.links import site, untracked
from scheduler.domain.page import Page
from scheduler.readers import work
from scheduler.readers.charset import decoded
from scheduler.readers.work import Loaded

HTML = "scheduler.readers.html:Html"
MARKDOWN = "scheduler.readers.markdown:Markdown"
BY_SUFFIX: Mapping[str, str] = {
    ".htm": HTML,
    ".html": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".txt": "scheduler.readers.plaintext:PlainText",
}
BY_KIND: Mapping[str, str] = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/markdown": MARKDOWN,
    "text/x-markdown": MARKDOWN,
}
PLAIN = "text/plain"
VARIANTS = ("", "amp", "print")
"""What one page is called below its own address when it is shown in another way."""


def read(page: Page) -> Article:
    """The article on a page, called by its own address. Raises FileUnusable, PageUnusable."""
    article = work.read(Loaded(reader=_reader(page), name=page.url, data=_in_utf8(page)))
    return replace(article, source=_source(page.url, article.canonical_url))


def _reader(page: Page) -> str:
    """Many servers call Markdown plain text, and some say nothing."""
    suffix = PurePosixPath(urlsplit(page.url).path).suffix.lower()
    reader = BY_KIND.get(page.media_type) or BY_SUFFIX.get(suffix)
    if reader is None and page.media_type != PLAIN:
        raise PageUnusable("The site doesn't say what there is at this address.", path=page.url)
    return reader or BY_SUFFIX[".txt"]


def _in_utf8(page: Page) -> bytes:
    """With the mark that goes before what the page itself says, where the site names an encoding that is true."""
    text = decoded(page.body, page.charset)
    return page.body if text is None else text.encode("utf-8-sig")


def _source(url: str, canonical: str) -> str:
    """The canonical address where it is of the same site, and not of a folder above the page, as some themes say."""
    own, other = urlsplit(url).path, urlsplit(canonical).path.rstrip("/")
    rest = own.removeprefix(f"{other}/").strip("/").lower()
    above = own.startswith(f"{other}/") and rest not in VARIANTS
    return untracked(canonical if other and not above and site(canonical) == site(url) else url)
