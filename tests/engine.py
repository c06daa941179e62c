"""For tests that take the text engine, or fonts, away: what was kept of the others is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from scheduler.cards import bidi, fallback, fontfiles, fonts, runs


def forget() -> None:
    """Empties every cache of the text engine."""
    for module in (bidi, fallback, fontfiles, fonts, runs):
        for kept in vars(module).values():
            if callable(clear := getattr(kept, "cache_clear", None)):
                clear()


@contextmanager
def changed() -> Iterator[pytest.MonkeyPatch]:
    """Patches that are undone, with nothing kept before or behind."""
    with pytest.MonkeyPatch.context() as patch:
        forget()
        yield patch
    forget()
