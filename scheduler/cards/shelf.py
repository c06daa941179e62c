"""Painted cards on disk, without a picture library: what lies there, whether it is as it was painted, how it goes."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePath

from scheduler.domain.card import PaintedCard

_OURS = re.compile(r"[0-9a-f]{64}(-q\d+)?\.(png|jpg|webp)|\..+\.part")


class CardShelf:
    """One folder of cards. Keeps ports.Shelf; files that the painter doesn't write are none of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, card: PaintedCard) -> bool:
        """Whether the card's file is there, byte for byte as it was painted."""
        try:
            with (self._folder / PurePath(card.path).name).open("rb") as file:
                if os.fstat(file.fileno()).st_size != card.bytes:
                    return False
                return hashlib.file_digest(file, "sha256").hexdigest() == card.sha256
        except OSError:
            return False

    def remove_parts(self, *, since: float) -> None:
        """Takes away what was begun and not finished since that second of the epoch."""
        for path in self._folder.glob(".*.part"):
            at = _written(path)
            if at and at.timestamp() >= since:
                path.unlink(missing_ok=True)

    def lying(self) -> Iterator[tuple[str, datetime]]:
        """Each file's name, also of one half written, and when it was last painted or asked for."""
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if _OURS.fullmatch(path.name) and (at := _written(path)):
                yield path.name, at

    def remove(self, name: str, *, before: datetime) -> bool:
        """Takes a file away that has not been asked for since then; whether it went."""
        path = self._folder / name
        at = _written(path)
        if at is None or at >= before:
            return False
        try:
            path.unlink()
        except OSError:
            return False
        return True


def _written(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
