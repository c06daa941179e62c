"""Every template in the look of the brand, as it would be painted now: made when somebody looks, then kept."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from scheduler.bootstrap import hostile
from scheduler.bootstrap.thumbs import Thumbs, thumbs_of
from scheduler.domain.card import CardRequest, CardResult, PaintedCard, RefusedCard
from scheduler.domain.errors import NotAllowedNow, NotFound
from scheduler.domain.links import for_scanning, printed

if TYPE_CHECKING:
    from scheduler.bootstrap.app import App

SIZES = ("square", "landscape", "portrait", "story")
WORDS = {
    "number": "3 of 4 people who come to us sit for more than six hours a day.",
    "question": "How long should a first visit take? As long as your story needs.",
}
ORDINARY = "A short walk every day does more than one long walk a week."
HEADING, ITEMS = "Before your first visit", ("Write down what hurts, and when", "Bring the names of your medicines")
MOST_KEPT, MOST_WAITING, PIXELS = 6, 12, 320
KEPT = TypeAdapter(dict[str, PaintedCard | RefusedCard])


class Samples:
    """One workspace's, in a folder of its own for each look and size. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = Lock()
        self._room = BoundedSemaphore(MOST_WAITING)

    def known(self, key: str) -> Mapping[str, CardResult]:
        """What was painted or refused, by template; nothing where nobody has looked at this look yet."""
        try:
            return KEPT.validate_json((self._folder / key / "samples.json").read_bytes())
        except (OSError, ValidationError):
            return {}

    def picture(self, key: str, requests: Sequence[CardRequest], template: str) -> bytes:
        """A WebP of one template.

        Raises NotFound where it was refused, NotAllowedNow while many wait, ChildFailed.
        """
        if not (found := self.known(key)):
            found = self._painted(key, requests)
        card = found.get(template)
        if not isinstance(card, PaintedCard):
            raise NotFound("This template was not painted.", hint=card.reason if card else "")
        return self._thumbs(key).small(Path(card.path).name, PIXELS)

    def _painted(self, key: str, requests: Sequence[CardRequest]) -> Mapping[str, CardResult]:
        if not self._room.acquire(blocking=False):
            raise NotAllowedNow("Many samples are being painted.", hint="Reload the page.")
        try:
            with self._turn:
                return self.known(key) or self._paint(key, requests)
        finally:
            self._room.release()

    def _paint(self, key: str, requests: Sequence[CardRequest]) -> Mapping[str, CardResult]:
        """All at once, by one child."""
        out = self._folder / key
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        wanted = {one.template: replace(one, out=str(out)) for one in requests}
        found = dict(zip(wanted, hostile.paint(list(wanted.values())), strict=True))
        (out / "samples.json").write_bytes(KEPT.dump_json(found))
        self._tidy()
        return found

    def _tidy(self) -> None:
        kept = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for path in kept[:-MOST_KEPT]:
            shutil.rmtree(path, ignore_errors=True)

    def _thumbs(self, key: str) -> Thumbs:
        return thumbs_of(self._folder / key, self._folder / key / "small")


def requests_of(app: App, size: str) -> tuple[str, list[CardRequest]]:
    """A key that changes with the look, and what to paint for it."""
    folders = app.folders
    link = next(iter(app.settings.booking.values()))
    requests = [
        CardRequest(
            **_words(name),
            name=app.settings.brand,
            business=app.settings.brand,
            address=printed(link),
            links=for_scanning(link, campaign="sample"),
            template=name,
            size=size,
            assets=str(folders.assets),
            out="",
        )
        for name in folders.templates
    ]
    told = "\n".join([folders.look(), *map(repr, requests)])
    return hashlib.sha256(told.encode()).hexdigest()[:24], requests


def _words(template: str) -> dict[str, Any]:
    if template == "tips":
        return {"quote": " ".join((HEADING, *ITEMS)), "kind": "tip", "heading": HEADING, "items": ITEMS}
    kind = template if template in WORDS else "quote"
    return {"quote": WORDS.get(template, ORDINARY), "kind": kind}


@cache
def samples_of(folder: Path) -> Samples:
    """The one of a workspace, so that all who wait know of each other."""
    return Samples(folder)
