"""Every page that can be reached by links, as a browser without scripts reaches it."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx
from lxml import html

from tests.web.visitor import HERE, Visitor

MOST, MOST_ALIKE = 150, 2


def crawl(visitor: Visitor, start: str = "/") -> Iterator[tuple[str, httpx.Response]]:
    """Each page once; of those whose addresses differ by numbers, codes and values only, a few."""
    seen, alike, waiting = {start}, Counter[str](), deque([start])
    while waiting and sum(alike.values()) < MOST:
        path = waiting.popleft()
        alike[shape(path)] += 1
        if alike[shape(path)] > MOST_ALIKE:
            continue
        response = visitor.get(path)
        yield path, response
        if not response.headers.get("content-type", "").startswith("text/html"):
            continue
        new = [link for link in links(path, response.text) if link not in seen]
        seen.update(new)
        waiting.extend(new)


def shape(path: str) -> str:
    """An address without what differs from post to post and from day to day."""
    parts = urlsplit(path)
    keys = "&".join(sorted(word.partition("=")[0] for word in parts.query.split("&")))
    return re.sub(r"/([a-z0-9]{7}|\d+)(?=/|$)", "/#", parts.path) + "?" + keys


def links(path: str, text: str) -> list[str]:
    """Addresses on our site that a page links to."""
    if not text.strip():
        return []
    found = (urljoin(HERE + path, link) for link in html.document_fromstring(text).xpath("//a/@href"))
    ours = (urlsplit(link) for link in found if link.startswith(f"{HERE}/"))
    return list(dict.fromkeys(part.path + (f"?{part.query}" if part.query else "") for part in ours))
