"""Words from outside as a terminal may print them: file names, titles and articles are written by anybody."""

from __future__ import annotations

import re

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls but tab and line feed, marks that turn the direction of reading, and halves of characters."""


def shown(text: str) -> str:
    """`text` with every character that could steer a terminal, or that no terminal can print, replaced by `�`."""
    return STEERING.sub("�", text)
