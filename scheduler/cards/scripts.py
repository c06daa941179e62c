"""What a card's reader should know about the engine that shapes its text."""

from __future__ import annotations

from scheduler.cards.fontfiles import shaping


def engine_warnings() -> tuple[str, ...]:
    """What the reader of a card should know about the text engine it was set with."""
    if shaping() == "raqm":
        return ()
    return ("Set without kerning and ligatures, because the Debian package libfribidi0 is not installed.",)
