"""Pull quotes: words that a page repeats in large letters beside the text that they come from.

The copy isn't text, or it would be quoted twice; it says which of the author's sentences the author likes best.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain.article import BlockKind, Span
from scheduler.readers.pieces import Piece

LEAST_CHARACTERS = 25
MOST_QUOTES = 100
"""More than these are looked at as ordinary quotations, so that a hostile page costs no more."""

_WRAPPING = " \"'“”„‟«»‹›‘’…."
_CLOSING = tuple('.…!?"”’»')
_ATTRIBUTION = re.compile(r"\s[—–]\s?[^—–.!?]{1,80}$")
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """The pieces without copies, and by a piece's index the spans of it that were pulled out."""

    pieces: tuple[Piece, ...]
    spans: Mapping[int, Sequence[Span]]


def pull(pieces: Sequence[Piece]) -> Pulled:
    """Drops each quotation that only repeats the text, and marks its original; marks what stands only as a pull."""
    quotes = [piece for piece in pieces if piece.kind is BlockKind.QUOTE][:MOST_QUOTES]
    if not quotes:
        return Pulled(pieces=tuple(pieces), spans={})
    originals = [piece for piece in pieces if piece.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)]
    plain = "\n".join(_plain(piece.text) for piece in originals)
    found = {id(quote): place for quote in quotes if (place := _place(quote, plain))}
    kept = [piece for piece in pieces if id(piece) not in found]
    spans: dict[int, list[Span]] = {}
    starts = _starts(originals, kept)
    for start, end in found.values():
        at, index = starts[bisect_right(starts, start, key=lambda begin: begin[0]) - 1]
        spans.setdefault(index, []).append((start - at, end - at))
    for index, piece in enumerate(kept):
        if piece.pulled:
            spans.setdefault(index, []).append((0, len(piece.text)))
    return Pulled(pieces=tuple(kept), spans=spans)


def _starts(originals: Sequence[Piece], kept: Sequence[Piece]) -> list[tuple[int, int]]:
    """Where each original begins among them all, with its index among those that are kept."""
    indices = {id(piece): index for index, piece in enumerate(kept)}
    starts = []
    at = 0
    for piece in originals:
        starts.append((at, indices[id(piece)]))
        at += len(piece.text) + 1
    return starts


def _place(quote: Piece, plain: str) -> Span | None:
    sought = _plain(_ATTRIBUTION.sub("", quote.text)).strip(_WRAPPING)
    start = plain.find(sought) if len(sought) >= LEAST_CHARACTERS else -1
    if start < 0:
        return None
    end = start + len(sought)
    while plain[end : end + 1] in _CLOSING:
        end += 1
    return start, end


def _plain(text: str) -> str:
    """The same length, so that places hold: no letter is lowered that would become two."""
    low = text.translate(_STRAIGHT).lower()
    return low if len(low) == len(text) else text.translate(_STRAIGHT)
