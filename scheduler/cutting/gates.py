"""Says why a sentence can't be posted, in words for the person who asks.

The shares of author-marked sentences that each removes are measured in the design's cutting notes.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from scheduler.cutting.rules import Rules
from scheduler.cutting.segment import QUOTABLE, Segment
from scheduler.domain.article import Article, BlockKind

_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "｡", "۔")
_CLOSERS = "\"'”’)]»«“」』）› \u00a0\u202f"
_ADDRESS = re.compile(r"https?://|www\.|[A-Za-z\d]\.(?:com|org|net)\b|@\w")
_ADDRESS_SIGNS = ("@", "://", "www.", ".com", ".org", ".net")
_OPENS = re.compile(r"(?:[\"'“”‘‚(¿¡„\[「『（]|[«»]\s?){0,3}[^\W_]")

_KIND_WORDS = {
    BlockKind.TITLE: "it is the title",
    BlockKind.HEADING: "it is a heading",
    BlockKind.REFERENCE: "it belongs to the references",
    BlockKind.LEFTOVER: "it is left over from the web page",
}
_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ("「", "」"), ("『", "』"), ("（", "）"))
_PAIRED = re.compile(r"[\"„“”()\[\]«»「」『』（）]")

TOO_SHORT = "it is too short to stand alone"
MIDDLE = "it begins in the middle of a sentence"
NO_END = "it doesn't end like a sentence"


def of_place(article: Article, segment: Segment, *, asks_to_call: bool) -> str | None:
    """Why the place where a sentence stands keeps it from any use; None when nothing does."""
    if segment.block.kind not in QUOTABLE:
        return _KIND_WORDS[segment.block.kind]
    return "it asks to get in touch, which the post's link does" if asks_to_call else None


def of_words(text: str, low: str, said: Collection[str], rules: Rules) -> str | None:
    """Why these words can't be part of any post; `low` is `text` in lower case, `said` its words."""
    if len(text) > rules.longest:
        return "it is too long for a post"
    if any(sign in text for sign in _ADDRESS_SIGNS) and _ADDRESS.search(text):
        return "it holds an address"
    if not balanced(text):
        return "its quotation marks or brackets don't close"
    return next((words for words, phrases in rules.gates if phrases.tells(low, said)), None)


def of_ends(text: str, written: str) -> str | None:
    """Why these words aren't a whole sentence; `written` is how it began before it was repaired."""
    if written.islower() or not _OPENS.match(text):
        return MIDDLE
    if text.rstrip(_CLOSERS).endswith(_ENDS):
        return None
    return "it ends with a colon and leads to something else" if text.endswith((":", "：")) else NO_END


def balanced(text: str) -> bool:
    """Whether quotation marks and brackets that open are closed; „so“, “so”, ”so” are all ways to quote."""
    if not _PAIRED.search(text):
        return True
    low, left, right = text.count("„"), text.count("“"), text.count("”")
    closed = low == left + right if low else left == right or (not left and right % 2 == 0)
    return closed and text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in _PAIRS)
