"""A date with its time as people and spreadsheets write it; which of two numbers is the month is never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import dropwhile

from scheduler.readers.dates import MONTHS
from scheduler.readers.queuefiles.times import TimeOfDay, Unreadable, read_time

ISO = "Write the date as 2026-12-31 09:00."
FIRST_YEAR, LAST_YEAR = 2000, 2099
EPOCH_1900 = date(1899, 12, 30)
"""Day 0 of a spreadsheet's numbers for dates from March 1900 on."""


class Order(StrEnum):
    """Which number comes first where both could be the month."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class Ambiguous(Unreadable):
    """A date that is two dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day, a time of that day, or both."""

    day: date | None = None
    time: TimeOfDay | None = None


_WEEKDAYS = (
    "mon monday mo montag lun lundi lunes lunedì segunda",
    "tue tues tuesday di dienstag mar mardi martes martedì",
    "wed wednesday mi mittwoch mer mercredi mié miércoles miercoles mercoledì",
    "thu thur thurs thursday do donnerstag jeu jeudi jue jueves giovedì",
    "fri friday fr freitag ven vendredi vie viernes venerdì",
    "sat saturday sa samstag sonnabend sam samedi sáb sábado sab sabado sabato",
    "sun sunday so sonntag dim dimanche dom domingo domenica",
)
_WEEKDAY = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_CONNECTING = {
    "",
    "-",
    "–",
    "|",
    "at",
    "um",
    "à",
    "a",
    "las",
    "la",
    "los",
    "alle",
    "on",
    "am",
    "le",
    "el",
    "den",
    "der",
    "de",
    "@",
}
_NAME = r"([^\W\d_]{3,12})\.?"
_YEAR = r"((?:20)?\d{2})(?![\d:]|[a-z])"
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?=T|\b)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\. ?(\d{1,2})\. ?(20\d{2}|\d{2})(?![\d:])")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/])(\d{1,2})\2(20\d{2}|\d{2})(?![\d:])")
_DAY_NAME = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[ -](?:of |de )?{_NAME},?[ -](?:del? )?{_YEAR}")
_NAME_DAY = re.compile(rf"\b{_NAME} (\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}")


def read_moment(words: str, order: Order | None = None) -> Moment:
    """A day and a time, or one of them. Raises Unreadable with a sentence; Ambiguous where `order` would tell."""
    found = _YEAR_FIRST.search(words) or _COMPACT.search(words)
    if found:
        year, month, day = int(found[1]), int(found[found.re.groups - 1]), int(found[found.re.groups])
        return _with_time(_day(year, month, day, words), words, found)
    if found := _DOTTED.search(words):
        return _with_time(_day(_year(found[3]), int(found[2]), int(found[1]), words), words, found)
    if found := _NUMBERS.search(words):
        return _with_time(_ordered(found, words, order), words, found)
    if found := _DAY_NAME.search(words):
        return _with_time(_named(found[3], found[2], found[1], words), words, found)
    if found := _NAME_DAY.search(words):
        return _with_time(_named(found[3], found[1], found[2], words), words, found)
    return Moment(time=_time_alone(words))


def orders_of(words: str) -> frozenset[Order]:
    """The orders in which the numbers of a date make one; both where it is the same date, none for any other words."""
    found = _NUMBERS.search(words)
    days = _days(found) if found else {}
    said = _weekday(words, found) if found else None
    if said is not None and len(set(days.values())) > 1:
        fitting = {order: day for order, day in days.items() if day.weekday() == said}
        days = fitting or days
    return frozenset(days)


def is_ambiguous(words: str) -> bool:
    """Whether nothing in these words themselves tells which date they are."""
    found = _NUMBERS.search(words)
    return found is not None and len(orders_of(words)) > 1 and len(set(_days(found).values())) > 1


def decided(cells: Iterable[str], declared: Order | None) -> tuple[Order | None, str]:
    """The order of a column's dates and the words that told it: `declared` unless a cell contradicts, else what every
    cell that tells anything tells. None where nothing does, or two tell different things."""
    told: dict[Order, str] = {}
    for words in cells:
        orders = orders_of(words)
        if len(orders) == 1:
            told.setdefault(next(iter(orders)), words)
    if declared is not None:
        return (declared, "") if set(told) <= {declared} else (None, "")
    return next(iter(told.items())) if len(told) == 1 else (None, "")


def from_number(number: float, *, is_1904: bool = False) -> Moment:
    """A spreadsheet's own number: days since its epoch, or a part of one day. Raises Unreadable."""
    if 0 <= number < 1:
        return Moment(time=TimeOfDay(at=_clock(number)[1]))
    days, at = _clock(number)
    try:
        day = EPOCH_1900 + timedelta(days=days + 1462 * is_1904)
    except OverflowError:
        raise Unreadable(f"“{number:g}” is not a date.", ISO) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable(f"“{number:g}” is not a date.", ISO)
    return Moment(day=day, time=TimeOfDay(at=at) if number % 1 else None)


