"""Walks the tree of a page, or of a document that became one, and finds its blocks with their words.

A block is what stands between two edges of elements that a browser sets apart, or between two line breaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement

from scheduler.domain.article import BlockKind, Link
from scheduler.readers.names import names_of
from scheduler.readers.pictures import Pictures, is_caption, joined
from scheduler.readers.pieces import Piece, Words

_INLINE = """a abbr acronym amp-img b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr
picture q rp rt ruby s samp small source span strike strong sub sup time tt u var wbr"""
INLINE = frozenset(_INLINE.split())
BOLD = frozenset({"b", "strong"})
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 4, "dt": 4}
LONGEST_HEADING = 250
SENTENCE = 100
"""A heading longer than this that ends with a full stop is text that somebody wanted large."""
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LIGHT_STYLE = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_PULLED = re.compile(r"(?:^|-)(?:pull-?quotes?|tweetable|tweet-?box|click-?to-?tweet|bctt|ctt|tm-click)(?:-|$)")
_BULLET = re.compile(r"(?:[•◦▪‣·●○■✓✔➤►*-]\s+|\(?\d{1,2}[.)]\s+)(?=\S)")
_MARK = re.compile(r"[\[(]?([\d,–-]{1,9}|[a-z*†‡§])[\])]?")
_POWER = re.compile(r"(?:\d|\b[a-zA-Z]{1,2})$")
_BARE_LINK = re.compile(r"[#¶§↩↑↵⏎^🔗\ufe0e\s]*")
_NOTE = re.compile(r"(?:cite-note|footnote|endnote|fn|ftn|ref|reference|citation)s?(?:-[\w-]*|\d+)?")
_DATA_TABLE_CELL = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A piece and the element in which its words stand."""

    piece: Piece
    element: HtmlElement


@dataclass(slots=True, kw_only=True)
class _Inside:
    """What the innermost open block makes of its words; `filled` when it had some."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    pulled: bool = False
    filled: bool = False


class Walk:
    """One walk over `root`: `found` in reading order, and the `pictures` on the way.

    `base` is the address that others are relative to, empty where nobody knows it.
    """

    def __init__(self, root: HtmlElement, *, base: str = "") -> None:
        self.found: list[Found] = []
        self.pictures = Pictures(base=base)
        self._inside = [_Inside()]
        self._words = Words()
        self._broken = False
        self._root = root
        self._steps = etree.iterwalk(root, events=("start", "end"))
        self._walk()

    def _walk(self) -> None:
        for event, element in self._steps:
            if event == "start":
                if not self._start(element):
                    self._add(element.text, element)
                else:
                    self._steps.skip_subtree()
            else:
                self._end(element)
                if element is not self._root:
                    above = element.getparent()
                    self._add(element.tail, above if above is not None else element)
        self._flush(self._root)

    def _start(self, element: HtmlElement) -> bool:
        """Opens what the element means; True when its content has been dealt with."""
        if element.tag in INLINE:
            return self._start_inline(element)
        if is_caption(element) and not self._quoting():
            self.pictures.caption(element.text_content())
            self._inside.append(self._inside[-1])
            return True
        self._flush(element.getparent() if element is not self._root else element)
        self._inside.append(self._block(element))
        return self._attributed(element)

    def _start_inline(self, element: HtmlElement) -> bool:
        tag = element.tag
        if tag == "a":
            url = (element.get("href") or "").strip()
            if url.startswith("#") and _BARE_LINK.fullmatch(element.text_content()):
                return True
            self._words.open_link(url if url.startswith("#") else joined(self.pictures.base, url))
        elif tag == "br":
            self._break(element)
        elif tag in ("img", "amp-img"):
            self.pictures.add(element, at=len(self.found))
            self._add(element.get("alt") if "emoji" in names_of(element) else "", element)
        elif tag == "sup":
            return self._raised(element)
        elif tag == "cite":
            return self._attributed(element)
        if _is_bold(element):
            self._words.open_bold()
        return False

    def _end(self, element: HtmlElement) -> None:
        if element.tag in INLINE:
            if _is_bold(element):
                self._words.close_bold()
            if element.tag == "a":
                self._words.close_link()
        else:
            self._flush(element)
            self._inside.pop()

    def _block(self, element: HtmlElement) -> _Inside:
        """What this block makes of its words; a block that means nothing does as the one around it."""
        around = self._inside[-1]
        tag = element.tag
        if around.kind is BlockKind.LEFTOVER or (tag == "table" and _holds_data(element)):
            return _Inside(kind=BlockKind.LEFTOVER)
        if tag == "blockquote" or _is_pulled(element):
            return _Inside(kind=BlockKind.QUOTE, pulled=around.pulled or _is_pulled(element))
        if tag in HEADINGS and around.kind is not BlockKind.QUOTE:
            return _Inside(kind=BlockKind.HEADING, level=HEADINGS[tag])
        if tag == "li":
            return _Inside(kind=BlockKind.REFERENCE if _is_note(element) else BlockKind.ITEM)
        return around

    def _quoting(self) -> bool:
        return self._inside[-1].kind is BlockKind.QUOTE

    def _attributed(self, element: HtmlElement) -> bool:
        """Puts who is quoted behind the quotation, as authors write it."""
        if element.tag not in ("cite", "footer", "figcaption") or not self._quoting():
            return False
        self._flush(element)
        who = " ".join(element.text_content().split()).lstrip("—–- ")
        last = self.found[-1] if self.found else None
        if last and who and self._inside[-1].filled and last.piece.kind is BlockKind.QUOTE:
            self.found[-1] = replace(last, piece=replace(last.piece, text=f"{last.piece.text} — {who}"))
        return True

    def _raised(self, element: HtmlElement) -> bool:
        """A small raised number is a power after a number or a unit, and otherwise a footnote's mark."""
        mark = _MARK.fullmatch(element.text_content().strip())
        if mark is None:
            return False
        links = element.find(".//a") is not None or element.getparent().tag == "a"
        if not links and mark.group(1).isdecimal() and _POWER.search(self._words.last()):
            self._words.add(mark.group(1).translate(SUPERSCRIPTS))
        else:
            self._words.add(f"[{mark.group(1)}]")
        return True

    def _break(self, element: HtmlElement) -> None:
        if self._broken or self._words.is_bold_line():
            self._flush(element.getparent())
        self._broken = True

    def _add(self, text: str | None, element: HtmlElement) -> None:
        if not text:
            return
        if self._broken and text.strip():
            if _BULLET.match(text.lstrip()):
                self._flush(element)
            self._words.add(" ")
            self._broken = False
        for index, part in enumerate(re.split(r"\n\s*\n", text) if element.tag == "pre" else [text]):
            if index:
                self._flush(element)
            self._words.add(part)

    def _flush(self, element: HtmlElement) -> None:
        self._broken = False
        if not self._words:
            return
        inside = self._inside[-1]
        kind = BlockKind.PARAGRAPH if inside.kind is BlockKind.ITEM and inside.filled else inside.kind
        piece = self._words.take(kind, inside.level, pulled=inside.pulled)
        if not piece.text:
            return
        for each in self._inside:
            each.filled = True
        self.found.append(Found(piece=_mended(piece), element=element))


