"""A block of an article before it has its place, and how its words are put together from what a format gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.domain.article import BlockKind, Link, Span

HEADING_CHARACTERS = 80
END_MARKS = (".", "!", ":", ";", ",", "…", "。", "！", "؟", "،")

# Controls, and signs that show where a word may break or that a file begins: they are no part of any word.
_UNSEEN = dict.fromkeys((*range(9), *range(0x0E, 0x20), 0x7F, 0x00AD, 0x200B, 0x2060, 0xFEFF))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """`links` and `bold` are offsets into `text`, which has no line breaks; `pulled` words are the author's pick."""

    kind: BlockKind
    text: str
    level: int = 0
    links: tuple[Link, ...] = ()
    bold: tuple[Span, ...] = ()
    pulled: bool = False


class Words:
    """Words with white space collapsed as they come, so that the offsets of links and bold passages hold."""

    def __init__(self) -> None:
        self._open_links: list[tuple[int, str]] = []
        self._open_bold: list[int] = []
        self._clear()

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._spaced = True
        self._links: list[Link] = []
        self._bold: list[Span] = []

    def __bool__(self) -> bool:
        return self._length > 0

    def add(self, more: str) -> None:
        """Words or white space."""
        part = " ".join(f"|{more.translate(_UNSEEN)}|".split())[1:-1]
        part = part.lstrip() if self._spaced else part
        if part:
            self._parts.append(part)
            self._spaced = part.endswith(" ")
            self._length += len(part)

    def open_link(self, url: str) -> None:
        """What comes now leads to `url`."""
        self._open_links.append((self._length, url))

    def close_link(self) -> None:
        """What comes now leads nowhere."""
        if self._open_links:
            start, url = self._open_links.pop()
            self._links.append(Link(start=start, end=self._length, url=url))

    def open_bold(self) -> None:
        """What comes now is bold."""
        self._open_bold.append(self._length)

    def close_bold(self) -> None:
        """What comes now isn't."""
        if self._open_bold:
            self._bold.append((self._open_bold.pop(), self._length))

    def last(self) -> str:
        """The last few characters so far."""
        return self._parts[-1][-20:] if self._parts else ""

    def is_bold_line(self) -> bool:
        """Whether the words so far would be a heading if they ended here."""
        return 0 < self._length <= HEADING_CHARACTERS and is_bold_heading(self._closed(BlockKind.PARAGRAPH))

    def take(self, kind: BlockKind, level: int = 0, *, pulled: bool = False) -> Piece:
        """The words so far as a piece; what is open stays open for the words to come."""
        piece = self._closed(kind, level, pulled=pulled)
        self._clear()
        self._open_links = [(0, url) for _, url in self._open_links]
        self._open_bold = [0] * len(self._open_bold)
        return piece

    def _closed(self, kind: BlockKind, level: int = 0, *, pulled: bool = False) -> Piece:
        text = "".join(self._parts).rstrip()
        open_links = [Link(start=start, end=self._length, url=url) for start, url in self._open_links]
        links = ((_trimmed(text, link.start, link.end), link.url) for link in [*self._links, *open_links])
        open_bold = [(start, self._length) for start in self._open_bold]
        bold = (_trimmed(text, start, end) for start, end in [*self._bold, *open_bold])
        return Piece(
            kind=kind,
            text=text,
            level=level,
            links=tuple(Link(start=span[0], end=span[1], url=url) for span, url in sorted(links) if span[0] < span[1]),
            bold=tuple(_merged(text, sorted(span for span in bold if span[0] < span[1]))),
            pulled=pulled,
        )


def is_bold_heading(piece: Piece) -> bool:
    """Whether a paragraph is what many authors write for a heading: one short bold line without a full stop."""
    return (
        piece.kind is BlockKind.PARAGRAPH
        and piece.bold == ((0, len(piece.text)),)
        and len(piece.text) <= HEADING_CHARACTERS
        and not piece.text.endswith(END_MARKS)
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    end = min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _merged(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours with nothing but space between them as one."""
    last: Span | None = None
    for start, end in spans:
        if last and not text[last[1] : start].strip():
            last = (last[0], max(end, last[1]))
        else:
            if last:
                yield last
            last = (start, end)
    if last:
        yield last
