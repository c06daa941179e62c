"""Says why a sentence can't be posted: gates as data, each with its words for the person who asks.

The shares of author-marked sentences that each removes are measured in the design's cutting notes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.cutting import english
from scheduler.cutting.segment import QUOTABLE, Segment
from scheduler.domain.article import Article, BlockKind

SHORTEST = 38
LONGEST = 260

_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}$")
_ADDRESS = re.compile(r"https?://|www\.|\b[a-z\d-]{2,40}\.(?:com|org|net)\b|@\w")
_OPENS = re.compile(r"[\"'“‘(¿¡«„\[]{0,3}[^\W_]")

_KIND_WORDS = {
    BlockKind.TITLE: "it is the title",
    BlockKind.HEADING: "it is a heading",
    BlockKind.REFERENCE: "it belongs to the references",
    BlockKind.LEFTOVER: "it is left over from the web page",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """`shuts(text)` is asked of the repaired sentence; `words` go behind “not posted because”."""

    words: str
    shuts: Callable[[str], object]


GATES: tuple[Gate, ...] = (
    Gate(words="it holds an address", shuts=_ADDRESS.search),
    Gate(words="it ends with a colon and leads to something else", shuts=lambda text: text.endswith(":")),
    Gate(words="it doesn't end like a sentence", shuts=lambda text: not _END.search(text)),
    Gate(words="its quotation marks or brackets don't close", shuts=lambda text: not balanced(text)),
)
ENGLISH_GATES: tuple[Gate, ...] = (
    Gate(words="it advertises", shuts=english.PROMOTION.search),
    Gate(words="it points to another place of the article", shuts=english.ABOUT_THE_TEXT.search),
)

TOO_SHORT = "it is too short to stand alone"
TOO_LONG = "it is too long for a post"


def why_not(article: Article, segment: Segment, text: str) -> str | None:
    """The first reason against any use of this sentence, alone or joined; None when there is none."""
    if segment.block.kind not in QUOTABLE:
        return _KIND_WORDS[segment.block.kind]
    if any(call.start < segment.end and segment.start < call.end for call in article.calls_to_action):
        return "it asks to get in touch, which the post's link does"
    if len(text) > LONGEST:
        return TOO_LONG
    if not _OPENS.match(text) or article.text[segment.start].islower():
        return "it begins in the middle of a sentence"
    english_words = _first(ENGLISH_GATES, text.lower()) if article.language.startswith("en") else None
    return _first(GATES, text) or english_words


def _first(gates: Sequence[Gate], text: str) -> str | None:
    return next((gate.words for gate in gates if gate.shuts(text)), None)


def balanced(text: str) -> bool:
    """Whether quotation marks and brackets that open are closed."""
    pairs = (("(", ")"), ("[", "]"), ("“", "”"))
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in pairs)
