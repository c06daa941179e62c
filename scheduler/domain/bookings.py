"""What posts brought, as far as a business's own files say so: clicks to its booking page, and bookings there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """By one delivery, or by many."""

    clicks: int = 0
    bookings: int = 0

    def __add__(self, other: Brought) -> Brought:
        return Brought(clicks=self.clicks + other.clicks, bookings=self.bookings + other.bookings)


NOTHING_BROUGHT = Brought()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookings:
    """By the codes of deliveries, which links carry as `utm_content`; whether the files tell clicks and bookings at
    all. `troubles` are sentences about what could not be read."""

    by_code: Mapping[str, Brought] = field(default_factory=dict)
    has_clicks: bool = False
    has_bookings: bool = False
    troubles: tuple[str, ...] = ()


NOTHING_KNOWN = Bookings()


def joined(parts: tuple[Bookings, ...]) -> Bookings:
    """Several files as one: each tells of a time of its own, so what they say of a code adds up."""
    by_code: dict[str, Brought] = {}
    for part in parts:
        for code, brought in part.by_code.items():
            by_code[code] = by_code.get(code, NOTHING_BROUGHT) + brought
    return Bookings(
        by_code=by_code,
        has_clicks=any(part.has_clicks for part in parts),
        has_bookings=any(part.has_bookings for part in parts),
        troubles=tuple(trouble for part in parts for trouble in part.troubles),
    )
