"""Takes out of an article's blocks what stands between and behind them: related posts, comments, lists of links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from scheduler.domain.article import BlockKind
from scheduler.readers.body import LINKED, Weighed, is_within, voted_characters
from scheduler.readers.bylines import is_byline
from scheduler.readers.endings import ends_article, opens_talk
from scheduler.readers.furniture import is_leftover, opens_references
from scheduler.readers.pieces import Piece
from scheduler.readers.walking import Found

LONGEST_FURNITURE = 90
AMID = 0.35
"""A line that should follow the article, with a larger share of the article's words behind it, stands in its midst."""
LEAST_BEFORE_TALK = 300
"""Where fewer characters stand before “3 comments”, the line only counts them."""


def without_sections(holder: HtmlElement, weighed: Sequence[Weighed]) -> list[Found]:
    """The article's own blocks, in order."""
    kept = _without_link_lists(list(_without_closed(holder, weighed)))
    found = [each.found for each in kept if not (is_leftover(text := each.found.piece.text) or is_byline(text))]
    while found and found[-1].piece.kind is BlockKind.HEADING:
        found.pop()
    return found


def _without_closed(holder: HtmlElement, weighed: Sequence[Weighed]) -> Iterator[Weighed]:
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
    before, after = voted_characters(weighed[:index]), voted_characters(weighed[index + 1 :])
    if opens_talk(weighed[index].found.piece.text) and before > LEAST_BEFORE_TALK:
        yield from range(index, len(weighed))
        return
    amid = after > AMID * (after + before)
    level = weighed[index].found.piece.level or 6
    text = _text_parent(weighed[:index])
    yield index
    for at in range(index + 1, len(weighed)):
        each, piece = weighed[at], weighed[at].found.piece
        headed = piece.kind is BlockKind.HEADING and not _closes(piece) and piece.level <= level
        resumed = weighed[at - 1].linked > LINKED and each.found.element.getparent() is text
        if headed or ((amid or resumed) and each.voted and each.prose):
            return
        yield at


def _text_parent(weighed: Sequence[Weighed]) -> HtmlElement | None:
    """In which element the last paragraph stands: after a list of links the article may go on in the same."""
    return next((each.found.element.getparent() for each in reversed(weighed) if each.voted and each.prose), None)


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
