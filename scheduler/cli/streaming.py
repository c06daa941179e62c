"""Rows that are told as they come, however many there are: as a table, as lines in a pipe, as one document."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from scheduler.cli.common import GAP, Item, draw, say, terminal_width
from scheduler.domain.shown import STEERING, shown

LOT = 200
"""So many rows decide how wide the columns are."""
LEAST, SHORT = 8, 17


def table_of(columns: Sequence[str], rows: Iterable[Sequence[str]], *, empty: str) -> None:
    """On a terminal a table within its width, whose last column is folded; tab-separated in a pipe, nothing cut."""
    lines = ([shown(" ".join(cell.split())) for cell in row] for row in rows)
    first = next(lines, None)
    if first is None:
        say(empty)
        return
    if sys.stdout.isatty():
        _draw(columns, chain([first], lines))
        return
    say("\t".join(columns))
    for lot in _lots(chain([first], lines)):
        say("\n".join("\t".join(line) for line in lot))
        sys.stdout.flush()


def array_of(documents: Iterable[object]) -> None:
    """One JSON array, written as it comes."""
    from pydantic_core import to_jsonable_python

    say("[", end="")
    comma = ""
    for lot in _lots(documents):
        text = ",".join(f"\n  {json.dumps(to_jsonable_python(one), ensure_ascii=False)}" for one in lot)
        say(comma + STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text), end="")
        comma = ","
    say("\n]" if comma else "]")


def _lots(rows: Iterable[Item]) -> Iterator[list[Item]]:
    left = iter(rows)
    while lot := list(islice(left, LOT)):
        yield lot


def _draw(columns: Sequence[str], lines: Iterator[list[str]]) -> None:
    widths: list[int] = []
    while lot := list(islice(lines, LOT)):
        is_first = not widths
        widths = widths or widths_of(columns, lot, terminal_width())
        draw(list(columns), lot, folded=True, widths=widths, head=is_first)


def widths_of(columns: Sequence[str], lot: Sequence[Sequence[str]], room: int) -> list[int]:
    """As wide as needed; the long ones share what the short ones leave."""
    wanted = [max(len(column), *(len(line[at]) for line in lot)) for at, column in enumerate(columns)]
    left = room - GAP * (len(columns) - 1) - sum(width for width in wanted if width <= SHORT)
    for at, width in sorted(enumerate(wanted), key=lambda pair: pair[1]):
        if width > SHORT:
            wanted[at] = max(LEAST, min(width, left // sum(other >= width for other in wanted)))
            left -= wanted[at]
    return wanted
