"""The number that a sentence is about, taken apart so that it can be set large. The words stay the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from scheduler.cards.spelled import Spelled, spelled
from scheduler.cards.typography import NO_BREAK
from scheduler.cards.units import UNITS

Style = Literal["digits", "joining", "unit", "raised"]

_NUMBER = r"(?:\d{1,3}(?:[,.\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
_JOINS = r"\s?–\s?|\s(?:to|of|in|out\sof|bis|von|de|sur|su|van)\s"
# Letters of scripts that write a number and its unit into the sentence without a space.
_UNSPACED = r"\u2e80-\u9fff\uac00-\ud7a3"
_FOUND = (
    rf"(?<![^\W{_UNSPACED}])(?<![.,:/#–−$€£-])(?P<sign>[$€£])?(?P<first>{_NUMBER})"
    rf"(?:(?P<join>{_JOINS})(?P<second>{_NUMBER}))?"
    rf"(?:\s?(?P<unit>{UNITS})(?![^\W{_UNSPACED}]|[%-]|[.,:/]\d)|(?![\w%-]|[.,:/]\d))"
)
_RANGES = frozenset({"–", "to", "bis"})
_RAISED = re.compile(r"[%％]|‰|°[CF]?|[$€£]")
_YEARS = range(1900, 2100)
_MOST_PARTS = 1000
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of the number: `raised` ones hang from the digits' top, the others stand on their baseline."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number to be set large, and the `statement` that then stands below it.

    `parts` is (k, n) for “k of n”, `share` 0 to 1 for a percentage; both None for a plain quantity.
    """

    pieces: tuple[Piece, ...]
    statement: str
    parts: tuple[int, int] | None = None
    share: float | None = None


def figure_of(text: str, language: str = "en") -> Figure | None:
    """The number a typeset text begins with, or the first within it that has a unit or is a share; None without one.

    A number at the very beginning is taken off the statement; one within the sentence is shown again above it, and so
    is a share that is written in words.
    """
    share = spelled(text, language)
    for found in re.finditer(_FOUND, text) if any(map(str.isdigit, text)) else ():
        if share and share.start <= found.start():
            break
        rest = text[found.end("second" if _parts(found) else 0) :].strip()
        leads = found.start() == 0 and not "\u2e80" <= rest[:1] <= "\ud7a3"
        if _counts(found, leads=leads) and (not leads or len(rest.split()) >= _FEWEST_WORDS):
            return Figure(
                pieces=_pieces(found), statement=rest if leads else text, parts=_parts(found), share=_share(found)
            )
    return _in_digits(share, text) if share else None


def _in_digits(share: Spelled, text: str) -> Figure:
    pieces = (
        Piece(text=str(share.part), style="digits"),
        Piece(text=share.join, style="joining"),
        Piece(text=str(share.whole), style="digits"),
    )
    return Figure(pieces=pieces, statement=text, parts=(share.part, share.whole))


def _counts(found: re.Match[str], *, leads: bool) -> bool:
    """Whether this is a quantity worth showing, and no year, no date and no part of something else."""
    if found["join"] and not (_join(found) in _RANGES or _parts(found)):
        return False
    if found["sign"] or found["unit"] or _parts(found):
        return True
    return leads and not (found["first"].isdigit() and int(found["first"]) in _YEARS)


def _pieces(found: re.Match[str]) -> tuple[Piece, ...]:
    pieces = [Piece(text=found["sign"], style="raised")] if found["sign"] else []
    pieces.append(Piece(text=found["first"], style="digits"))
    if found["join"] and _join(found) == "–":
        pieces[-1] = Piece(text=f"{found['first']}–{found['second']}", style="digits")
    elif found["join"]:
        pieces += [Piece(text=_join(found), style="joining"), Piece(text=found["second"], style="digits")]
    if (unit := found["unit"]) and not _parts(found):
        raised = _RAISED.fullmatch(unit)
        pieces.append(Piece(text=unit.replace(NO_BREAK, " "), style="raised" if raised else "unit"))
    return tuple(pieces)


def _parts(found: re.Match[str]) -> tuple[int, int] | None:
    """(k, n) of “k of n”."""
    one, two = found["first"], found["second"] or ""
    if not found["join"] or _join(found) in _RANGES or not (one.isdigit() and two.isdigit()):
        return None
    return (int(one), int(two)) if 0 <= int(one) <= int(two) <= _MOST_PARTS and int(two) else None


def _share(found: re.Match[str]) -> float | None:
    if found["join"] or re.sub(r"\s", "", found["unit"] or "") not in {"%", "％", "percent", "퍼센트"}:
        return None
    value = float(found["first"].replace(",", "."))
    return value / 100 if value <= 100 else None


def _join(found: re.Match[str]) -> str:
    return " ".join(found["join"].split())
