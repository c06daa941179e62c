"""The line that tells who wrote an article."""

from __future__ import annotations

import re

from scheduler.domain.naming import is_persons_name

LONGEST = 120

_BY = re.compile(
    r"(?:(?:written|posted|published|reviewed|words|text|article)\s+)?"
    r"(?:by|von|por|par|di|door|av|بقلم|كتبه|כתב|כתבה|מאת)\b[:\s]\s*|author:\s*",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*(?:[|•·–—,;(]|\s-\s|\son\s|\s\d).*$")


def name_in(words: str) -> str:
    """The name in a byline, without “by” and the date; the words themselves where there is neither."""
    return _AFTER_NAME.sub("", _BY.sub("", words.strip(), count=1)).strip(" .,;:")


def is_byline(line: str) -> bool:
    """Whether a line says no more than who wrote the article, and perhaps when."""
    return len(line) <= LONGEST and _BY.match(line) is not None and is_persons_name(name_in(line))
