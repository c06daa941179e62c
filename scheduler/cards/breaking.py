"""The largest size that fits, and the best lines at that size: total fit over the whole paragraph, never greedy.

Widths are measured once, in em; every size is a multiple of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from scheduler.cards.typography import NO_BREAK

_STEP_PX = 0.5
_TOLERANCE_PX = 0.1
_SMALLEST_SHARE = 0.82
_SHORT_END = 0.45
# Of one line more than needed, for a single line; the more lines there are, the less another one changes.
_MORE_LINES = 0.26

# What it costs to end a line on a word that leans on the next one; longer words lean less.
_WEAK_ENDINGS = {
    word: cost
    for cost, line in (
        (0.22, "a an the of to in on at by for from with into onto and or but nor if as while no not"),
        (0.22, "my your his her its our their this these those dr. mr. mrs. ms. prof. st."),
        (0.11, "without about after before because"),
    )
    for word in line.split()
}
_HYPHEN_ENDING = 0.22
_PAUSES = {".": 0.035, "!": 0.035, "?": 0.035, "…": 0.035, ",": 0.03, ";": 0.03, ":": 0.03, "—": 0.03, "–": 0.03}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What no line break may divide. `width` and the `space` before it are in em; `count` is its number of words.

    `lead` and `trail` are how much of the width needs no room at a line's beginning and end; negative where ink
    stands out.
    """

    text: str
    width: float
    space: float
    count: int
    weak: float
    pause: float
    opens: bool
    lead: float = 0.0
    trail: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a paragraph may be set, in pixels; `tight` is the leading in em at the largest size, `loose` at the least."""

    largest: float
    smallest: float
    tight: float
    loose: float
    cap: float

    def leading(self, size: float) -> float:
        """Baseline to baseline in pixels."""
        span = self.largest - self.smallest
        share = (self.largest - size) / span if span else 0.0
        return size * (self.tight + share * (self.loose - self.tight))

    def height(self, size: float, lines: int) -> float:
        """First cap top to last baseline in pixels."""
        return self.cap * size + (lines - 1) * self.leading(size)

    def sizes(self) -> tuple[float, ...]:
        """Every size that may be tried, largest first."""
        steps = int((self.largest - self.smallest) / _STEP_PX + 1e-9)
        return tuple(self.largest - step * _STEP_PX for step in range(steps + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A paragraph set: lines at a size and leading in pixels."""

    size: float
    leading: float
    lines: tuple[str, ...]


class _Break(NamedTuple):
    """Lines at a size: what they cost, the index behind each line's last word, their widths in em."""

    size: float
    cost: float
    ends: tuple[int, ...]
    widest: float
    last: float
    short_end: bool


def words_of(
    text: str, width: Callable[[str], float], edges: Callable[[str], tuple[float, float]] = lambda part: (0.0, 0.0)
) -> tuple[Word, ...]:
    """The unbreakable parts of a text; `width` measures in em, `edges` gives lead and trail.

    A break may follow a space, a long dash or a hyphen.
    """
    parts = [part for chunk in text.split(" ") for part in _parts(chunk)]
    space = width(" ")
    words: list[Word] = []
    opens = True
    for joined, part in parts:
        plain = part.replace(NO_BREAK, " ")
        ends = plain.rstrip("”’»)]")[-1:]
        lead, trail = edges(plain)
        words.append(
            Word(
                text=plain,
                width=width(plain),
                space=0.0 if joined or not words else space,
                count=plain.count(" ") + 1,
                weak=_weakness(plain),
                pause=_PAUSES.get(ends, 0.0),
                opens=opens,
                lead=lead,
                trail=trail,
            )
        )
        opens = ends in {".", "!", "?", "…"}
    return tuple(words)


def fit(words: Sequence[Word], style: Style, *, width: float, height: float) -> Setting | None:
    """The best setting inside width × height pixels, or None where even the smallest size is too large."""
    sizes = style.sizes()
    first = _first_that_holds(words, style, sizes, width, height)
    if first is None:
        return None
    fewest = fewest_lines(words, width / sizes[first])

    def total(found: _Break) -> tuple[float, float]:
        smaller = 1 - found.size / sizes[first]
        more = len(found.ends) - fewest
        return found.cost + 0.45 * smaller + (_MORE_LINES * more / fewest**2 if more > 0 else -0.02 * more), smaller

    best = min(_candidates(words, style, sizes[first:], width, height), key=total)
    return Setting(size=best.size, leading=style.leading(best.size), lines=_lines(words, best.ends))


def fewest_lines(words: Sequence[Word], room: float) -> int:
    """How many lines of `room` em greedy filling takes, which is the fewest; 0 when a word is wider than the room."""
    lines, used = 1, 0.0
    for word in words:
        alone = word.width - word.lead
        if alone - word.trail > room:
            return 0
        used += word.space + word.width - (0.0 if used else word.lead)
        if used - word.trail > room:
            lines, used = lines + 1, alone
    return lines


