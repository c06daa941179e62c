"""Finds where sentences end: `sentencex`, with what it would stumble over hidden first and its slips mended after.

Every repetition is bounded, so that no text can make this slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from scheduler.cutting import abbreviations

PORTION_CHARACTERS = 20_000

MARK = r"(?:\((?:\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,8})\)|\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,8}\]|[¹²³⁰⁴-⁹]{1,4})"
_MARK_AFTER_STOP = re.compile(rf"([.!?])\s?((?:{MARK}){{1,4}})(?=\s|$)")
_MARK_SIGNS = re.compile(r"[.!?]\s?[(\[¹²³⁰⁴-⁹]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,2000}(?<![.,;:!?)”\"’'])|[\w+.-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.IGNORECASE
)
_DOTTED_NAME = re.compile(r"\w\.(?:NET|js|com|org|net)\b", re.IGNORECASE)
_NAMES_WITH_DOTS = re.compile(r"\.[NnJjCcOo]")
_BETWEEN_DIGITS = re.compile(r"\d(?!\. )[ ().-]{1,3}(?=\d)")

_CAPITAL = r"[“\"‘'(]{0,2}[A-ZÀ-ÖØ-Þ]"
_ALSO_ENDS = re.compile(
    "|".join(
        (
            rf"…\s{{1,3}}(?={_CAPITAL})",
            r"[?!]\s{1,3}(?=…\s?\w)",
            rf"\betc\.\s{{1,3}}(?={_CAPITAL})",
            r"(?:^|[.?!]\s)No\.\s{1,3}(?=[^\W\d_])",
            r"[.?!]\s{1,3}(?=[a-z][A-Z]\w)",
            r"\d (?:[A-Z]\w{1,20} ){1,3}(?:St|Ave|Rd|Blvd|Ln|Hwy)\.\s{1,3}(?=[A-Z]\w{1,20} [a-z])",
            rf"(?:^|[.?!…][”\"’)]?\s)\([^()]{{2,300}}[.?!]\)\s{{1,3}}(?={_CAPITAL})",
            r"\s(?=[•▪‣⁃◦]\s?\S)",
        )
    )
)
_ALSO_ENDS_SIGNS = (re.compile(r"[…)•▪‣⁃◦]"), re.compile(r"[.?!]\s{1,3}[a-z][A-Z]"), re.compile(r"\d [A-Z]"))
_ABBREVIATED_ENDS = ("etc. ", "No. ")
_FIRST_ITEMS = ("1.", "1)", "a.", "a)")
_NAME_IN_SMALL = re.compile(r"[a-z][A-Z]\w")
_SAID = ("と", "って")
_BULLET = re.compile(r"[•▪‣⁃◦*-]?\s?(?:\d{1,2}|[a-z])[.)]{1,2}")
_NUMBERED = re.compile(r"(?:(?<=\s)|^)[•▪‣⁃◦]?\s?(\d{1,2}|[a-z])([.)]{1,2})\s{1,3}(?=\S)")


def sentence_spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of one block begins and ends, white space around it left out; BCP 47 `language`."""
    starts = _item_starts(text)
    start = 0
    for end in sorted({*_ends(text, language), *starts, len(text)}):
        if end not in starts and _goes_on(text, start, end):
            continue
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
            start = end


def _ends(text: str, language: str) -> Iterator[int]:
    masked = _masked(text, language)
    for start, end in _portions(masked):
        bounds = sentencex.get_sentence_boundaries(language, masked[start:end])
        yield from (start + bound["end_index"] for bound in bounds)
    if any(sign in text for sign in _ABBREVIATED_ENDS) or any(sign.search(text) for sign in _ALSO_ENDS_SIGNS):
        yield from (found.end() for found in _ALSO_ENDS.finditer(text))


def _portions(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that end behind a full stop where there is one: the splitter's time grows faster than a long text."""
    start = 0
    while start < len(text):
        end = _portion_end(text, start, start + PORTION_CHARACTERS)
        yield start, end
        start = end


def _portion_end(text: str, start: int, limit: int) -> int:
    if limit >= len(text):
        return len(text)
    stop, gap = text.rfind(". ", start, limit), text.rfind(" ", start, limit)
    return 1 + next((place for place in (stop, gap) if place > start), limit - 1)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the sentence at `start` doesn't end here: small letters follow, or only a list's number came so far."""
    if end == len(text):
        return False
    after = text[end : end + 40].lstrip()
    if after[:1].islower() and not _NAME_IN_SMALL.match(after):
        return True
    if after.startswith(_SAID) and text[end - 1] in "」』":
        return True
    return _BULLET.fullmatch(text[start : min(end, start + 8)].strip()) is not None


def _item_starts(text: str) -> set[int]:
    """Where the items of a list inside a paragraph begin: numbers or letters that count up from the first."""
    if not any(sign in text for sign in _FIRST_ITEMS):
        return set()
    found = [(match.start(), match[1], match[2]) for match in _NUMBERED.finditer(text)]
    starts: set[int] = set()
    for (at, label, sign), (then, next_label, next_sign) in pairwise(found):
        if sign == next_sign and _follows(label, next_label) and (at in starts or _opens_a_list(text, at)):
            starts |= {at, then}
    return starts


def _opens_a_list(text: str, at: int) -> bool:
    return at < 3 or text[at - 3 : at].rstrip()[-1:] in (":", "•", "⁃")


def _follows(label: str, after: str) -> bool:
    if label.isdigit() and after.isdigit():
        return int(after) == int(label) + 1
    return len(label) == len(after) == 1 and ord(after) == ord(label) + 1


def _masked(text: str, language: str) -> str:
    """The same length, with citation marks before the full stop and no stops inside of names, addresses and phones."""
    if _MARK_SIGNS.search(text):
        text = _MARK_AFTER_STOP.sub(lambda found: _stop_last(found.group()), text)
    if "@" in text or "://" in text or "www." in text:
        text = _ADDRESS.sub(_hide, text)
    if _NAMES_WITH_DOTS.search(text):
        text = _DOTTED_NAME.sub(_hide, text)
    return abbreviations.hidden(_BETWEEN_DIGITS.sub(_hide, text), language)


def _hide(found: re.Match[str]) -> str:
    return re.sub(r"[^\w\s]", "_", found.group())


def _stop_last(found: str) -> str:
    return re.sub(r"\s", "_", found[1:]) + found[0]
