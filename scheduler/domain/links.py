"""The booking link is the receipt: each delivery's link carries the delivery's own code."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

CODE_LENGTH = 7
LONGEST_PRINTED = 38

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_WHOLE = re.compile(r"https?://", re.IGNORECASE)
_CAMPAIGN = re.compile(r"utm_\w+|fbclid|gclid", re.IGNORECASE)


def delivery_code(*identity: str, salt: int = 0) -> str:
    """Seven lower-case characters, the first a letter, so that a code is never taken for a post's number.

    The same identity (article, excerpt, channel) gives the same code; `salt` steps aside from a collision.
    """
    digest = hashlib.sha256("\x1f".join([*identity, str(salt)]).encode()).digest()
    letters = base64.b32encode(digest).decode().lower().translate(str.maketrans("o", "8"))
    start = next(index for index, letter in enumerate(letters) if letter.isalpha())
    return letters[start : start + CODE_LENGTH]


def slug(title: str) -> str:
    """A title as a short ASCII word chain, at most 40 characters; `article` when nothing is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:40].rstrip("-") or "article"


def office_key(name: str) -> str:
    """`South Bay` as the settings write it: `south_bay`."""
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


def tracked(url: str, *, source: str, campaign: str, code: str) -> str:
    """`url` with UTM parameters; its own query stays, UTM parameters it already had are replaced.

    Source: the campaign URL parameters as Google Analytics documents them.
    """
    return _with(url, {"utm_source": source, "utm_medium": "social", "utm_campaign": campaign, "utm_content": code})


def for_scanning(url: str, *, campaign: str) -> tuple[str, ...]:
    """What a printed or painted code may lead to, best first: who scans it is counted where there is room for that."""
    scanned = {"utm_source": "card", "utm_medium": "qr"}
    return _with(url, {**scanned, "utm_campaign": campaign}), _with(url, scanned), url


def _with(url: str, utm: Mapping[str, str]) -> str:
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in utm]
    return urlunsplit(parts._replace(query=urlencode([*query, *utm.items()])))


def code_in(url: str) -> str:
    """The code that a tracked link carries; empty for any other address."""
    try:
        return dict(parse_qsl(urlsplit(url).query)).get("utm_content", "")
    except ValueError:
        return ""


def printed(url: str) -> str:
    """A booking address as it stands on a card: without scheme and query, the host alone when it would be long."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    whole = f"{host}{parts.path}".rstrip("/")
    return whole if len(whole) <= LONGEST_PRINTED else host


def is_address(words: str) -> bool:
    """Whether words are meant as an address rather than as the name of a file, whatever the scheme."""
    return _ADDRESS.match(words) is not None


def has_link(text: str) -> bool:
    """Whether a text holds a web address that is written whole."""
    return _WHOLE.search(text) is not None


def untracked(url: str) -> str:
    """`url` without its fragment and without the parameters by which somebody counts clicks."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = "&".join(pair for pair in parts.query.split("&") if not _CAMPAIGN.fullmatch(pair.partition("=")[0]))
    return urlunsplit(parts._replace(query=query, fragment=""))


def site(url: str) -> str:
    """The host of an address without `www.`; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def same_page(url: str) -> str:
    """What addresses have in common that lead to one page: scheme, `www.`, a last slash and counting don't matter."""
    host = site(url)
    parts = urlsplit(untracked(url)) if host else None
    return f"{host}{parts.path.rstrip('/')}?{parts.query}".rstrip("?") if parts else url


def without_login(address: str) -> str:
    """An address as it may be shown: a name and a password in it are secrets."""
    return re.sub(r"//[^/?#]{0,2000}@", "//…@", address)
