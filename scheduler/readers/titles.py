"""The title of a page without the name of its site."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 300
SITE_WORDS = 4
"""A last part of a window's title with more words than this is no site's name."""

_SEPARATOR = re.compile(r"\s+[|–—·•»«:~-]\s+|\s*[|»«]\s*|\s+::\s+|:\s+(?=[^:]{1,40}$)")
_STRONG = "|»«·•"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Where a page tells its title: its headings, of the first and lower levels, for sharing, in linked data, for
    the window.
    """

    headings: tuple[str, ...]
    lower: tuple[str, ...]
    shared: str
    linked: str
    window: str
    site: str
    address: str


def title_of(page: Headline) -> str:
    """The heading that the other sources agree with, else the best of these without the site's name."""
    others = [other for other in (page.shared, page.linked, page.window) if other]
    exact = {_plain(other) for other in others}
    for heading in (*page.headings, *page.lower):
        if _plain(heading) in exact and _plain(heading) != _plain(page.site):
            return heading[:LONGEST]
    known = [heading for heading in page.headings if any(_says(other, heading) for other in others)]
    known = [heading for heading in known if _plain(heading) != _plain(page.site)]
    if known:
        return max(known, key=len)[:LONGEST]
    if not others:
        return page.headings[0][:LONGEST] if page.headings else ""
    return _without_site(others[0], page)[:LONGEST]


def site_of(page: Headline) -> str:
    """What the page calls its site, else the last part of its window's title that isn't the article's."""
    parts = _SEPARATOR.split(page.window)
    title = _plain(title_of(page))
    return page.site or next((part for part in reversed(parts) if len(parts) > 1 and _plain(part) not in title), "")


def _says(other: str, heading: str) -> bool:
    return bool(_plain(heading)) and _plain(heading) in _plain(other)


def _without_site(title: str, page: Headline) -> str:
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    site = {_plain(page.site), *(_plain(host) for host in re.findall(r"//(?:www\.)?([^/.]+)\.", page.address))} - {""}
    for index, kept in ((-1, title[: title.rindex(parts[-1])]), (0, title[len(parts[0]) :])):
        named = _plain(parts[index])
        if any(named == name or named in name or name in named for name in site) and named:
            return kept.strip(" |–—·•»«:~-")
    separator = title[: title.rindex(parts[-1])].rstrip()[-1:]
    if separator in _STRONG and len(parts[-1].split()) <= SITE_WORDS:
        return title[: title.rindex(parts[-1])].strip(" |–—·•»«:~-")
    return title


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
