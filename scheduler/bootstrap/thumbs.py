"""Small pictures of cards for the screen, made when they are first looked at and kept in a folder that stays small."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock

from pydantic import TypeAdapter

from scheduler.dispatch.children import InChild, Limits
from scheduler.domain.errors import ChildFailed, NotAllowedNow, NotFound

NAME = re.compile(r"[0-9a-f]{64}(-q\d{1,3})?\.(png|jpg|webp)", re.ASCII)
SIZES = {40: True, 64: True, 160: False, 320: False}
"""Widths on the screen, in CSS pixels, each sent with twice as many; true: a square, otherwise as high as the card."""
MOST_KEPT, LEFT = 2_000, 1_500
MOST_AT_ONCE, MOST_WAITING, MOST_EXPECTED = 24, 24, 500
SHRINK = ("scheduler.cards.thumbs:shrink",)
SHRINKING = Limits(seconds=20, cpu_seconds=15, memory_mib=768, file_mib=4)
Wanted = tuple[str, int]


class Thumbs:
    """The small pictures of one workspace's `cards`, kept in `folder`. Safe to share between threads."""

    def __init__(self, cards: Path, folder: Path) -> None:
        self._cards = cards
        self._folder = folder
        self._wanted: dict[Wanted, None] = {}
        self._turn = Lock()
        self._room = BoundedSemaphore(MOST_WAITING)

    def card(self, name: str) -> bytes:
        """A whole card. Raises NotFound for what is no card's name, or one that lies here no more."""
        try:
            return self._file(name).read_bytes()
        except OSError:
            raise NotFound("This card is no longer here.") from None

    def small(self, name: str, size: int) -> bytes:
        """A WebP, `size` one of SIZES. Raises NotFound for no such card or size, NotAllowedNow while many wait."""
        if size not in SIZES:
            raise NotFound("There is no small picture of this size.")
        path = self._path(name, size)
        if not path.is_file():
            with self._waiting():
                self._make_sure((name, size))
        with suppress(OSError):
            if data := path.read_bytes():
                return data
        raise NotFound("This card can't be shown.")

    def expect(self, name: str, size: int) -> None:
        """Somebody is about to look: whoever looks first has this one made along."""
        has_room = size in SIZES and len(self._wanted) < MOST_EXPECTED
        if has_room and not self._path(name, size).exists() and self._file(name).is_file():
            self._wanted[name, size] = None

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise NotAllowedNow("Many small pictures are being made.", hint="Reload the page.")
        try:
            yield
        finally:
            self._room.release()

    def _make_sure(self, wanted: Wanted) -> None:
        """One child makes what all who wait have asked for."""
        if not self._file(wanted[0]).is_file():
            raise NotFound("This card is no longer here.")
        self._wanted[wanted] = None
        with self._turn:
            if self._path(*wanted).is_file():
                return
            others = [one for one in list(self._wanted) if one != wanted][: MOST_AT_ONCE - 1]
            try:
                self._make([wanted, *others])
            except ChildFailed:
                # One of the others may be to blame.
                with suppress(ChildFailed):
                    self._make([wanted])
            self._tidy()

    def _make(self, batch: Sequence[Wanted]) -> None:
        for one in batch:
            self._wanted.pop(one, None)
        requests = [
            {
                "card": str(self._file(name)),
                "pixels": size * 2,
                "square": SIZES[size],
                "out": str(self._path(name, size)),
            }
            for name, size in batch
        ]
        InChild(functions=SHRINK, returns=TypeAdapter(tuple[int]), limits=SHRINKING)(requests)

    def _tidy(self) -> None:
        """The oldest go: they are made again when somebody looks."""
        kept = sorted(self._folder.glob("*.webp"), key=_age)
        for path in kept[:-LEFT] if len(kept) > MOST_KEPT else ():
            path.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise NotFound("There is no such card.")
        return self._cards / name

    def _path(self, name: str, size: int) -> Path:
        return self._folder / f"{self._file(name).name}.{size}.webp"


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


@cache
def thumbs_of(cards: Path, folder: Path) -> Thumbs:
    """The one of a workspace, so that all who wait know of each other."""
    return Thumbs(cards, folder)
