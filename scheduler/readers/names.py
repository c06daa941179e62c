"""What the people who made a page called an element: its classes and its id, in one spelling."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

MOST_CHARACTERS = 2_000

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAP = re.compile(r"[_:./]+|-{2,}")


def names_of(element: HtmlElement) -> list[str]:
    """`authorBox`, `author_box` and `author--box` are all `author-box`; so is the tag of an element of one's own."""
    own = element.tag if isinstance(element.tag, str) and "-" in element.tag else ""
    words = f"{own} {element.get('class') or ''} {element.get('id') or ''}"[:MOST_CHARACTERS]
    return _GAP.sub("-", _HUMP.sub("-", words)).lower().split()