def _mended(piece: Piece) -> Piece:
    if piece.kind is BlockKind.HEADING:
        sentence = len(piece.text) > LONGEST_HEADING or (len(piece.text) > SENTENCE and piece.text.endswith("."))
        kind = BlockKind.PARAGRAPH if sentence else BlockKind.HEADING
        return replace(piece, kind=kind, bold=())
    bullet = _BULLET.match(piece.text) if piece.kind is BlockKind.PARAGRAPH else None
    return _without_start(piece, bullet.end()) if bullet else piece


def _without_start(piece: Piece, length: int) -> Piece:
    links = tuple(
        Link(start=max(0, link.start - length), end=link.end - length, url=link.url)
        for link in piece.links
        if link.end > length
    )
    bold = tuple((max(0, start - length), end - length) for start, end in piece.bold if end > length)
    return replace(piece, kind=BlockKind.ITEM, text=piece.text[length:], links=links, bold=bold)


def _is_bold(element: HtmlElement) -> bool:
    style = element.get("style") or ""
    if element.tag in BOLD:
        return _LIGHT_STYLE.search(style) is None
    return bool(style) and _BOLD_STYLE.search(style) is not None


def _is_note(item: HtmlElement) -> bool:
    """Whether a list's item is a footnote, by the names that programs give to their anchors."""
    return any(_NOTE.fullmatch(name) for name in names_of(item))


def _is_pulled(element: HtmlElement) -> bool:
    return any(_PULLED.search(name) for name in names_of(element))


def _holds_data(table: HtmlElement) -> bool:
    """Whether a table shows figures, and doesn't just put a page's parts beside each other."""
    if role := table.get("role"):
        return bool(role == "table")
    if (
        next(table.iterdescendants("table", "p", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote", "img"), None)
        is not None
    ):
        return False
    cells = [len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")]
    short = all(len(cell.text_content()) <= _DATA_TABLE_CELL for cell in table.iter("td", "th"))
    return short and sum(count > 1 for count in cells) > 1
