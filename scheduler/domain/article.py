"""An article as a reader hands it on, and the excerpts that a cutter takes from it.

Every `start` and `end` is a character offset into `Article.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from scheduler.domain.lateness import LateRule

Span = tuple[int, int]

BULLET = "•"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead somewhere, and where; an anchor's own words are `Article.text[start:end]`."""

    start: int
    end: int
    url: str


class MarkKind(StrEnum):
    """How the author made a passage stand out. Block quotes are blocks of their own."""

    BOLD = "bold"
    PULLQUOTE = "pullquote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A passage that the author made stand out."""

    kind: MarkKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article; `alt` and `caption` are empty where there is none."""

    url: str
    alt: str = ""
    caption: str = ""


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
    campaign: str = ""
    late: LateRule | None = None
    evergreen: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a reader produced. `text` is the normalised plain text: NFC, one blank line between blocks.

    `published` is a date as YYYY-MM-DD; it, `author` and `canonical_url` are empty where the source doesn't tell.
    """

    source: str
    title: str
    language: str
    fingerprint: str
    text: str
    blocks: tuple[Block, ...]
    calls_to_action: tuple[CallToAction, ...] = ()
    references: tuple[str, ...] = ()
    wishes: Wishes = Wishes()
    author: str = ""
    published: str = ""
    canonical_url: str = ""
    links: tuple[Link, ...] = ()
    marks: tuple[Mark, ...] = ()
    images: tuple[Image, ...] = ()


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
    ARTICLE = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A span of the article worth posting.

    Deleting the `repairs` from `spans`, collapsing white space and raising at most the first letter gives `text`.
    `heading` stands above it: a list's own heading, or the title where the post is about the article itself.
    `breaks` are the offsets into `text` at which a list's next item begins.
    """

    text: str
    kind: ExcerptKind
    score: float
    spans: tuple[Span, ...]
    repairs: tuple[Repair, ...] = ()
    reasons: tuple[str, ...] = ()
    heading: str = ""
    breaks: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """What a post of it says: the heading, then the text; a list's items one a line.

        The spans of findings refer to it.
        """
        if not self.heading:
            return self.text
        if not self.breaks:
            return f"{self.heading}\n\n{self.text}"
        items = [self.text[start:end].strip() for start, end in pairwise((0, *self.breaks, len(self.text)))]
        return "\n".join([self.heading, *(f"{BULLET} {item}" for item in items)])

    @property
    def headline(self) -> str:
        """What a card shows: the heading where there is one, without the colon that leads to what stands below it."""
        return self.heading.rstrip(" :：") or self.text

    def overlaps(self, other: Excerpt) -> bool:
        """Whether both take words from the same place of one article."""
        return any(a < d and c < b for a, b in self.spans for c, d in other.spans)

    def reworded(self, words: str) -> Excerpt:
        """The same place of the article, saying `words` and nothing else."""
        return replace(self, text=words, heading="", breaks=())


def listed(words: str) -> tuple[str, tuple[str, ...]]:
    """The heading and the items of a list as `Excerpt.words` writes it; no items where the words are no list."""
    heading, *lines = words.strip().split("\n")
    items = tuple(line.removeprefix(BULLET).strip() for line in lines if line.strip())
    if not items or not all(line.startswith(BULLET) for line in lines if line.strip()):
        return "", ()
    return heading.strip(), items


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
    """What the cutter made of an article: every sentence, and the excerpts in order of worth.

    `announcement` makes the post about the article itself; None where no sentence tells what it is about. `notes` are
    sentences for the marketer about what cutting couldn't do.
    """

    sentences: tuple[Sentence, ...]
    excerpts: tuple[Excerpt, ...]
    announcement: Excerpt | None = None
    notes: tuple[str, ...] = ()
