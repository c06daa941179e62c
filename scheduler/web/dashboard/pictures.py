"""The addresses that pages write for cards: small ones for lists, whole ones where people decide."""

from __future__ import annotations

from pathlib import PurePath

from scheduler.bootstrap.thumbs import NAME, Thumbs, thumbs_of
from scheduler.web.dashboard.visit import Visit


def thumb_url(path: str, size: int = 40) -> str:
    """Where a page finds the small picture of a card's file; empty where there is none. `size`: 40, 64, 160 or 320."""
    return f"/thumb/{size}/{PurePath(path).name}" if _is_card(path) else ""


def thumb_soon(visit: Visit, path: str, size: int = 40) -> str:
    """The same for a page that is about to be shown: what it shows is made together."""
    address = thumb_url(path, size)
    if address:
        thumbs_here(visit).expect(PurePath(path).name, size)
    return address


def card_url(path: str) -> str:
    """Where a page finds the whole card; empty where there is none."""
    return f"/card/{PurePath(path).name}" if _is_card(path) else ""


def thumbs_here(visit: Visit) -> Thumbs:
    """The workspace's small pictures."""
    folders = visit.app.folders
    return thumbs_of(folders.cards, folders.var / "thumbs")


def _is_card(path: str) -> bool:
    return bool(NAME.fullmatch(PurePath(path).name))
