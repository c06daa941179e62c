"""Rows that are told as they come, however many there are: as a table, as lines in a pipe, as one document."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from scheduler.cli.common import Item, say
from scheduler.domain.shown import STEERING, shown

LOT = 200
"""So many rows decide how wide the columns are."""
GAP = 2
LEAST = 8


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
    say("[", end="")
    comma = ""
    for lot in _lots(documents):
        text = ",".join(f"\n  {json.dumps(document, ensure_ascii=False)}" for document in lot)
        say(comma + STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text), end="")
        comma = ","
    say("\n]" if comma else "]")


def _lots(rows: Iterable[Item]) -> Iterator[list[Item]]:
    left = iter(rows)
    while lot := list(islice(left, LOT)):
        yield lot


def _draw(columns: Sequence[str], lines: Iterator[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console, widths = Console(), None
    for lot in iter(lambda: list(islice(lines, LOT)), []):
        is_first = widths is None
        widths = widths or _widths(columns, lot, console.width)
        drawn = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold", show_header=is_first)
        for column, width in zip(columns, widths, strict=True):
            drawn.add_column(column, width=width, no_wrap=True, overflow="ellipsis")
        drawn.columns[-1].no_wrap, drawn.columns[-1].overflow = False, "fold"
        for line in lot:
            cut = [Text(cell, no_wrap=True, overflow="ellipsis") for cell in line[:-1]]
            drawn.add_row(*cut, Text(line[-1], overflow="fold"))
        console.print(drawn)


def _widths(columns: Sequence[str], lot: Sequence[Sequence[str]], room: int) -> list[int]:
    """As wide as needed; what is too much is taken from the widest."""
    wanted = [max(len(column), *(len(line[at]) for line in lot)) for at, column in enumerate(columns)]
    left = room - GAP * (len(columns) - 1)
    while sum(wanted) > left and max(wanted) > LEAST:
        widest = wanted.index(max(wanted))
        rest = sorted(set(wanted))[-2] if len(set(wanted)) > 1 else LEAST
        wanted[widest] = max(LEAST, rest - 1, wanted[widest] - (sum(wanted) - left))
    return wanted
