"""The four faces of the dashboard, cut down to what its pages write: made when a browser first asks, then kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock

from pydantic import TypeAdapter

from scheduler.dispatch.children import InChild, Limits
from scheduler.domain.errors import CardRefused, ChildFailed, NotFound

FACES = ("sans-400", "sans-600", "serif-400", "serif-600")
SUBSET = ("scheduler.cards.webfonts:subset",)
SUBSETTING = Limits(seconds=40, cpu_seconds=30, memory_mib=768, file_mib=4)


class WebFonts:
    """Kept in one folder. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = Lock()
        self._lost: set[str] = set()

    def data(self, face: str) -> bytes:
        """A WOFF2. Raises NotFound for another face, or one that can't be made here: the system's is good, too."""
        if face not in FACES:
            raise NotFound("There is no such font.")
        path = self._folder / f"{face}.woff2"
        with self._turn:
            if not path.is_file() and face not in self._lost:
                self._make(face, path)
        try:
            return path.read_bytes()
        except OSError:
            raise NotFound("This font can't be made here.") from None

    def _make(self, face: str, path: Path) -> None:
        work = InChild(functions=SUBSET, returns=TypeAdapter(tuple[int]), limits=SUBSETTING)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            work({"face": face, "out": str(path)})
        except (CardRefused, ChildFailed, OSError):
            self._lost.add(face)


@cache
def webfonts_of(folder: Path) -> WebFonts:
    """The one of a workspace, so that all who wait know of each other."""
    return WebFonts(folder)
