"""The largest size that fits, and the best lines at that size: total fit over the whole paragraph, never greedy.

Widths are measured once, in em; every size is a multiple of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import NamedTuple

_STEP_PX = 0.5
_TOLERANCE_PX = 0.1
_TOLERANCE_EM = 1e-9
# Of the largest size that fits: how small a better one may be, and one that spares a line a bad end.
_SMALLER, _MUCH_SMALLER, _BAD = 0.82, 0.68, 0.20
# Of a line's squared distance from the mean length: two lines make no edge yet that could look ragged.
_RAGGED_PRICE, _TWO_LINES_PRICE = 2.0, 1.0
_SHORT_END, _SHORT_END_PRICE = 0.45, 0.25
_SHORT_LINE, _SHORT_LINE_PRICE = 0.60, 0.07
_SINGLE_WORD_PRICE = 0.50
_ALONE_PRICE = 0.10
_SMALLER_PRICE = 0.45
# Of one line more than needed, for a single line; the more lines there are, the less another one changes.
_MORE_LINES = 0.26
_FEWER_LINES = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What no line break may divide. `width` and what joins it to the word before are in em; `count` tells its words.

    That is a space where it is `spaced`, and otherwise next to nothing.
    Ending a line with it costs `price`, less `ease` shared over all lines; it then shows `tail` behind it. `opens` says
    that it begins a sentence. `lead` and `trail` are how much of the width needs no room at a line's beginning and end,
    negative where ink stands out; of that, `hang` more is too light to be seen as part of the line's length.
    """

    text: str
    width: float
    space: float
    spaced: bool = True
    count: int = 1
    price: float = 0.0
    ease: float = 0.0
    opens: bool = False
    lead: float = 0.0
    trail: float = 0.0
    hang: float = 0.0
    tail: str = ""


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


class Room(NamedTuple):
    """What a paragraph has, in pixels: the measure, and from the first cap top to the last baseline."""

    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A paragraph set: lines at a size and leading in pixels; `cost` is what its breaks and its size cost."""

    size: float
    leading: float
    lines: tuple[str, ...]
    cost: float = 0.0


class _Break(NamedTuple):
    """Lines: what they cost, the index behind each one's last word, the widest in em, how many ends are too short."""

    cost: float
    ends: tuple[int, ...]
    widest: float
    short_ends: int


