"""Proves that an excerpt says what its article says: the one check that every excerpt passes, everywhere."""

from __future__ import annotations

from scheduler.cutting.repair import remaining
from scheduler.domain.article import Excerpt


def holds(excerpt: Excerpt, article_text: str, title: str = "") -> bool:
    """Whether leaving the listed ranges out of the article's spans, collapsing white space and raising at most the
    first letter gives the excerpt exactly; spans and repairs have to lie in the article, in order, without overlap.

    A heading has to stand in the article or its `title`, and a list's items have to begin behind a space.
    """
    return (
        _placed(excerpt, article_text)
        and _same(remaining(article_text, excerpt.spans, excerpt.repairs), excerpt.text)
        and _headed(excerpt, article_text, title)
        and all(0 < place < len(excerpt.text) and excerpt.text[place - 1] == " " for place in excerpt.breaks)
    )


def _placed(excerpt: Excerpt, article_text: str) -> bool:
    spans = list(excerpt.spans)
    repairs = [(repair.start, repair.end) for repair in excerpt.repairs]
    return bool(spans) and _ordered(spans, len(article_text)) and _ordered(repairs, len(article_text))


def _ordered(ranges: list[tuple[int, int]], length: int) -> bool:
    flat = [place for pair in ranges for place in pair]
    return all(start < end for start, end in ranges) and flat == sorted(flat) and all(0 <= p <= length for p in flat)


def _same(raised: str, text: str) -> bool:
    return raised == text or (raised[1:] == text[1:] and raised[:1].casefold() == text[:1].casefold())


def _headed(excerpt: Excerpt, article_text: str, title: str) -> bool:
    return not excerpt.heading or any(excerpt.heading in " ".join(text.split()) for text in (article_text, title))
