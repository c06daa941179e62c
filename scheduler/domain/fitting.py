"""One picture for all: what every channel of a workspace takes and shows whole, and what stands against a card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.domain.card import PaintedCard, Takes, megabytes
from scheduler.domain.channel import Capabilities


def taken_by_all(channels: Sequence[Capabilities]) -> Takes:
    """What each of them takes; where no format is common, what the first of them takes."""
    if not channels:
        return Takes()
    formats = _common(can.picture_formats for can in channels)
    return Takes(
        formats=formats or channels[0].picture_formats,
        most_bytes=min(can.picture_bytes for can in channels),
        most_alt_text=min(can.alt_text_limit for can in channels),
    )


def best_size(channels: Sequence[Capabilities]) -> str:
    """The size that all of them show whole, and that the one that likes it least likes best; else square."""
    sizes = _common(can.picture_sizes for can in channels) if channels else ()
    return min(sizes, key=lambda size: max(can.picture_sizes.index(size) for can in channels), default="square")


def misfit(card: PaintedCard, can: Capabilities) -> str:
    """Why a channel would refuse this card, as a sentence; empty when it takes it."""
    if card.format not in can.picture_formats:
        return f"Its card is a {card.format}, and this channel takes {' or '.join(can.picture_formats)}."
    if card.bytes > can.picture_bytes:
        return f"Its card has {megabytes(card.bytes)} MB, and this channel takes {megabytes(can.picture_bytes)} MB."
    if len(card.alt_text) > can.alt_text_limit:
        return f"Its card's alt text has {len(card.alt_text)} characters, and this channel takes {can.alt_text_limit}."
    return ""


def _common(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What is in all of them, in the order of the first."""
    first, *others = lists
    return tuple(one for one in first if all(one in other for other in others))