def broken(words: Sequence[Word], room: float) -> tuple[str, ...]:
    """The words in the fewest lines of `room` em, broken at the best places."""
    return _lines(words, _best_break(words, fewest_lines(words, room), room).ends)


def _weakness(text: str) -> float:
    """What a line's end here costs: on a small word that leans on the next one, a title, or a hyphen."""
    last = text.lower().split(" ")[-1].lstrip("“‘«([")
    return _HYPHEN_ENDING if last.endswith("-") else _WEAK_ENDINGS.get(last, 0.0)


def _parts(chunk: str) -> Iterator[tuple[bool, str]]:
    """The chunk divided behind long dashes and hyphens between letters, each with whether it joins what came before."""
    for number, part in enumerate(re.split(r"(?<=\w—)(?=\w)|(?<=[^\W\d]{3}-)(?=[^\W\d]{3})", chunk)):
        if part:
            yield number > 0, part


def _first_that_holds(
    words: Sequence[Word], style: Style, sizes: Sequence[float], width: float, height: float
) -> int | None:
    """The index of the largest size that fits; smaller ones then fit too, so it is found by halving."""

    def holds(size: float) -> bool:
        lines = fewest_lines(words, width / size)
        return lines > 0 and style.height(size, lines) <= height + _TOLERANCE_PX

    if not words or not holds(sizes[-1]):
        return None
    low, high = 0, len(sizes) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(sizes[middle]) else (middle + 1, high)
    return low


def _candidates(
    words: Sequence[Word], style: Style, sizes: Sequence[float], width: float, height: float
) -> Iterator[_Break]:
    """The best breaks into the fewest lines and into one more, from the smallest size worth trying up to the first.

    What was best in so many lines with more room stays best for as long as it still fits.
    """
    known: dict[int, _Break] = {}
    for size in reversed([size for size in sizes if size >= _SMALLEST_SHARE * sizes[0]]):
        room = width / size
        fewest = fewest_lines(words, room)
        for lines in (fewest, fewest + 1):
            if lines > len(words) or style.height(size, lines) > height + _TOLERANCE_PX:
                continue
            best = known.get(lines)
            if best is None or best.widest > room or best.short_end != (best.last < _SHORT_END * room):
                best = _best_break(words, lines, room)
            known[lines] = best = best._replace(size=size)
            yield best


def _best_break(words: Sequence[Word], lines: int, room: float) -> _Break:
    """The cheapest way to set the words in so many lines."""
    reach = list(accumulate((word.space + word.width for word in words), initial=0.0))
    spaces = [word.space for word in words if word.space]
    mean = (reach[-1] - (lines - 1) * (sum(spaces) / len(spaces) if spaces else 0.0)) / lines or 1.0
    count = len(words)
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number in range(1, lines + 1):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            for end in range(start + 1, count + 1):
                span = reach[end] - reach[start] - words[start].space - words[start].lead - words[end - 1].trail
                if span > room + 1e-9:
                    break
                if (end == count) != (number == lines):
                    continue
                total = cost + ((span - mean) / mean) ** 2 / lines
                total += _last_cost(words[start:end], span, room) if end == count else _cost(words, start, end, lines)
                if end < count and lines > 2 and span < 0.60 * mean:
                    total += 0.07
                if end not in following or total < following[end][0]:
                    following[end] = total, (*ends, end)
        best = following
    cost, ends = best[count]
    spans = list(_spans(words, ends))
    short_end = spans[-1] < _SHORT_END * room
    return _Break(size=0.0, cost=cost, ends=ends, widest=max(spans), last=spans[-1], short_end=short_end)


def _cost(words: Sequence[Word], start: int, end: int, lines: int) -> float:
    """What it costs to break behind the word before `end`."""
    last = words[end - 1]
    alone = 0.10 if last.opens and end - start > 1 else 0.0
    return alone + last.weak - last.pause / lines


def _last_cost(line: Sequence[Word], span: float, room: float) -> float:
    single = len(line) == 1 and line[0].count == 1
    return (0.25 if span < _SHORT_END * room else 0.0) + (0.50 if single else 0.0)


def _spans(words: Sequence[Word], ends: Sequence[int]) -> Iterator[float]:
    for start, end in zip((0, *ends), ends, strict=False):
        line = words[start:end]
        yield sum(word.space + word.width for word in line) - line[0].space - line[0].lead - line[-1].trail


def _lines(words: Sequence[Word], ends: Sequence[int]) -> tuple[str, ...]:
    return tuple(
        "".join((" " if word.space and number else "") + word.text for number, word in enumerate(words[start:end]))
        for start, end in zip((0, *ends), ends, strict=False)
    )
