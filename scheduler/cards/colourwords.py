"""Colours as people write them: #0f4f46, 0f4f46, #abc, rgb(15, 79, 70), teal."""

from __future__ import annotations

import re

from PIL import ImageColor

_LONGEST = 40
_BARE_HEX = re.compile(r"(?:[0-9a-fA-F]{3}){1,2}")
_HOW = "write it as “#0f4f46”, “rgb(15, 79, 70)” or a name such as “teal”"


def parsed(value: object) -> str:
    """The colour as "#rrggbb". Raises ValueError when it is none, or one that lets the ground through."""
    if not isinstance(value, str):
        raise ValueError(f"a colour stands in quotes; {_HOW}")
    words = value.strip()
    if len(words) > _LONGEST:
        raise ValueError(f"this is no colour; {_HOW}")
    try:
        parts = ImageColor.getrgb(f"#{words}" if _BARE_HEX.fullmatch(words) else words)
    except ValueError:
        raise ValueError(f"“{words}” is no colour; {_HOW}") from None
    if len(parts) != 3 or not all(0 <= part <= 255 for part in parts):
        raise ValueError(f"“{words}” is no colour that can be painted; {_HOW}")
    return "#" + bytes(parts).hex()
