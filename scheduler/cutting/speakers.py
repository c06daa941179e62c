"""Finds whose words a quotation gives, so that nobody else's are posted as the author's."""

from __future__ import annotations

import re
from itertools import pairwise

from scheduler.domain.article import Article, Block, BlockKind

_CAPITAL = r"[^\W\d_a-zß-ÿ][\w.'’-]{0,40}"
_NAME = rf"{_CAPITAL}(?: (?:{_CAPITAL}|de|del|la|van|von|der|of|the|and|y)){{0,5}}(?:, [^.!?\n]{{2,60}})?"
_SIGNED = re.compile(rf"(?:[—―–]|\s-|~)\s?({_NAME})\.?$")
_SIGNATURE = re.compile(rf"[—―–~-]\s?({_NAME})\.?")
_QUOTATION = ("“", '"', "„", "«", "‘", "'")
TAIL_CHARACTERS = 120


def speakers(article: Article) -> dict[int, str]:
    """By the start of its block, who is named under a quotation and isn't the article's author."""
    found: dict[int, str] = {}
    for block, following in pairwise([*article.blocks, None]):
        if block is not None and _quotes(article, block):
            name = _signed(article, block) or _signed_below(article, following)
            if name and not _is_author(article, name):
                found[block.start] = name
    return found


def _quotes(article: Article, block: Block) -> bool:
    if block.kind is BlockKind.PARAGRAPH:
        return article.text.startswith(_QUOTATION, block.start)
    return block.kind is BlockKind.QUOTE


def _signed(article: Article, block: Block) -> str:
    tail = article.text[max(block.start, block.end - TAIL_CHARACTERS) : block.end]
    return _name(_SIGNED.search(tail))


def _signed_below(article: Article, block: Block | None) -> str:
    if block is None or block.kind not in (BlockKind.QUOTE, BlockKind.PARAGRAPH):
        return ""
    return _name(_SIGNATURE.fullmatch(article.text[block.start : block.end][: TAIL_CHARACTERS + 1]))


def _name(found: re.Match[str] | None) -> str:
    return found[1] if found else ""


def _is_author(article: Article, name: str) -> bool:
    authors = [author.casefold() for author in (article.author, article.wishes.author) if author]
    bare = name.partition(",")[0].casefold()
    return any(bare in author or author in bare for author in authors)
