"""Reads saved web pages: the article without its site, with what the page tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scheduler.domain.article import Article, BlockKind, Image, Link
from scheduler.domain.errors import FileUnusable
from scheduler.readers.blocks import Told, assemble
from scheduler.readers.body import article_of
from scheduler.readers.chrome import drop_chrome
from scheduler.readers.facts import told_by
from scheduler.readers.language import UNSURE, guess
from scheduler.readers.markup import NO_ARTICLE, NO_ARTICLE_HINT, check_elements, drop_unseen, parse
from scheduler.readers.pictures import Picture
from scheduler.readers.pieces import Piece
from scheduler.readers.sections import without_sections
from scheduler.readers.sizes import PAGE_BYTES, check_size
from scheduler.readers.walking import Found, Walk

LEAST_CHARACTERS = 80
MOST_CHARACTERS = 2_000_000
MOST_PARTS = 15_000
"""Elements of a page without what nobody sees and without what is the site's; a megabyte of prose has some 2,000."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_REACHED = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>]", re.IGNORECASE)


class Html:
    """A page as a browser saved it or a server sent it; `name` may be the address that it came from."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def read(self, name: str, data: bytes) -> Article:
        """The article in `data`. Raises FileUnusable."""
        check_size(name, len(data), largest=PAGE_BYTES)
        tree = parse(name, data)
        told = told_by(tree, address=name if _ADDRESS.match(name) else "")
        drop_unseen(tree)
        drop_chrome(tree)
        check_elements(name, tree, most=MOST_PARTS)
        if len(tree.text_content()) > MOST_CHARACTERS:
            raise FileUnusable("This page has more text than an article.", hint=NO_ARTICLE_HINT, path=name)
        walk = Walk(tree, base=told.canonical_url)
        found = without_sections(*article_of(tree, walk.found, title=told.title))
        pieces = [_reached(each.piece) for each in found]
        if sum(len(piece.text) for piece in pieces) < LEAST_CHARACTERS:
            raise FileUnusable(NO_ARTICLE, hint=NO_ARTICLE_HINT, path=name)
        images = tuple(_images(walk.pictures.found, walk.found, found))
        told = replace(told, language=_language(told, pieces), images=images)
        return assemble(name, told, _titled(told, pieces))


def _images(pictures: Sequence[Picture], walked: Sequence[Found], kept: Sequence[Found]) -> Iterator[Image]:
    """Those that stand among the article's own blocks, or right before them."""
    places = {id(found): at for at, found in enumerate(walked)}
    first, last = places[id(kept[0])], places[id(kept[-1])]
    yield from (picture.image for picture in pictures if first - 1 <= picture.at <= last + 1)


def _reached(piece: Piece) -> Piece:
    """With only those links that lead somewhere outside of the page."""
    links = tuple(
        Link(start=link.start, end=link.end, url=link.url) for link in piece.links if _REACHED.match(link.url)
    )
    return replace(piece, links=links)


def _titled(told: Told, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The title once, before everything else."""
    title = _plain(told.title)
    if title:
        yield Piece(kind=BlockKind.HEADING, text=told.title, level=1)
    for index, piece in enumerate(pieces):
        short = piece.kind is BlockKind.HEADING or index == 0
        if not (title and short and _plain(piece.text) == title):
            yield piece


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _language(told: Told, pieces: Iterable[Piece]) -> str:
    """What the page says, unless its words are surely of another language: many themes call every page English."""
    guessed = guess("\n".join(piece.text for piece in pieces))
    return guessed if guessed != UNSURE or not told.language else told.language
