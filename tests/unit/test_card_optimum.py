"""The chosen lines are the best of all: compared with every way to break, at every size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.cards.breaking import Paragraph, Room, Style, Word

STYLE = Style(largest=100.0, smallest=60.0, tight=1.16, loose=1.30, cap=0.67)
WORDS = st.builds(
    Word,
    text=st.just("word"),
    width=st.floats(0.4, 5.0),
    space=st.just(0.25),
    count=st.sampled_from((1, 1, 2)),
    price=st.sampled_from((0.0, 0.0, 0.11, 0.22)),
    ease=st.sampled_from((0.0, 0.035, 0.03, -0.01, -0.04)),
    opens=st.booleans(),
    lead=st.sampled_from((0.0, 0.02, 0.06)),
    trail=st.sampled_from((0.0, -0.02, 0.1)),
    hang=st.sampled_from((0.0, 0.1)),
)


def every_way(count: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """All divisions of so many words into lines, as pairs of first word and the one behind the last."""
    for lines in range(1, count + 1):
        for inner in combinations(range(1, count), lines - 1):
            yield tuple(zip((0, *inner), (*inner, count), strict=True))


def length(words: Sequence[Word]) -> float:
    """Of a line's ink, in em."""
    return sum(word.space + word.width for word in words) - words[0].space - words[0].lead - words[-1].trail


def cost_of(words: Sequence[Word], lines: Sequence[tuple[int, int]], room: float) -> float:
    """What the rules in the explanation of cards say that these lines cost, told once more and plainly."""
    count = len(lines)
    mean = (sum(word.space + word.width for word in words) - (count - 1) * 0.25) / count
    cost = 0.0
    for start, end in lines:
        line, last = words[start:end], words[end - 1]
        off = (length(line) - last.hang) / mean - 1
        cost += (2 if count > 2 else 1) * off**2 / count
        if end < len(words):
            cost += last.price - last.ease / count
            cost += 0.10 if last.opens and len(line) > 1 else 0.0
            cost += 0.07 if count > 2 and off < -0.40 else 0.0
        else:
            cost += 0.25 if length(line) < 0.45 * room else 0.0
            cost += 0.50 if len(line) == 1 and last.count == 1 else 0.0
    return cost


def total_of(words: Sequence[Word], width: float, height: float) -> float | None:
    """The least cost of all ways at all sizes, or None where the words fit at none."""
    ways = list(every_way(len(words)))

    def holding(size: float) -> list[tuple[tuple[int, int], ...]]:
        return [
            way
            for way in ways
            if STYLE.height(size, len(way)) <= height + 0.1
            and all(length(words[start:end]) * size <= width + 1e-9 for start, end in way)
        ]

    fitting = {size: found for size in STYLE.sizes() if (found := holding(size))}
    if not fitting:
        return None
    largest = max(fitting)
    fewest = min(map(len, fitting[largest]))

    def cheapest(share: float) -> tuple[float, float]:
        totals = []
        for size, found in fitting.items():
            least = min(map(len, found))
            for way in found:
                if size >= share * largest and len(way) <= least + 1:
                    more = len(way) - fewest
                    lines = 0.26 * more / fewest**2 if more > 0 else -0.02 * more
                    cost = cost_of(words, way, width / size)
                    totals.append((cost + 0.45 * (1 - size / largest) + lines, cost))
        return min(totals)

    total, cost = cheapest(0.82)
    return cheapest(0.68)[0] if cost >= 0.20 else total


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=9), st.floats(400, 900), st.floats(150, 600))
def test_no_other_lines_at_any_size_are_better(words: list[Word], width: float, height: float) -> None:
    setting = Paragraph(words).fit(STYLE, Room(width, height))
    best = total_of(words, width, height)
    if setting is None:
        assert best is None
    else:
        assert setting.cost == pytest.approx(best, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=10), st.floats(4, 12))
def test_the_fewest_lines_are_as_few_as_can_be_and_all_have_room(words: list[Word], room: float) -> None:
    fewest = Paragraph(words).fewest_lines(room)
    ways = (way for way in every_way(len(words)) if all(length(words[a:b]) <= room for a, b in way))
    assert fewest == min(map(len, ways), default=0)
