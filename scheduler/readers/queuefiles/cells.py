"""One cell at a time: what its words mean for a post. Raises Unreadable with a sentence and the way out."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from scheduler.domain.brief import brief
from scheduler.domain.composing import hashtag
from scheduler.domain.lateness import LateRule, late_rule
from scheduler.domain.readymade import NO_LINK
from scheduler.domain.shown import STEERING
from scheduler.readers.queuefiles.dates import Moment, Order, from_datetime, from_number, read_moment
from scheduler.readers.queuefiles.grid import LONGEST_CELL, Broken, Value
from scheduler.readers.queuefiles.headers import plain
from scheduler.readers.queuefiles.mojibake import is_mangled, repaired
from scheduler.readers.queuefiles.times import TimeOfDay, Unreadable, read_time

MOST_HASHTAGS = 10
NEXT_SLOT = frozenset(
    plain(words)
    for words in (
        *("next slot", "next", "next free slot", "next free", "next available", "auto", "queue", "slot", "free slot"),
        *("nächster slot", "nächster termin", "nächster freier termin", "nächster freier slot", "prochain créneau"),
        *("prochain créneau libre", "próximo hueco", "siguiente hueco", "próximo turno", "próximo slot"),
    )
)
NOTHING = frozenset(("none", "no", "-", "–", "keiner", "kein", "ohne", "aucun", "sin enlace", "ninguno", "no link"))
YES = frozenset(("yes", "true", "1", "x", "ja", "wahr", "oui", "vrai", "sí", "si", "verdadero"))
NO = frozenset(("no", "false", "0", "nein", "falsch", "non", "faux", "falso", "-"))
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5}(?:[.,]\d{1,15})?|0[.,]\d{1,15}")
_UNSEEN = str.maketrans({"\ufeff": None, "\x0b": "\n", "\u2028": "\n", "\u2029": "\n\n", "\u00ad": None})
_BLANKS = re.compile(r"[^\S\n]+")
_DIRECTION = "\u200e\u200f"
"""Marks that texts written from right to left may need."""


def text_of(value: Value) -> str:
    """The words of a cell in NFC, repaired where a wrong encoding had been at them."""
    if isinstance(value, Broken):
        raise Unreadable(f"This cell holds {value.words}.", "Write what is meant into it.")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = str(value)
    if len(words) > LONGEST_CELL:
        raise Unreadable(f"This cell holds {len(words)} characters; {LONGEST_CELL} are the most.", "Shorten it.")
    words = unicodedata.normalize("NFC", repaired(words).translate(_UNSEEN)).strip()
    if is_mangled(words):
        hint = "Type them anew, or save the table again as “CSV UTF-8” or as .xlsx."
        raise Unreadable("Some of its characters were lost when the table was saved.", hint)
    if found := next((one for one in STEERING.finditer(words) if one[0] not in _DIRECTION), None):
        raise Unreadable(f"It holds a character that nobody sees (U+{ord(found[0]):04X}).", "Type the words anew.")
    return words


def line_of(value: Value) -> str:
    """The words of a cell as one line."""
    return " ".join(text_of(value).split())


def moment_of(value: Value, order: Order | None, *, is_1904: bool) -> Moment:
    """When a cell says: a day, a time, both, or neither where it is empty."""
    if isinstance(value, datetime):
        return from_datetime(value)
    if isinstance(value, date):
        return Moment(day=value)
    if isinstance(value, time | timedelta):
        return Moment(time=time_of(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return from_number(value, is_1904=is_1904)
    words = line_of(value)
    if _NUMBER.fullmatch(words):
        return from_number(float(words.replace(",", ".")))
    return read_moment(words, order) if words else Moment()


def time_of(value: Value) -> TimeOfDay | None:
    """The time of day that a cell says; None where it is empty."""
    if isinstance(value, time):
        return TimeOfDay(at=value.replace(microsecond=0))
    if isinstance(value, datetime):
        return from_datetime(value).time
    if isinstance(value, timedelta):
        return from_number(value / timedelta(days=1)).time
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
        return from_number(value).time
    words = line_of(value)
    if _NUMBER.fullmatch(words) and words.startswith("0"):
        return from_number(float(words.replace(",", "."))).time
    return read_time(words) if words else None


def link_of(value: Value) -> str:
    """An address, `none` for no link at all, or empty for the booking page."""
    words = line_of(value)
    if not words:
        return ""
    if words.casefold() in NOTHING:
        return NO_LINK
    if not _ADDRESS.fullmatch(words):
        several = len(_ADDRESS.findall(words)) > 1
        message = f"“{brief(words)}” is {'more than one address' if several else 'not a whole address'}."
        raise Unreadable(message, "Write one address, with https:// before it, or `none`.")
    return words


def names_of(value: Value) -> tuple[str, ...]:
    """Channels, as they are named here."""
    return tuple(dict.fromkeys(name for part in re.split(r"[,;|/\n]+", text_of(value)) if (name := part.strip())))


def hashtags_of(value: Value) -> tuple[str, ...]:
    """`#NeckPain #sleep` as they are written; `neck pain, sleep` as hashtags."""
    words = line_of(value)
    if not words:
        return ()
    parts = (
        re.findall(r"#[^\s,;#]+", words)
        if "#" in words
        else re.split(r"[,;]" if re.search("[,;]", words) else " ", words)
    )
    tags = [part if re.fullmatch(r"#\w*[^\W\d_]\w*", part) else hashtag(part) for part in parts if part.strip()]
    if not tags or not all(tags):
        raise Unreadable(f"“{brief(words)}” can't be hashtags.", "Write for example: #NeckPain #Sleep")
    if len(tags) > MOST_HASHTAGS:
        raise Unreadable(f"These are {len(tags)} hashtags; a post takes {MOST_HASHTAGS}.", "Choose the best of them.")
    return tuple(dict.fromkeys(tags))


def picture_of(value: Value) -> str:
    """One file, or one address."""
    words = line_of(value)
    if len(_ADDRESS.findall(words.replace(",", " "))) > 1:
        raise Unreadable("A post takes one picture.", "Leave one address in the cell.")
    return words


def template_of(value: Value) -> str:
    """The name of a card template, or `auto`."""
    words = line_of(value).casefold().removesuffix(".toml")
    if words and not re.fullmatch(r"[a-z0-9-]{1,40}", words):
        raise Unreadable(f"“{brief(words)}” is no card template.", "Write its name, or `auto`.")
    return words


def late_of(value: Value) -> LateRule:
    """What becomes of the post when it is late."""
    words = line_of(value)
    try:
        return late_rule(words)
    except ValueError:
        known = ", ".join(LateRule)
        raise Unreadable(f"“{brief(words)}” is no rule for late posts.", f"Write one of {known}.") from None


def yes_of(value: Value) -> bool | None:
    """Yes or no, in four languages or as a spreadsheet writes it; None for nothing."""
    words = line_of(value).casefold()
    if words in YES or words in NO:
        return words in YES
    if words:
        raise Unreadable(f"“{brief(words)}” is neither yes nor no.", "Write yes or no.")
    return None
