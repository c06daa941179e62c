"""What a reader takes for one character: a letter with its marks, an emoji with all that is joined to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_KEYCAP = "\u20e3"
_COLOURED = "\ufe0f"
_PLAIN = "\ufe0e"

# Older signs that are coloured pictures unless U+FE0E says otherwise; everything from U+1F000 on is one anyway.
_PICTURES = frozenset(
    chr(code)
    for first, last in (
        (0x231A, 0x231B), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE), (0x2614, 0x2615),
        (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE),
        (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5),
        (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C),
        (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF),
        (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55),
    )
    for code in range(first, last + 1)
)  # fmt: skip


def clusters(text: str) -> Iterator[str]:
    """The text's grapheme clusters, in order; together they are the text."""
    cluster = ""
    for character in text:
        if cluster and not _extends(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def is_emoji(cluster: str) -> bool:
    """Whether the cluster is shown as a coloured picture."""
    if _PLAIN in cluster:
        return False
    first = cluster[0]
    return _COLOURED in cluster or _KEYCAP in cluster or first in _PICTURES or _is_pictograph(first)


def _extends(cluster: str, character: str) -> bool:
    """Whether the character belongs to the cluster before it."""
    last = cluster[-1]
    if _is_regional(character):
        return len(cluster) == 1 and _is_regional(last)
    if last == _JOINER:
        return ord(character) > 0x2000
    return (
        unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or character in "\u200c\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or ("\u1160" <= character <= "\u11ff" and "\u1100" <= last <= "\u11ff")
    )


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_pictograph(character: str) -> bool:
    return "\U0001f000" <= character <= "\U0001fbff" and not "\U0001f100" <= character <= "\U0001f16f"
