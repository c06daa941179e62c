"""The pictures of a page with what is written under them; their words are not the article's text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from lxml.html import HtmlElement

from scheduler.domain.article import Image
from scheduler.readers.names import names_of

MOST_PICTURES = 200
CAPTION_HEIGHT = 3
"""How many elements above a caption its picture may be found."""

_SOURCES = ("data-src", "data-lazy-src", "data-original", "src")
_ICONS = ("1", "0", "2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """`at` is how many blocks of text stand before it."""

    image: Image
    at: int


@dataclass(slots=True)
class Pictures:
    """Collected in reading order; addresses are made whole where `base` is known."""

    base: str
    found: list[Picture] = field(default_factory=list)

    def add(self, element: HtmlElement, *, at: int) -> None:
        """An `img`; one without an address, with its bytes in the address, or of one pixel, is none."""
        url = next((url for name in _SOURCES if _is_address(url := (element.get(name) or "").strip())), "")
        tiny = element.get("width") in _ICONS and element.get("height") in _ICONS
        if url and not tiny and len(self.found) < MOST_PICTURES:
            alt = " ".join((element.get("alt") or "").split())
            self.found.append(Picture(image=Image(url=joined(self.base, url), alt=alt), at=at))

    def caption(self, text: str) -> None:
        """Words under the last picture."""
        words = " ".join(text.split())
        if self.found and words and not self.found[-1].image.caption:
            last = self.found[-1]
            self.found[-1] = replace(last, image=replace(last.image, caption=words))


def is_caption(element: HtmlElement) -> bool:
    """Whether the words in this element stand under a picture."""
    if element.tag != "figcaption" and not any("caption" in name.split("-") for name in names_of(element)):
        return False
    if next(element.iter("img", "amp-img"), None) is not None:
        return False
    return any(next(above.iter("img", "amp-img", "video", "iframe"), None) is not None for above in _above(element))


def joined(base: str, url: str) -> str:
    """The whole address, where `base` is one; `url` as it stands where it can't be made whole."""
    try:
        return urljoin(base, url) if base else url
    except ValueError:
        return url


def _above(element: HtmlElement) -> Iterator[HtmlElement]:
    for height, above in enumerate(element.iterancestors()):
        if height == CAPTION_HEIGHT or above.tag in ("body", "article", "main"):
            return
        yield above


def _is_address(url: str) -> bool:
    return bool(url) and not url.lower().startswith(("data:", "javascript:", "about:", "blob:"))
