"""From a format's own pieces to an article: one text, blocks with offsets, title, references, leftovers.

Nothing is deleted here; what must not be quoted is marked, so that every sentence keeps its place.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePosixPath

from scheduler.domain.article import Article, Block, BlockKind, Image, Link, Mark, MarkKind, Wishes
from scheduler.domain.errors import FileUnusable
from scheduler.readers.contacts import URL, find_calls_to_action
from scheduler.readers.furniture import is_leftover, opens_references
from scheduler.readers.language import guess
from scheduler.readers.pieces import Piece, is_bold_heading
from scheduler.readers.pulling import Pulled, pull

TITLE_CHARACTERS = 120
BOLD_SHARE = 0.5
"""Where more of the text is bold, bold says nothing about a passage."""
BOLD_HEADING_LEVEL = 3
MOST_BLOCKS = 20_000

_SPLIT = "Split it into several articles."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a source says of its article beside the text; empty where it doesn't say.

    `language` and `published` (YYYY-MM-DD) are as in Article.
    """

    title: str = ""
    language: str = ""
    author: str = ""
    published: str = ""
    canonical_url: str = ""
    images: tuple[Image, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)


def assemble(name: str, told: Told, pieces: Iterable[Piece]) -> Article:
    """The article that these pieces make. Raises FileUnusable when there is no text at all."""
    headed = [_headed(piece) for piece in pieces if piece.text]
    if len(headed) > MOST_BLOCKS:
        raise FileUnusable(f"This file has {len(headed)} paragraphs and lines.", hint=_SPLIT, path=name)
    pulled = pull(tuple(_mark(_with_title(told.title, headed))))
    if not pulled.pieces:
        raise FileUnusable("There is no text in this file.", hint="Write the article into it.", path=name)
    text, blocks = _lay_out(pulled.pieces)
    links = tuple(_links(pulled.pieces, blocks))
    title = told.title or _title(pulled.pieces) or PurePosixPath(name).stem.replace("-", " ").replace("_", " ")
    language = told.language or guess(text)
    # What stands around the words (date, author, pictures, marks) may change without the article being another one.
    stable = json.dumps([title, language, text, asdict(told.wishes)], ensure_ascii=False)
    return Article(
        source=name,
        title=title,
        language=language,
        fingerprint=hashlib.sha256(stable.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
        blocks=blocks,
        calls_to_action=find_calls_to_action(text, blocks, links),
        links=links,
        references=tuple(_references(text, blocks, links)),
        wishes=told.wishes,
        author=told.author,
        published=told.published,
        canonical_url=told.canonical_url,
        marks=tuple(_marks(pulled, blocks)),
        images=told.images,
    )


def _headed(piece: Piece) -> Piece:
    if is_bold_heading(piece):
        return replace(piece, kind=BlockKind.HEADING, level=BOLD_HEADING_LEVEL, bold=())
    return piece


def _with_title(wished: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Marks the piece that says the title: the wished one's copy, the first `#` heading, or a short first line."""
    for index, piece in enumerate(pieces):
        if _is_title(piece, index, wished, alone=len(pieces) == 1):
            return [*pieces[:index], replace(piece, kind=BlockKind.TITLE), *pieces[index + 1 :]]
    return list(pieces)


def _is_title(piece: Piece, index: int, wished: str, *, alone: bool) -> bool:
    heading = piece.kind is BlockKind.HEADING
    if wished:
        return piece.text.casefold() == wished.casefold() and (heading or index == 0)
    if heading and piece.level == 1:
        return True
    short = len(piece.text) <= TITLE_CHARACTERS and not piece.text.endswith((".", ":", ";", ","))
    return index == 0 and short and not alone and piece.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)


def _title(pieces: Sequence[Piece]) -> str:
    return next((piece.text for piece in pieces if piece.kind is BlockKind.TITLE), "")


def _mark(pieces: Iterable[Piece]) -> Iterator[Piece]:
    in_references = False
    for piece in pieces:
        if piece.kind is BlockKind.TITLE:
            yield piece
        elif is_leftover(piece.text):
            yield replace(piece, kind=BlockKind.LEFTOVER)
        else:
            opens = opens_references(piece.text)
            in_references = opens or (in_references and piece.kind is not BlockKind.HEADING)
            listed = in_references or URL.fullmatch(piece.text) is not None
            yield replace(piece, kind=BlockKind.REFERENCE) if listed else piece


def _lay_out(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for index, piece in enumerate(pieces):
        if index:
            listed = piece.kind in (BlockKind.ITEM, BlockKind.REFERENCE) and pieces[index - 1].kind is piece.kind
            gap = "\n" if listed else "\n\n"
            parts.append(gap)
            at += len(gap)
        blocks.append(Block(kind=piece.kind, start=at, end=at + len(piece.text), level=piece.level))
        parts.append(piece.text)
        at += len(piece.text)
    return "".join(parts), tuple(blocks)


def _links(pieces: Sequence[Piece], blocks: Sequence[Block]) -> Iterator[Link]:
    for piece, block in zip(pieces, blocks, strict=True):
        for link in piece.links:
            yield replace(link, start=link.start + block.start, end=link.end + block.start)


def _marks(pulled: Pulled, blocks: Sequence[Block]) -> Iterator[Mark]:
    """In the order of the text: what was pulled out, and what is bold where not everything is."""
    bold = sum(end - start for piece in pulled.pieces for start, end in piece.bold)
    shouting = bold > BOLD_SHARE * sum(len(piece.text) for piece in pulled.pieces)
    for index, (piece, block) in enumerate(zip(pulled.pieces, blocks, strict=True)):
        spans = [(span, MarkKind.PULLQUOTE) for span in pulled.spans.get(index, ())]
        spans += [(span, MarkKind.BOLD) for span in piece.bold if not shouting and block.kind is not BlockKind.HEADING]
        for (start, end), kind in sorted(spans):
            yield Mark(kind=kind, start=block.start + start, end=block.start + end)


def _references(text: str, blocks: Iterable[Block], links: Sequence[Link]) -> Iterator[str]:
    seen: set[str] = set()
    starts = [link.start for link in links]
    for block in blocks:
        if block.kind is not BlockKind.REFERENCE:
            continue
        linked = [link.url for link in links[bisect_left(starts, block.start) : bisect_left(starts, block.end)]]
        for url in [*URL.findall(text[block.start : block.end]), *linked]:
            if url not in seen:
                seen.add(url)
                yield url
