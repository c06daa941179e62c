"""What two texts are compared by when an account must never say the same twice: their words, and nothing else."""

from __future__ import annotations

import hashlib
import unicodedata

BITS = 63
"""As many as a database's whole number holds."""


def wording(text: str, link: str = "") -> int:
    """A number from 0 to 2**63-1 that texts share when they differ in their link, in capitals and in spaces alone.

    Equal numbers of other texts are as unlikely as collisions of a hash of 63 bits.
    """
    words = text.replace(link, " ") if link else text
    digest = hashlib.sha256(folded(words).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) >> (64 - BITS)


def folded(words: str) -> str:
    """NFC, without capitals, every run of white space one space."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", words).casefold())
    return " ".join(plain.split())
