"""A page of the public web: redirects followed with the same care at every hop, other answers told in words."""

from __future__ import annotations

import re
import time
from collections.abc import Collection
from dataclasses import dataclass

from scheduler.domain.errors import NoAnswer, PageUnusable, QuotidianError
from scheduler.domain.page import Page
from scheduler.fetching.exchange import Answer, Line, ask
from scheduler.fetching.network import Network
from scheduler.fetching.redirects import STATUSES, moved
from scheduler.fetching.robots import Robots
from scheduler.fetching.target import Target, target
from scheduler.fetching.wire import Bounds, Deadline

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)")
LONGEST_NAME = 500
"""An answer's name (ETag) longer than this is cut, and then never matches."""
LATER = frozenset({408, 425, 429})
REFUSALS = dict.fromkeys(STATUSES, "The site says that the page moved, but not where.") | {
    204: "The site has nothing at this address.",
    205: "The site has nothing at this address.",
    401: "The site wants a password for this page.",
    402: "The site wants money for this page.",
    403: "The site doesn't let programs read this page.",
    404: "There is no page at this address.",
    410: "The page of this address is gone.",
    451: "The page may not be shown, for reasons of law.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to fetch: media types that are taken, whether robots.txt is asked, how the last answer was called, and what
    this is called in words."""

    address: str
    kinds: Collection[str]
    robots: bool
    etag: str = ""
    last_modified: str = ""
    noun: str = "text"

    @property
    def headers(self) -> dict[str, str]:
        """What is said with the question: no cookie, no referrer."""
        conditions = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        accept = {"Accept": ", ".join(self.kinds), "Accept-Encoding": "gzip, deflate"}
        return accept | {name: value for name, value in conditions.items() if value}


def fetch(wanted: Wanted, *, network: Network, bounds: Bounds) -> Page:
    """The page at an address. Raises AddressRefused, PageUnusable, NoAnswer, each with the address as its place."""
    deadline = Deadline(at=time.monotonic() + bounds.seconds)
    line = Line(network=network, bounds=bounds, deadline=deadline)
    try:
        return _follow(wanted, line)
    except QuotidianError as error:
        error.path = error.path or wanted.address
        raise


def _follow(wanted: Wanted, line: Line) -> Page:
    at, robots = target(wanted.address), Robots(line)
    for _ in range(line.bounds.redirects + 1):
        if wanted.robots:
            robots.check(at)
        answer = ask(at, line, wanted.headers)
        after = moved(at, answer)
        if after is None:
            return _page(at, answer, wanted)
        at = after
    raise PageUnusable("The address leads on and on.", hint="Name the page that it should lead to.")


def _page(at: Target, answer: Answer, wanted: Wanted) -> Page:
    if answer.status == 304 and (wanted.etag or wanted.last_modified):
        return Page(url=at.url, etag=wanted.etag, last_modified=wanted.last_modified, unchanged=True)
    if answer.status not in (200, 203):
        raise _refusal(answer)
    media_type, charset = _kind(answer.header("Content-Type"))
    if media_type and media_type not in wanted.kinds:
        raise PageUnusable(f"There is no {wanted.noun} at this address but '{media_type[:60]}'.", path=at.url)
    return Page(
        url=at.url,
        media_type=media_type,
        charset=charset,
        body=answer.body,
        etag=answer.header("ETag")[:LONGEST_NAME],
        last_modified=answer.header("Last-Modified")[:LONGEST_NAME],
    )


def _refusal(answer: Answer) -> QuotidianError:
    if answer.status in LATER or answer.status >= 500:
        error = NoAnswer(f"The site can't answer at the moment ({answer.status}).")
        error.retry_after = answer.retry_after
        return error
    words = REFUSALS.get(answer.status, f"The site's answer is no page ({answer.status}).")
    return PageUnusable(words)


def _kind(content_type: str) -> tuple[str, str]:
    media_type, _, rest = content_type.lower().partition(";")
    charset = CHARSET.search(rest)
    return media_type.strip(), charset[1] if charset else ""
