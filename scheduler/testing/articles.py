"""What holds for every article that a reader makes, as one check: for authors of readers, and for fuzzing ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pydantic_core import to_json

from scheduler.domain.article import Article, Link, Mark

_DATE = re.compile(r"(?:\d{4}-\d{2}-\d{2})?")
_ADDRESS = re.compile(r"(?:https?://\S+)?")


def check_article(article: Article) -> None:
    """Raises AssertionError where the article breaks what the rest of the program relies on."""
    problems = list(_problems(article))
    if problems:
        raise AssertionError("; ".join(problems))
    to_json(article)


def _problems(article: Article) -> Iterator[str]:
    length = len(article.text)
    if not (article.text and article.title and article.language and len(article.fingerprint) == 64):
        yield "no text, title, language or fingerprint"
    yield from _problems_of_blocks(article)
    if not (_in_order(article.links, length) and _in_order(article.marks, length)):
        yield "links or marks outside of the text, or out of order"
    if not all(0 <= call.start < call.end <= length for call in article.calls_to_action):
        yield "a call to action outside of the text"
    if not (_DATE.fullmatch(article.published) and _ADDRESS.fullmatch(article.canonical_url)):
        yield "a date or an address that is none"
    if not all(image.url for image in article.images):
        yield "a picture without an address"


def _problems_of_blocks(article: Article) -> Iterator[str]:
    """One after the other, nothing but line breaks between them, each with words in one line."""
    text, blocks = article.text, article.blocks
    if not blocks or (blocks[0].start, blocks[-1].end) != (0, len(text)):
        yield "text outside of the blocks"
    if any(text[block.end : following.start] not in ("\n", "\n\n") for block, following in pairwise(blocks)):
        yield "blocks out of order"
    words = [text[block.start : block.end] for block in blocks]
    if not all(each.strip() and "\n" not in each for each in words):
        yield "a block without words, or of several lines"


def _in_order(places: Sequence[Link] | Sequence[Mark], length: int) -> bool:
    starts = [place.start for place in places]
    return starts == sorted(starts) and all(0 <= place.start < place.end <= length for place in places)
