"""Compressed bodies, unpacked while they come, so that a bomb is stopped before it is one."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from scheduler.domain.errors import NoAnswer, PageUnusable

STEP = 64 * 1024
GZIP, WRAPPED, BARE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
WINDOWS = {"gzip": GZIP, "x-gzip": GZIP, "deflate": WRAPPED}


def unpacked(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """What the pieces unpack to, in steps; `coding` as the site calls it, empty for none.

    Raises PageUnusable for what isn't packed as it says, NoAnswer where the end is missing.
    """
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        yield from pieces
        return
    if coding not in WINDOWS:
        raise PageUnusable(f"The site packs its answer in a way that wasn't asked for ('{coding[:20]}').")
    stream = _Stream(WINDOWS[coding])
    for piece in pieces:
        rest, more = piece, True
        while more:
            step, rest = stream.step(rest)
            # A full step may leave more inside, even where all that came is used up.
            more = bool(rest) or len(step) == STEP
            if step:
                yield step
    stream.end()


class _Stream:
    """One compressed body; a gzip file may be several, one after the other."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._inflate = zlib.decompressobj(window)
        self._begun = False

    def step(self, data: bytes) -> tuple[bytes, bytes]:
        """At most STEP bytes, and what is left to unpack; anything after the end is dropped."""
        try:
            step = self._inflate.decompress(data, STEP)
        except zlib.error:
            return self._again(data)
        self._begun = True
        return step, self._next_member() if self._inflate.eof else self._inflate.unconsumed_tail

    def end(self) -> None:
        """Nothing more comes."""
        if self._begun and not self._inflate.eof:
            raise NoAnswer("The site's answer broke off.")

    def _again(self, data: bytes) -> tuple[bytes, bytes]:
        """Some sites send deflate without the wrapping that the standard wants."""
        if self._begun or self._window != WRAPPED:
            raise PageUnusable("The site's answer is packed wrongly.")
        self._window = BARE
        self._inflate = zlib.decompressobj(BARE)
        return self.step(data)

    def _next_member(self) -> bytes:
        rest = self._inflate.unused_data
        if not (self._window == GZIP and rest.startswith(b"\x1f\x8b")):
            return b""
        self._inflate = zlib.decompressobj(GZIP)
        return rest
