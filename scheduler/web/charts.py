"""Charts as SVG that the server draws: shapes as attributes, colours by class; none needs a style of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from scheduler.usecases.monthly import Day, Summary
from scheduler.usecases.report import Result

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 960, 190, 40, 22, 24
SERIES = (Result.OUT, Result.HELD, Result.FAILED, Result.UNKNOWN)
"""From the bottom up."""
NAMES = {Result.OUT: "Published", Result.HELD: "Held", Result.FAILED: "Failed", Result.UNKNOWN: "Unknown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One rectangle."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One word."""

    x: float
    y: float
    words: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChart:
    """Bars of a month: boxes, words, and lines with their numbers; `series` are those that occur."""

    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    lines: tuple[tuple[float, int], ...]
    series: tuple[tuple[str, str], ...]
    sentence: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def day_chart(month: Summary) -> DayChart:
    """One bar a day, what needs a person on top of what went out, named where there is room."""
    most = max((sum(day.counts[kind] for kind in SERIES) for day in month.days), default=0)
    step = _round(most / 4)
    scale = (HEIGHT - TOP - BOTTOM) / (step * max(1, ceil(most / step)))
    wide = (WIDTH - LEFT) / max(1, len(month.days))
    boxes: list[Box] = []
    labels: list[Label] = []
    for at, day in enumerate(month.days):
        x = LEFT + at * wide
        boxes += _bar(day, x, wide, scale)
        if day.date.weekday() == 0 or (at == 0 and day.date.weekday() <= 3):
            labels.append(Label(x=round(x + wide / 2, 1), y=HEIGHT - 6, words=f"{day.date:%a} {day.date.day}"))
    lines = tuple((round(HEIGHT - BOTTOM - number * scale, 1), number) for number in range(0, most + step, step))
    series = tuple((NAMES[kind], kind.value) for kind in SERIES if month.totals[kind])
    return DayChart(boxes=tuple(boxes), labels=tuple(labels), lines=lines, series=series, sentence=_sentence(month))


def _round(number: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50, ..."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power >= number:
                return step * power
        power *= 10


def _bar(day: Day, x: float, wide: float, scale: float) -> Sequence[Box]:
    boxes, base = [], float(HEIGHT - BOTTOM)
    for kind in SERIES:
        if high := day.counts[kind] * scale:
            base -= high
            boxes.append(
                Box(
                    x=round(x + wide * 0.14, 1),
                    y=round(base, 1),
                    width=round(wide * 0.72, 1),
                    height=round(high, 1),
                    kind=kind.value,
                )
            )
    return boxes


def _sentence(month: Summary) -> str:
    rest = ", ".join(f"{month.totals[kind]} {NAMES[kind].lower()}" for kind in SERIES[1:] if month.totals[kind])
    return f"{month.heading}: {month.out} published{f', {rest}' if rest else ''} in {month.first:%B %Y}."
