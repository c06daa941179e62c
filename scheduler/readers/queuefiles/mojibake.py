"""Characters that were read in a wrong encoding once, such as â€™ for ’: put right where that is certain, told else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

_WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
"""As programs do it: the five bytes that Windows-1252 leaves open stay what they are."""
_MAC = {byte: bytes([byte]).decode("mac_roman") for byte in range(0x80, 0x100)}
_CERTAIN = {0xC3: 1, 0xE2: 2, 0xF0: 3}
"""First bytes of Latin letters, of punctuation and of emoji, each with how many follow: no language has such words."""
_SURELY = 2
"""So many characters of several bytes each are no coincidence."""
_RUN = re.compile(r"[^\x00-\x7f]+")
_REMAINS = re.compile("â€|Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|ðŸ|‚Ä[^\\s\\w]|√[©®±§°]|\ufffd")


def repaired(text: str) -> str:
    """The text as it was written. Nothing is changed that could have been meant."""
    if text.isascii():
        return text
    windows, mac = _whole(text, _WINDOWS), _whole(text, _MAC)
    for table, whole, other in ((_WINDOWS, windows, mac), (_MAC, mac, windows)):
        if _certain(table).search(text) and (whole or not other):
            return whole or _certain(table).sub(partial(_put_right, table), text)
    return windows if windows and len(re.findall(r"[\u0800-\U0010ffff]", windows)) >= _SURELY else text


def is_mangled(text: str) -> bool:
    """Whether characters are lost or still look as if they had been read in a wrong encoding."""
    return bool(_REMAINS.search(text))


def _certain(table: Mapping[int, str]) -> re.Pattern[str]:
    trail = "[" + re.escape("".join(table[byte] for byte in range(0x80, 0xC0))) + "]"
    return re.compile("|".join(f"{re.escape(table[lead])}{trail}{{{more}}}" for lead, more in _CERTAIN.items()))


def _whole(text: str, table: Mapping[int, str]) -> str:
    """The text where all its special characters come from one wrong reading; empty where one doesn't."""
    undone = {run: _undone(run, table) for run in _RUN.findall(text)}
    return _RUN.sub(lambda found: undone[found[0]], text) if undone and all(undone.values()) else ""


def _put_right(table: Mapping[int, str], run: re.Match[str]) -> str:
    return _undone(run[0], table) or run[0]


def _undone(run: str, table: Mapping[int, str]) -> str:
    """What these characters were before; empty where they were something else."""
    bytes_of = {sign: byte for byte, sign in table.items()}
    try:
        return bytes(bytes_of[sign] for sign in run).decode()
    except (KeyError, UnicodeDecodeError):
        return ""
