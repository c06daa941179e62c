"""Reads Word documents, as Word and Google Docs write them.

mammoth makes a page of the document's parts that hold words, and the page is walked like any other, with no site
around it to take away. Deletions and comments aren't read; insertions are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.parsers.expat import ExpatError

import mammoth
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from scheduler.domain.article import Article, BlockKind
from scheduler.domain.errors import FileUnusable
from scheduler.readers.archive import packed, parts_of
from scheduler.readers.blocks import TITLE_CHARACTERS, Told, assemble
from scheduler.readers.dates import day_of
from scheduler.readers.markup import drop
from scheduler.readers.pieces import END_MARKS, Piece
from scheduler.readers.sizes import DOCUMENT_BYTES, check_size
from scheduler.readers.walking import Walk

MOST_TAGS = 150_000
"""Of XML in all parts together; a document of a million characters has some 60,000."""

STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote.pullquote > p:fresh
p[style-name='caption'] => !
p[style-name='Caption'] => !
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name='header'] => !
p[style-name='footer'] => !
"""
_UNREADABLE = (
    *(ExpatError, etree.LxmlError, OSError, KeyError, ValueError, AttributeError, IndexError, TypeError),
    RecursionError,
)
_NAMES = {"dc": "http://purl.org/dc/elements/1.1/", "terms": "http://purl.org/dc/terms/"}
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")


class Docx:
    """Headings, lists, quotations, links, footnotes; tables are never quoted, pictures never opened."""

    suffixes: tuple[str, ...] = (".docx",)

    def read(self, name: str, data: bytes) -> Article:
        """The article in `data`. Raises FileUnusable."""
        check_size(name, len(data), largest=DOCUMENT_BYTES)
        parts = parts_of(name, data)
        if sum(part.count(b"<") for part in parts.values()) > MOST_TAGS:
            hint = "Split it into several documents, or save it as plain text."
            raise FileUnusable("This document has more parts than an article.", hint=hint, path=name)
        try:
            tree = _page(parts)
            told = _told(parts.get("docProps/core.xml", b""))
        except _UNREADABLE as error:
            hint = "Open it in the program that made it, and save it as .docx or as plain text."
            raise FileUnusable("This document is damaged.", hint=hint, path=name) from error
        pieces = [each.piece for each in Walk(tree).found]
        return assemble(name, _with_title(told, pieces), pieces)


def _page(parts: dict[str, bytes]) -> HtmlElement:
    made = mammoth.convert_to_html(
        packed(parts),
        style_map=STYLES,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(lambda _: {}),
    )
    tree = fragment_fromstring(made.value, create_parent="div")
    for table in tree.iter("table"):
        table.set("role", "table")
    drop(tree, tree.iter("img"))
    return tree


def _told(core: bytes) -> Told:
    """What the program that wrote the document noted."""
    if not core:
        return Told()
    root = etree.fromstring(core, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    language = _LANGUAGE.fullmatch(_noted(root, "dc:language"))
    return Told(
        title=_noted(root, "dc:title"),
        author=_noted(root, "dc:creator"),
        published=day_of(_noted(root, "terms:created")),
        language=language.group(1).lower() if language else "",
    )


def _noted(root: etree._Element, name: str) -> str:
    return " ".join((root.findtext(name, default="", namespaces=_NAMES) or "").split())[:TITLE_CHARACTERS]


def _with_title(told: Told, pieces: Sequence[Piece]) -> Told:
    """The document's own first heading or line is the title; what the program noted only where there is none.

    Programs note “Document1”, or the title of the document that somebody copied.
    """
    return told if not any(_could_be_title(pieces)) else replace(told, title="")


def _could_be_title(pieces: Sequence[Piece]) -> Iterator[bool]:
    for index, piece in enumerate(pieces):
        yield piece.kind is BlockKind.HEADING and piece.level == 1
        yield index == 0 and len(piece.text) <= TITLE_CHARACTERS and not piece.text.endswith(END_MARKS)