def from_datetime(value: datetime) -> Moment:
    """A spreadsheet's date and time, which is often a thousandth of a second off."""
    rounded = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return Moment(day=rounded.date(), time=TimeOfDay(at=rounded.time()))


def _clock(number: float) -> tuple[int, time]:
    """Whole days, and the time of day to the second."""
    days, seconds = divmod(round(number * 86_400), 86_400)
    return days, time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _with_time(day: date, words: str, found: re.Match[str]) -> Moment:
    said = _weekday(words, found)
    if said is not None and said != day.weekday():
        raise Unreadable(f"“{words}”: {day.isoformat()} is a {day:%A}.", "Correct the day or the date.")
    before, behind = _around(words, found)
    if before := _without_connecting(before):
        raise Unreadable(f"“{words}” is not a date: “{' '.join(before)}” stands before it.", ISO)
    behind = _without_connecting(behind)
    return Moment(day=day, time=read_time(" ".join(behind)) if behind else None)


def _around(words: str, found: re.Match[str]) -> tuple[list[str], list[str]]:
    """The words before a date and behind it."""
    before, behind = words[: found.start()], re.sub(r"^T(?=\d)", "", words[found.end() :])
    return re.split(r"[\s,]+", before), re.split(r"[\s,]+", behind)


def _without_connecting(words: list[str]) -> list[str]:
    """Up to the first word that says something: `am` is a German word before a date, and a mark behind a time."""
    empty = _CONNECTING | _WEEKDAY.keys()
    return [word for word in dropwhile(lambda word: _plain(word) in empty, words) if word]


def _time_alone(words: str) -> TimeOfDay:
    if re.search(r"\d", words) and (re.search(r"[a-z]{3}", words, re.IGNORECASE) or re.search(r"\d[./-]\d", words)):
        with_year = re.search(r"(?<!\d)20\d{2}(?!\d)", words)
        message = f"“{words}” is not a date." if with_year else f"“{words}” is not a date with its year."
        try:
            return read_time(words)
        except Unreadable:
            raise Unreadable(message, ISO) from None
    return read_time(words)


def _ordered(found: re.Match[str], words: str, order: Order | None) -> date:
    days = _days(found)
    fitting = {one: days[one] for one in orders_of(words)}
    if not fitting:
        raise Unreadable(f"“{words}” is not a date: there is no such day.", ISO)
    if len(set(fitting.values())) == 1:
        return next(iter(fitting.values()))
    if order is None:
        first, second = (fitting[one].isoformat() for one in (Order.DAY_FIRST, Order.MONTH_FIRST))
        hint = f"Write it as {first} or as {second}, or set DATE_ORDER in the settings."
        raise Ambiguous(f"“{words}” may be {_said(first)} or {_said(second)}.", hint)
    return fitting[order]


def _said(day: str) -> str:
    value = date.fromisoformat(day)
    return f"{value.day} {value:%B}"


def _days(found: re.Match[str]) -> dict[Order, date]:
    one, two, year = int(found[1]), int(found[3]), _year(found[4])
    days = {}
    for order, (month, day) in ((Order.DAY_FIRST, (two, one)), (Order.MONTH_FIRST, (one, two))):
        try:
            days[order] = date(year, month, day)
        except ValueError:
            continue
    return days


def _named(year: str, month: str, day: str, words: str) -> date:
    low = month.casefold()
    number = next((at for at, starts in enumerate(MONTHS, 1) if low.startswith(tuple(starts.split()))), 0)
    if not number:
        raise Unreadable(f"“{words}” is not a date: “{month}” is no month.", ISO)
    return _day(_year(year), number, int(day), words)


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day(year: int, month: int, day: int, words: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unreadable(f"“{words}” is not a date: there is no such day.", ISO) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"“{words}” is not a date of this century.", ISO)
    return found


def _weekday(words: str, found: re.Match[str]) -> int | None:
    """The one that stands beside a date."""
    before, behind = _around(words, found)
    named = [_WEEKDAY[_plain(word)] for word in (*before, *behind) if _plain(word) in _WEEKDAY]
    return named[0] if len(named) == 1 else None


def _plain(word: str) -> str:
    return word.casefold().strip(".,")
