"""Recognises what a web page leaves around an article: comment forms, share lines, reference headings."""

from __future__ import annotations

import re

_REFERENCES = re.compile(
    r"(?:references|sources|bibliography|citations|further reading|literature|works cited)\s*(?::|$)", re.IGNORECASE
)

_NETWORK = r"(?:facebook|twitter|x|instagram|linkedin|pinterest|whatsapp|tumblr|reddit|e-?mail|print|tweet|pin it|like)"
_LEFTOVER = re.compile(
    "|".join(
        (
            r"leave a (?:comment|reply)",
            r"share (?:this|on|with)\b[^.]{0,60}",
            r"posted (?:in|on|by)\b.{0,120}",
            r"(?:filed under|tagged(?: with)?|tags)\b.{0,120}",
            r"comments (?:are )?(?:closed|off)",
            r"\d{0,5} ?(?:comments?|replies|shares|likes)",
            r"(?:read|see|learn) more(?::.{0,120})?",
            r"(?:continue reading|you (?:may|might) also like|related (?:posts?|articles?|reading))\b.{0,120}",
            r"(?:previous|next|older|newer) (?:posts?|articles?)\b.{0,120}",
            rf"(?:{_NETWORK}\b[\s|,/·•]{{0,3}}){{1,10}}",
            r"skip to content|back to top",
            r"(?:all rights reserved\b|©|copyright\s).{0,120}",
            r".{0,120}(?:\ball rights reserved|©|\(c\) ?(?:19|20)\d\d).{0,80}",
            r"printed (?:from|on)\b.{0,200}",
            r"your email address will not be published\b.{0,120}",
            r"(?:image|photo) (?:credit|source|by)\b.{0,120}",
        )
    ),
    re.IGNORECASE,
)
_END = " .:!…»>→"


def opens_references(text: str) -> bool:
    """Whether a list of references begins with this block."""
    return _REFERENCES.match(text) is not None


def is_leftover(text: str) -> bool:
    """Whether this block belongs to the page rather than to the article."""
    return _LEFTOVER.fullmatch(text.rstrip(_END)) is not None
