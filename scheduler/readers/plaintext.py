"""Reads .txt: finds the paragraphs, headings and lists that plain text only hints at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.domain.article import Article, BlockKind
from scheduler.readers.blocks import assemble
from scheduler.readers.decoding import decode
from scheduler.readers.frontmatter import split_front_matter
from scheduler.readers.pieces import Piece

WRAP_CHARACTERS = 120
HEADING_CHARACTERS = 80

_ITEM = re.compile(r"\s*(?:[-*•–·]\s+|\[?\d{1,2}[.)\]]\s+)(?=\S)")
_RULE = re.compile(r"[\W_]+")
_END_MARKS = (".", "!", "?", ":", ";", ",", "…", "”", '"', ")", "’")


class PlainText:
    """Paragraphs are lines, or lines wrapped to one width; a short line without an end mark is a heading."""

    suffixes: tuple[str, ...] = (".txt",)

    def read(self, name: str, data: bytes) -> Article:
        """The article in `data`. Raises FileUnusable."""
        front = split_front_matter(name, decode(name, data))
        return assemble(name, front.told(), map(_piece, _paragraphs(front.body)))


def _paragraphs(body: str) -> Iterator[str]:
    """Joins lines that were only broken because the next word didn't fit: then all lines are about one width."""
    lines = [line.rstrip() for line in body.split("\n")]
    width = max(map(len, lines))
    paragraph: list[str] = []
    for line in lines:
        if paragraph and not (width <= WRAP_CHARACTERS and _continues(paragraph[-1], line, width)):
            yield " ".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)
    if paragraph:
        yield " ".join(paragraph)


def _continues(line: str, following: str, width: int) -> bool:
    words = following.split(maxsplit=1)
    return bool(words) and not _ITEM.match(following) and len(line) + 1 + len(words[0]) > width


def _piece(paragraph: str) -> Piece:
    item = _ITEM.match(paragraph)
    text = " ".join(paragraph[item.end() if item else 0 :].split())
    if _RULE.fullmatch(text):
        return Piece(kind=BlockKind.LEFTOVER, text="")
    if item:
        return Piece(kind=BlockKind.ITEM, text=text)
    heading = len(text) <= HEADING_CHARACTERS and not text.endswith(_END_MARKS)
    return Piece(kind=BlockKind.HEADING if heading else BlockKind.PARAGRAPH, text=text, level=2 if heading else 0)
