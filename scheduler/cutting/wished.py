"""The author's own choice: pull quotes from the front matter, found again in the text word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.cutting.repair import remaining
from scheduler.domain.article import Article, Excerpt, ExcerptKind

LONGEST_WISH = 400


def wished(article: Article) -> Iterator[Excerpt]:
    """An excerpt a pull quote that stands in the article, white space, capitals and the shape of quotation marks aside.

    The author's choice passes the gates; the claim checks still see it.
    """
    plain = _straight(article.text)
    for index, quote in enumerate(article.wishes.pullquotes):
        sought = r"\s+".join(map(re.escape, _straight(quote).split()))
        found = re.search(sought, plain, re.IGNORECASE) if sought and len(quote) <= LONGEST_WISH else None
        if found:
            yield Excerpt(
                text=remaining(article.text, (found.span(),), ()),
                kind=ExcerptKind.QUOTE,
                score=round(1 - index / 1000, 4),
                spans=(found.span(),),
                reasons=("the author chose it",),
            )


def _straight(text: str) -> str:
    return text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
