"""What posts brought, from the tables in posts/bookings/: read when one of them changes, by a child."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from scheduler.bootstrap import hostile
from scheduler.bootstrap.folders import Folders
from scheduler.domain.bookings import NOTHING_KNOWN, Bookings
from scheduler.domain.errors import ChildFailed
from scheduler.readers.work import BookingsRequest

MOST_FILES = 60
"""Five years of months; who has more joins some."""


def bookings_of(folders: Folders) -> Bookings:
    """Of all tables together; a file that can't be read is told of in `troubles`."""
    files = tuple(sorted(_tables(folders.bookings)))
    found = _read(folders.bookings, files[:MOST_FILES]) if files else NOTHING_KNOWN
    left = [f"{MOST_FILES} files are read; from “{name}” on none." for name, *_ in files[MOST_FILES:][:1]]
    return replace(found, troubles=(*found.troubles, *left))


def _tables(folder: Path) -> list[tuple[str, int, int]]:
    try:
        entries = [one for one in folder.iterdir() if one.is_file() and not one.name.startswith((".", "~"))]
        stamps = [(one, one.stat()) for one in entries]
    except OSError:
        return []
    return [(one.name, state.st_mtime_ns, state.st_size) for one, state in stamps]


@lru_cache(maxsize=4)
def _read(folder: Path, files: tuple[tuple[str, int, int], ...]) -> Bookings:
    try:
        return hostile.read_bookings(BookingsRequest(folder=folder, names=tuple(name for name, _, _ in files)))
    except ChildFailed as error:
        return Bookings(troubles=(f"{error.message} {error.hint}".strip(),))