class Paragraph:
    """Words whose lines can be looked for at any size. A line holds words[i:j] where ends[j] - starts[i] has room."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        reach = list(accumulate((word.space + word.width for word in words), initial=0.0))
        self._starts = [pen + word.space + word.lead for pen, word in zip(reach, words, strict=False)]
        self._ends = [0.0, *(pen - word.trail for pen, word in zip(reach[1:], words, strict=True))]
        self._seen_ends = [0.0, *(end - word.hang for end, word in zip(self._ends[1:], words, strict=True))]
        spaces = [word.space for word in words[1:] if word.spaced]
        self._long, self._space = reach[-1], sum(spaces) / len(spaces) if spaces else 0.0
        self._last_lines = sorted(self._ends[-1] - start for start in self._starts)

    @property
    def widest(self) -> Word:
        """The word that needs the widest line."""
        return max(self.words, key=lambda word: word.width - word.lead - word.trail)

    def fewest_lines(self, room: float) -> int:
        """How many lines of `room` em greedy filling takes, which is the fewest; 0 when a word is wider than that."""
        return self._greedy(room)[0]

    def broken(self, room: float) -> tuple[str, ...]:
        """The words in the fewest lines of `room` em, broken at the best places."""
        return self._lines(self._best(self.fewest_lines(room), room).ends)

    def fit(self, style: Style, room: Room) -> Setting | None:
        """The best setting, or None where even the smallest size is too large."""
        sizes = style.sizes()
        first = self._first_that_holds(style, sizes, room)
        if first is None:
            return None
        largest = sizes[first]
        fewest = self.fewest_lines(room.width / largest)

        def total(pair: tuple[float, _Break]) -> tuple[float, float]:
            size, found = pair
            more = len(found.ends) - fewest
            lines = _MORE_LINES * more / fewest**2 if more > 0 else -_FEWER_LINES * more
            return found.cost + _SMALLER_PRICE * (1 - size / largest) + lines, -size

        size, best = min(self._candidates(style, _down_to(_SMALLER, sizes[first:]), room), key=total)
        if best.cost >= _BAD:
            size, best = min(self._candidates(style, _down_to(_MUCH_SMALLER, sizes[first:]), room), key=total)
        cost = total((size, best))[0]
        return Setting(size=size, leading=style.leading(size), lines=self._lines(best.ends), cost=cost)

    def holds(self, style: Style, size: float, room: Room) -> bool:
        """Whether the words have room at this size."""
        lines = self.fewest_lines(room.width / size)
        return lines > 0 and style.height(size, lines) <= room.height + _TOLERANCE_PX

    def _first_that_holds(self, style: Style, sizes: Sequence[float], room: Room) -> int | None:
        """The index of the largest size that fits; smaller ones then fit too, so it is found by halving."""

        def holds(size: float) -> bool:
            return self.holds(style, size, room)

        if not self.words or not holds(sizes[-1]):
            return None
        return bisect_left(sizes, True, key=holds)

    def _greedy(self, room: float) -> tuple[int, float]:
        """How many lines greedy filling takes, or 0, and the longest of them: in any room between it takes as many."""
        lines, start, count, longest = 0, 0, len(self.words), 0.0
        while start < count:
            end = bisect_right(self._ends, self._starts[start] + room + _TOLERANCE_EM, start + 1) - 1
            if end <= start:
                return 0, 0.0
            longest = max(longest, self._ends[end] - self._starts[start])
            start, lines = end, lines + 1
        return lines, longest

    def _candidates(self, style: Style, sizes: Sequence[float], room: Room) -> Iterator[tuple[float, _Break]]:
        """The best breaks into the fewest lines and into one more, each at the largest size at which they are.

        Sizes grow. What was best in so many lines with more room stays best as long as it fits and no last line stops
        to be short.
        """
        known: dict[int, tuple[float, _Break]] = {}
        fewest, longest = 0, inf
        for size in reversed(sizes):
            measure = room.width / size
            if longest > measure:
                fewest, longest = self._greedy(measure)
            short = self._short_ends(measure)
            for lines in (fewest, fewest + 1):
                if lines > len(self.words) or style.height(size, lines) > room.height + _TOLERANCE_PX:
                    continue
                before = known.get(lines)
                if before is None or before[1].widest > measure or before[1].short_ends != short:
                    if before:
                        yield before
                    known[lines] = size, self._best(lines, measure)
                else:
                    known[lines] = size, before[1]
        yield from known.values()

    def _short_ends(self, room: float) -> int:
        return bisect_left(self._last_lines, _SHORT_END * room)

    def _best(self, lines: int, room: float) -> _Break:
        """The cheapest way to set the words in so many lines, by dynamic programming over the lines' ends."""
        mean = (self._long - (lines - 1) * self._space) / lines or 1.0
        windows = self._windows(lines, room)
        costs: dict[int, float] = {0: 0.0}
        steps: list[dict[int, int]] = []
        for window in windows:
            following: dict[int, float] = {}
            step: dict[int, int] = {}
            for end in window:
                start, cost = self._best_start(end, costs, mean, lines, room)
                if cost < inf:
                    following[end], step[end] = cost, start
            costs = following
            steps.append(step)
        ends = [len(self.words)]
        for step in reversed(steps[1:]):
            ends.append(step[ends[-1]])
        found = tuple(reversed(ends))
        widest = max(self._ends[end] - self._starts[start] for start, end in _pairs(found))
        return _Break(costs[len(self.words)], found, widest, self._short_ends(room))

    def _best_start(self, end: int, costs: dict[int, float], mean: float, lines: int, room: float) -> tuple[int, float]:
        """Where the line before `end` begins best, and what all lines up to there cost then."""
        starts, seen, last = self._starts, self._seen_ends[end], self.words[end - 1]
        first, is_last = self._ends[end] - room - _TOLERANCE_EM, end == len(self.words)
        fixed = 0.0 if is_last else last.price - last.ease / lines
        alone = _ALONE_PRICE if last.opens and not is_last else 0.0
        ragged = _RAGGED_PRICE if lines > 2 else _TWO_LINES_PRICE
        best, cheapest = -1, inf
        for start, cost in costs.items():
            if cost >= cheapest or start >= end or starts[start] < first:
                continue
            off = (seen - starts[start]) / mean - 1
            cost += ragged * off * off / lines
            if is_last:
                cost += self._last_price(start, room)
            else:
                cost += (alone if end - start > 1 else 0.0) + (
                    _SHORT_LINE_PRICE if lines > 2 and off < _SHORT_LINE - 1 else 0.0
                )
            if cost < cheapest:
                best, cheapest = start, cost
        return best, cheapest + fixed

    def _last_price(self, start: int, room: float) -> float:
        short = self._ends[-1] - self._starts[start] < _SHORT_END * room
        single = start == len(self.words) - 1 and self.words[start].count == 1
        return (_SHORT_END_PRICE if short else 0.0) + (_SINGLE_WORD_PRICE if single else 0.0)

    def _windows(self, lines: int, room: float) -> list[range]:
        """Behind which words each line may end: no further than lines reach, and so that the rest has room."""
        count, highest, lowest = len(self.words), [0], [len(self.words)]
        for line in range(1, lines + 1):
            reach = bisect_right(self._ends, self._starts[highest[-1]] + room + _TOLERANCE_EM) - 1
            highest.append(min(reach, count - (lines - line)))
            back = bisect_left(self._starts, self._ends[lowest[-1]] - room - _TOLERANCE_EM)
            lowest.append(max(back, lines - line))
        return [range(lowest[lines - line], highest[line] + 1) for line in range(1, lines + 1)]

    def _lines(self, ends: Sequence[int]) -> tuple[str, ...]:
        return tuple(_line(self.words[start:end]) for start, end in _pairs(ends))


def _down_to(share: float, sizes: Sequence[float]) -> list[float]:
    return [size for size in sizes if size >= share * sizes[0]]


def _pairs(ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    return zip((0, *ends), ends, strict=False)


def _line(words: Sequence[Word]) -> str:
    joined = "".join((" " if word.spaced and number else "") + word.text for number, word in enumerate(words))
    return joined + words[-1].tail
