"""From a format's own pieces to an article: one text, blocks with offsets, title, references, leftovers.

Nothing is deleted here; what must not be quoted is marked, so that every sentence keeps its place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import PurePosixPath

from scheduler.domain.article import Article, Block, BlockKind, Link
from scheduler.domain.errors import FileUnusable
from scheduler.readers.contacts import URL, find_calls_to_action
from scheduler.readers.frontmatter import FrontMatter
from scheduler.readers.furniture import is_leftover, opens_references

TITLE_CHARACTERS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block before it has its place: `links` are offsets into `text`, which has no line breaks."""

    kind: BlockKind
    text: str
    level: int = 0
    links: tuple[Link, ...] = ()


def assemble(name: str, front: FrontMatter, pieces: Iterable[Piece]) -> Article:
    """The article that these pieces make. Raises FileUnusable when there is no text at all."""
    marked = tuple(_mark(_with_title(front.title, [piece for piece in pieces if piece.text])))
    if not marked:
        raise FileUnusable("There is no text in this file.", hint="Write the article into it.", path=name)
    text, blocks, links = _lay_out(marked)
    title = front.title or _title(marked) or PurePosixPath(name).stem.replace("-", " ").replace("_", " ")
    language = front.language or "en"
    stable = json.dumps([title, language, text, asdict(front.wishes)], ensure_ascii=False)
    return Article(
        source=name,
        title=title,
        language=language,
        fingerprint=hashlib.sha256(stable.encode()).hexdigest(),
        text=text,
        blocks=blocks,
        calls_to_action=find_calls_to_action(text, blocks, links),
        links=links,
        references=tuple(_references(text, blocks, links)),
        wishes=front.wishes,
    )


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


def _lay_out(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...], tuple[Link, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    at = 0
    for index, piece in enumerate(pieces):
        if index:
            listed = piece.kind in (BlockKind.ITEM, BlockKind.REFERENCE) and pieces[index - 1].kind is piece.kind
            gap = "\n" if listed else "\n\n"
            parts.append(gap)
            at += len(gap)
        blocks.append(Block(kind=piece.kind, start=at, end=at + len(piece.text), level=piece.level))
        links += [replace(link, start=link.start + at, end=link.end + at) for link in piece.links]
        parts.append(piece.text)
        at += len(piece.text)
    return "".join(parts), tuple(blocks), tuple(links)


def _references(text: str, blocks: Iterable[Block], links: Iterable[Link]) -> Iterator[str]:
    seen: set[str] = set()
    for block in blocks:
        if block.kind is not BlockKind.REFERENCE:
            continue
        linked = [link.url for link in links if block.start <= link.start < block.end]
        for url in [*URL.findall(text[block.start : block.end]), *linked]:
            if url not in seen:
                seen.add(url)
                yield url
