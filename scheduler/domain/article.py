"""An article as a reader hands it on, and the excerpts that a cutter takes from it.

Every `start` and `end` is a character offset into `Article.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]


class BlockKind(StrEnum):
    """What a stretch of the article is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    REFERENCE = "reference"
    LEFTOVER = "leftover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, list item …; only paragraphs, items and quotes are cut."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


class CallKind(StrEnum):
    """How a reader of the article is asked to get in touch."""

    PHONE = "phone"
    BOOKING = "booking"
    EMAIL = "email"
    OFFER = "offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallToAction:
    """A phone, booking anchor, e-mail or offer found in the article; `label` is its office or anchor text."""

    kind: CallKind
    value: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the author asked for in the front matter; empty means: as the settings say."""

    author: str = ""
    role: str = ""
    office: str = ""
    link: str = ""
    hashtags: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    pullquotes: tuple[str, ...] = ()
    posts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a reader produced. `text` is the normalised plain text: NFC, one blank line between blocks."""

    source: str
    title: str
    language: str
    fingerprint: str
    text: str
    blocks: tuple[Block, ...]
    calls_to_action: tuple[CallToAction, ...] = ()
    references: tuple[str, ...] = ()
    wishes: Wishes = Wishes()


class RepairKind(StrEnum):
    """The only changes an excerpt may show against its article."""

    CITATION = "citation"
    CONNECTIVE = "connective"
    CLAUSE = "clause"
    SPACING = "spacing"
    JOIN = "join"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A range of the article that the excerpt leaves out, and why."""

    kind: RepairKind
    start: int
    end: int


class ExcerptKind(StrEnum):
    """What kind of post an excerpt makes."""

    QUOTE = "quote"
    QUESTION = "question"
    NUMBER = "number"
    TIP = "tip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A span of the article worth posting.

    Deleting the `repairs` from `spans`, collapsing white space and raising at most the first letter gives `text`.
    """

    text: str
    kind: ExcerptKind
    score: float
    spans: tuple[Span, ...]
    repairs: tuple[Repair, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the article with its score (higher is more quotable); `why_not` is None when eligible."""

    start: int
    end: int
    score: float
    eligible: bool
    why_not: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What the cutter made of an article: every sentence, and the excerpts in order of worth."""

    sentences: tuple[Sentence, ...]
    excerpts: tuple[Excerpt, ...]
