"""Reads saved web pages: the article without its site, with what the page tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from lxml.html import HtmlElement

from scheduler.domain.article import Article, BlockKind, Link
from scheduler.domain.errors import FileUnusable
from scheduler.readers.blocks import Told, assemble
from scheduler.readers.body import LINKED, Weighed, article_of, is_within
from scheduler.readers.chrome import drop_chrome
from scheduler.readers.endings import ends_article
from scheduler.readers.facts import told_by
from scheduler.readers.furniture import is_leftover, opens_references
from scheduler.readers.language import UNSURE, guess
from scheduler.readers.markup import NO_ARTICLE, NO_ARTICLE_HINT, drop_unseen, parse
from scheduler.readers.pieces import Piece
from scheduler.readers.sizes import PAGE_BYTES, check_size
from scheduler.readers.walking import Walk

LEAST_CHARACTERS = 80
MOST_CHARACTERS = 2_000_000
LONGEST_FURNITURE = 90
AMID = 0.35
"""A line that should follow the article, with a larger share of the article's words behind it, stands in its midst."""

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
        walk = Walk(tree, base=told.canonical_url)
        if sum(len(each.piece.text) for each in walk.found) > MOST_CHARACTERS:
            raise FileUnusable("This page has more text than an article.", hint=NO_ARTICLE_HINT, path=name)
        holder, weighed = article_of(tree, walk.found)
        pieces = [_reached(piece) for piece in _article(holder, weighed)]
        if sum(len(piece.text) for piece in pieces) < LEAST_CHARACTERS:
            raise FileUnusable(NO_ARTICLE, hint=NO_ARTICLE_HINT, path=name)
        pictures = Walk(holder, base=told.canonical_url).pictures.found
        told = replace(told, language=_language(told, pieces), images=tuple(pictures))
        return assemble(name, told, _titled(told, pieces))


def _article(holder: HtmlElement, weighed: Sequence[Weighed]) -> list[Piece]:
    """Without the sections, lists and lines that are the site's."""
    kept = _without_link_lists(list(_without_sections(holder, weighed)))
    pieces = [each.found.piece for each in kept if not is_leftover(each.found.piece.text)]
    while pieces and pieces[-1].kind is BlockKind.HEADING:
        pieces.pop()
    return pieces


def _without_sections(holder: HtmlElement, weighed: Sequence[Weighed]) -> Iterator[Weighed]:
    """Leaves out what a heading such as “Related posts” opens."""
    skipped: set[int] = set()
    for index, each in enumerate(weighed):
        if index not in skipped and _closes(each.found.piece):
            skipped.update(_section(holder, weighed, index))
    yield from (each for index, each in enumerate(weighed) if index not in skipped)


def _closes(piece: Piece) -> bool:
    return len(piece.text) <= LONGEST_FURNITURE and piece.kind is not BlockKind.ITEM and ends_article(piece.text)


def _section(holder: HtmlElement, weighed: Sequence[Weighed], index: int) -> Iterator[int]:
    """Its own part of the page, else all to the next heading; amid the article only to where the text goes on."""
    part = _part(holder, weighed, index)
    if part is not None:
        yield from (at for at in range(index, len(weighed)) if is_within(weighed[at].found.element, part))
        return
    after = _voted(weighed[index + 1 :])
    amid = after > AMID * (after + _voted(weighed[:index]))
    level = weighed[index].found.piece.level or 6
    yield index
    for at in range(index + 1, len(weighed)):
        each, piece = weighed[at], weighed[at].found.piece
        headed = piece.kind is BlockKind.HEADING and not _closes(piece) and piece.level <= level
        if headed or (amid and each.voted and each.prose):
            return
        yield at


def _voted(weighed: Iterable[Weighed]) -> int:
    return sum(len(each.found.piece.text) for each in weighed if each.voted)


def _part(holder: HtmlElement, weighed: Sequence[Weighed], index: int) -> HtmlElement | None:
    """The widest element that begins with this block and holds more than it."""
    before = weighed[index - 1].found.element if index else None
    after = weighed[index + 1].found.element if index + 1 < len(weighed) else None
    part = None
    for above in weighed[index].found.element.iterancestors():
        if above is holder or (before is not None and is_within(before, above)):
            break
        if after is not None and is_within(after, above):
            part = above
    return part


def _without_link_lists(weighed: Sequence[Weighed]) -> list[Weighed]:
    """Leaves out lists of which every item only leads elsewhere, unless they are the article's references."""
    kept: list[Weighed] = []
    for kind, group in groupby(weighed, key=lambda each: each.found.piece.kind):
        run = list(group)
        referred = bool(kept) and opens_references(kept[-1].found.piece.text)
        if kind is not BlockKind.ITEM or referred or any(each.linked <= LINKED for each in run):
            kept += run
    return kept


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
