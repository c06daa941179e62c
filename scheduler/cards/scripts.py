"""What a person should know about the scripts that cards can be set in here: the engine, and the fonts installed."""

from __future__ import annotations

from collections import defaultdict

from scheduler.cards.fontfiles import shaping
from scheduler.cards.fonts import Fonts
from scheduler.domain.errors import CardRefused

_FACE = "serif-400"
_SAMPLES = {
    "Latin": "Aa",
    "Greek": "Ωω",
    "Cyrillic": "Жж",
    "Arabic": "سلام",
    "Hebrew": "שלום",
    "Devanagari": "नमस्ते",
    "Thai": "สวัสดี",
    "Chinese": "漢字",
    "Japanese": "かな",
    "Korean": "한글",
    "emoji": "👩\u200d⚕\ufe0f",
}


def engine_warnings() -> tuple[str, ...]:
    """What the reader of a card should know about the text engine it was set with."""
    if shaping() == "raqm":
        return ()
    return ("Set without kerning and ligatures, because the Debian package libfribidi0 is not installed.",)


def settable(fonts: Fonts) -> tuple[bool, str]:
    """Whether every script can be set here, and in words which can and what the others lack."""
    lacking: dict[str, list[str]] = defaultdict(list)
    for script, sample in _SAMPLES.items():
        try:
            fonts.runs(_FACE, sample)
        except CardRefused as refusal:
            lacking[refusal.hint].append(script)
    if not lacking:
        return True, ", ".join(_SAMPLES)
    return False, "; ".join(f"no {', '.join(scripts)}. {hint}" for hint, scripts in lacking.items())
