"""The author's own choice: pull quotes from the front matter and the page, found in the text word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.cutting.repair import remaining
from scheduler.domain.article import Article, Excerpt, ExcerptKind, MarkKind, Span
from scheduler.domain.brief import brief

LONGEST_WISH = 400
MOST_WISHES = 20


def wished(article: Article) -> tuple[tuple[Excerpt, ...], tuple[str, ...]]:
    """Excerpts in the author's order, and a note for each pull quote that can't be one.

    White space, capitals and the shape of quotation marks don't matter. The author's choice passes the gates; the claim
    checks still see it.
    """
    spans: list[Span] = []
    notes: list[str] = []
    wanted = article.wishes.pullquotes[:MOST_WISHES]
    plain = _straight(article.text) if wanted else ""
    for quote in wanted:
        span = _find(quote, plain)
        if len(quote) > LONGEST_WISH:
            notes.append(f"The pull quote “{brief(quote)}” is too long for a post.")
        elif span is None:
            notes.append(f"The pull quote “{brief(quote)}” isn't in the article's text.")
        else:
            spans.append(span)
    return tuple(_excerpts(article, [*spans, *_marked(article)])), tuple(notes)


def _find(quote: str, plain: str) -> Span | None:
    """The first place of a pull quote in the text, whole words only."""
    sought = r"\s+".join(map(re.escape, _straight(quote).split()))
    if not sought or len(quote) > LONGEST_WISH:
        return None
    found = re.search(rf"(?<!\w){sought}(?!\w)", plain, re.IGNORECASE)
    return found.span() if found else None


def _marked(article: Article) -> Iterator[Span]:
    for mark in article.marks:
        if mark.kind is MarkKind.PULLQUOTE and 0 < mark.end - mark.start <= LONGEST_WISH:
            yield mark.start, mark.end


def _excerpts(article: Article, spans: list[Span]) -> Iterator[Excerpt]:
    for index, span in enumerate(spans[:MOST_WISHES]):
        text = remaining(article.text, (span,), ())
        if text:
            yield Excerpt(
                text=text,
                kind=ExcerptKind.QUOTE,
                score=round(1 - index / 1000, 4),
                spans=(span,),
                reasons=("the author chose it",),
            )


def _straight(text: str) -> str:
    return text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
