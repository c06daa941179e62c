"""Reads Markdown: the parser's tokens into blocks, markup and HTML removed, the words of links kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scheduler.domain.article import Article, BlockKind, Image
from scheduler.domain.errors import FileUnusable
from scheduler.readers.blocks import assemble
from scheduler.readers.decoding import decode
from scheduler.readers.frontmatter import split_front_matter
from scheduler.readers.pieces import Piece, Words

MOST_LINES = 30_000
MOST_SIGNS = 40_000
"""Of markup: each one costs the parser some 50 microseconds, and no article of the largest size has half as many."""
SIGNS = "[]!*_<&|`\\"

_CONTAINERS = {
    "list_item_open": BlockKind.ITEM,
    "blockquote_open": BlockKind.QUOTE,
    "table_open": BlockKind.LEFTOVER,
    "heading_open": BlockKind.HEADING,
}
_FOOTNOTE_MARK = re.compile(r"\[\^([\w-]{1,20})\]")
_FOOTNOTE = re.compile(r"\[[\w-]{1,20}\]:\s")


class Markdown:
    """CommonMark with tables; code is left out, the cells of a table are never quoted."""

    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, name: str, data: bytes) -> Article:
        """The article in `data`. Raises FileUnusable."""
        front = split_front_matter(name, decode(name, data))
        _check_cost(name, front.body)
        tokens = MarkdownIt("commonmark").enable("table").parse(front.body)
        told = replace(front.told(), images=tuple(_images(tokens)))
        return assemble(name, told, _pieces(tokens))


def _check_cost(name: str, text: str) -> None:
    signs = sum(map(text.count, SIGNS))
    if text.count("\n") > MOST_LINES or signs > MOST_SIGNS:
        raise FileUnusable(
            "This file has more lines or signs of Markdown than an article.",
            hint="Save it as plain text, or split it into several articles.",
            path=name,
        )


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    inside: list[tuple[BlockKind | None, int]] = []
    for token in tokens:
        if token.nesting > 0:
            level = int(token.tag[1]) if token.type == "heading_open" else 0
            inside.append((_CONTAINERS.get(token.type), level))
        elif token.nesting < 0:
            inside.pop()
        elif token.type == "inline":
            kinds = [(kind, level) for kind, level in inside if kind]
            kind, level = kinds[-1] if kinds else (BlockKind.PARAGRAPH, 0)
            yield _inline(kind or BlockKind.PARAGRAPH, level, token.children or ())
        elif token.type == "html_block":
            yield Piece(kind=BlockKind.PARAGRAPH, text=" ".join(_without_tags(token.content).split()))


def _inline(kind: BlockKind, level: int, children: Sequence[Token]) -> Piece:
    words = Words()
    for token in children:
        if token.type == "link_open":
            words.open_link(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            words.close_link()
        elif token.type == "strong_open":
            words.open_bold()
        elif token.type == "strong_close":
            words.close_bold()
        elif token.type in ("softbreak", "hardbreak") or token.content.lower().startswith("<br"):
            words.add(" ")
        elif token.type in ("text", "code_inline", "text_special"):
            words.add(_FOOTNOTE_MARK.sub(r"[\1]", token.content))
    piece = words.take(kind, level)
    return replace(piece, kind=BlockKind.REFERENCE) if _FOOTNOTE.match(piece.text) else piece


def _images(tokens: Sequence[Token]) -> Iterator[Image]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "image" and (url := str(child.attrGet("src") or "")):
                yield Image(url=url, alt=child.content, caption=str(child.attrGet("title") or ""))


class _Words(HTMLParser):
    """Collects the words between tags, leaving out scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in ("script", "style")
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in ("script", "style")))
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def _without_tags(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    parser.close()
    return "".join(parser.words)
