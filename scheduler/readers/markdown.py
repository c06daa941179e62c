"""Reads Markdown: the parser's tokens into blocks, markup and HTML removed, the words of links kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scheduler.domain.article import Article, BlockKind, Link
from scheduler.readers.blocks import Piece, assemble
from scheduler.readers.decoding import decode
from scheduler.readers.frontmatter import split_front_matter

_CONTAINERS = {
    "list_item_open": BlockKind.ITEM,
    "blockquote_open": BlockKind.QUOTE,
    "table_open": BlockKind.LEFTOVER,
    "heading_open": BlockKind.HEADING,
}


class Markdown:
    """CommonMark with tables; code is left out, the cells of a table are never quoted."""

    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, name: str, data: bytes) -> Article:
        """The article in `data`. Raises FileUnusable."""
        front = split_front_matter(name, decode(name, data))
        tokens = MarkdownIt("commonmark").enable("table").parse(front.body)
        return assemble(name, front, _pieces(tokens))


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
    words = _Collapsed()
    links: list[Link] = []
    opened: list[tuple[int, str]] = []
    for token in children:
        if token.type == "link_open":
            opened.append((words.length, str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, url = opened.pop()
            links.append(Link(start=start, end=words.length, url=url))
        elif token.type in ("softbreak", "hardbreak"):
            words.add(" ")
        elif token.type in ("text", "code_inline", "text_special"):
            words.add(token.content)
    return Piece(kind=kind, text=words.text(), level=level, links=tuple(links))


class _Collapsed:
    """Words put together with white space collapsed as they come, so that the offsets of links hold in the end."""

    def __init__(self) -> None:
        self.length = 0
        self._parts: list[str] = []
        self._spaced = True

    def add(self, more: str) -> None:
        part = " ".join(f"|{more}|".split())[1:-1]
        part = part.lstrip() if self._spaced else part
        if part:
            self._parts.append(part)
            self._spaced = part.endswith(" ")
            self.length += len(part)

    def text(self) -> str:
        return "".join(self._parts).rstrip()


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
