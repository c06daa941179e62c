"""Finds how an article asks its reader to get in touch, so that it feeds the post's link and is never quoted.

Every pattern has bounded repetitions: an article of two million characters is still read in linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from scheduler.domain.article import Block, BlockKind, CallKind, CallToAction, Link

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"”)\]]{2,2000}[^\s<>\"”)\].,;:!?]", re.IGNORECASE)

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_PHONE = re.compile(
    r"(?<![\w.,/+-])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{2,5}\)[ .-]?|\d{2,4}[ .-])\d{3,4}[ .-]\d{3,4}(?![\w/-]|[.,]\d)"
)
_DIALLED = re.compile(
    r"\b(?:call|phone|telephone|tel|dial|ring|text|fax)\b[^\w+(]{1,4}(?:us |at |on )?(\+?[\d(][\d ().-]{5,18}\d)",
    re.IGNORECASE,
)
_PLACE = r"(?:office|clinic|location|practice|branch|studio|surgery|centre|center|store|shop)"
_OFFICE_AFTER = re.compile(
    rf"[\s,]{{0,2}}[(–-]?\s?(?:(?:for|at|in|to reach)\s)?(?:our\s|the\s)?((?:[A-Z][\w'’.-]{{0,30}}\s){{1,4}}){_PLACE}\b"
)
_OFFICE_BEFORE = re.compile(rf"((?:[A-Z][\w'’.-]{{0,30}}\s){{1,4}}){_PLACE}\s?(?:[:,(–-]|at|on){{1,2}}\s?$")

_ANCHOR = re.compile(
    r"\bclick(?:ing)? (?:here|below|(?:on )?(?:this|the) (?:link|button))"
    r"|\b(?:via|through|with|follow|following) (?:this|the) link",
    re.IGNORECASE,
)
_BOOKS = re.compile(r"\b(?:book|booking|schedul\w{1,5}|appointments?|reserve|reservations?)\b", re.IGNORECASE)
_BOOKS_ONLINE = re.compile(
    r"\b(?:book|schedule|reserve|request|make)\b[^.!?\n]{0,30}\b(?:online|now|today|on our website)\b", re.IGNORECASE
)

_GIFT = (
    r"(?:consultations?|consults?|assessments?|exam\w{0,10}|check-?ups?|checks?|screenings?|visits?|evaluations?|trials?"
    r"|quotes?|estimates?|sessions?|appointments?|class(?:es)?|guides?|e-?books?|downloads?|x-rays?|treatments?"
    r"|massages?|cleanings?|whitening|questionnaires?|scans?|tests?|reviews?|webinars?|workshops?|calls?|delivery)"
)
_OFFER = re.compile(
    rf"(?<![\w-])(?<!feel )(?:free|complimentary|no[- ]cost|no[- ]charge|half[- ]price|discounted)[ -]"
    rf"(?:[\w-]{{1,20}} ){{0,2}}{_GIFT}\b"
    r"|(?<![\w-])(?:\d{1,2} ?%|[$€£]\d{1,5}) (?:off|discount)\b(?: [\w-]{1,20}){0,2}"
    rf"|\b{_GIFT} (?:free of charge|at no cost)\b"
    r"|\b(?:special|limited)[ -](?:time )?offers?\b",
    re.IGNORECASE,
)

# What each of the patterns above can't do without.
_TWO_DIGITS = re.compile(r"\d\d")
_BOOKING_WORDS = ("click", "link", "online", "now", "today", "website")
_OFFER_WORDS = ("free", "complimentary", "cost", "charge", "half", "discount", "off", "%")


def find_calls_to_action(text: str, blocks: Sequence[Block], links: Sequence[Link]) -> tuple[CallToAction, ...]:
    """Phones with their office, booking anchors, e-mails and offers, in reading order, outside of reference lists."""
    found: list[CallToAction] = []
    starts = [link.start for link in links]
    for block in blocks:
        if block.kind is not BlockKind.REFERENCE:
            inside = links[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
            found += _of_block(text, block, inside)
    return tuple(sorted(found, key=lambda call: (call.start, call.end)))


def _of_block(text: str, block: Block, links: Sequence[Link]) -> list[CallToAction]:
    """Most blocks hold none, which a look for a few words tells sooner than the patterns do."""
    clear = text[block.start : block.end]
    low = clear.lower()
    if "http" in low or "www." in low:
        clear = URL.sub(lambda match: " " * len(match.group()), clear)
        low = clear.lower()
    at = block.start
    found: list[CallToAction] = []
    if _TWO_DIGITS.search(clear):
        found += _phones(clear, at)
    if links or any(word in low for word in _BOOKING_WORDS):
        found += _booking(text, clear, at, links)
    if links or "@" in clear:
        found += _emails(clear, at, links, text)
    if any(word in low for word in _OFFER_WORDS):
        found += _offers(clear, at)
    return found


def _phones(clear: str, at: int) -> Iterator[CallToAction]:
    taken: set[int] = set()
    spans = [match.span() for match in _PHONE.finditer(clear)] + [match.span(1) for match in _DIALLED.finditer(clear)]
    for start, end in spans:
        digits = sum(character.isdigit() for character in clear[start:end])
        if not 7 <= digits <= 15 or taken.intersection(range(start, end)):
            continue
        taken.update(range(start, end))
        yield CallToAction(
            kind=CallKind.PHONE,
            value=clear[start:end],
            label=_office(clear, start, end),
            start=at + start,
            end=at + end,
        )


def _office(clear: str, start: int, end: int) -> str:
    found = _OFFICE_AFTER.match(clear, end) or _OFFICE_BEFORE.search(clear[max(0, start - 100) : start])
    return found.group(1).strip() if found else ""


def _booking(text: str, clear: str, at: int, links: Sequence[Link]) -> Iterator[CallToAction]:
    linked = [link for link in links if _leads_to_booking(text, clear, at, link)]
    for link in linked:
        label = text[link.start : link.end]
        yield CallToAction(kind=CallKind.BOOKING, value=link.url, label=label, start=link.start, end=link.end)
    lost = [match.span() for match in _ANCHOR.finditer(clear)]
    lost = [(s, e) for s, e in lost if not any(link.start < at + e and at + s < link.end for link in links)]
    if not lost and not linked:
        lost = [match.span() for match in _BOOKS_ONLINE.finditer(clear)]
    for start, end in lost:
        yield CallToAction(kind=CallKind.BOOKING, value="", label=clear[start:end], start=at + start, end=at + end)


def _leads_to_booking(text: str, clear: str, at: int, link: Link) -> bool:
    if not link.url.lower().startswith(("http://", "https://")):
        return False
    words = text[link.start : link.end]
    if _BOOKS.search(words) or _BOOKS.search(link.url.replace("-", " ").replace("_", " ")):
        return True
    around = clear[max(0, link.start - at - 80) : link.end - at + 80]
    return _ANCHOR.search(words) is not None and _BOOKS.search(around) is not None


def _emails(clear: str, at: int, links: Sequence[Link], text: str) -> Iterator[CallToAction]:
    for match in _EMAIL.finditer(clear):
        start, end = at + match.start(), at + match.end()
        yield CallToAction(kind=CallKind.EMAIL, value=match.group(), label="", start=start, end=end)
    for link in links:
        words = text[link.start : link.end]
        if link.url.lower().startswith("mailto:") and not _EMAIL.search(words):
            address = link.url[len("mailto:") :].partition("?")[0]
            yield CallToAction(kind=CallKind.EMAIL, value=address, label=words, start=link.start, end=link.end)


def _offers(clear: str, at: int) -> Iterator[CallToAction]:
    for match in _OFFER.finditer(clear):
        start, end = match.span()
        before = max(clear.rfind(mark, 0, start) for mark in (". ", "! ", "? "))
        after = [place for place in (clear.find(mark, end) for mark in ".!?") if place >= 0]
        terms = clear[before + 2 if before >= 0 else 0 : min(after) + 1 if after else len(clear)].strip()
        yield CallToAction(kind=CallKind.OFFER, value=match.group(), label=terms, start=at + start, end=at + end)
