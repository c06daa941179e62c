"""Can a machine read the cards? `python bench/cards/legibility.py [CARDS]` paints them, and Tesseract reads them back.

Every template, size and brand in turn, each with another text. The bar is 99 of 100 characters.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from looking.ocr import FOUND, expected, matched, read
from looking.samples import cards

from scheduler.cards.work import paint
from scheduler.domain.card import CardRequest, CardResult, PaintedCard

_BAR = 0.99
_WORKERS = 2
_Count = tuple[int, int]


def main(count: int) -> None:
    """Prints the share that was read, by template, size and brand, and the cards that were read worst."""
    if not FOUND:
        raise SystemExit("Tesseract is missing. On Debian or Ubuntu: apt-get install tesseract-ocr")
    with TemporaryDirectory() as folder:
        asked = tuple(cards(count, Path(folder)))
        with ThreadPoolExecutor(_WORKERS) as workers:
            found = list(workers.map(_read, asked, paint(asked)))
    for title, key in (("template", _template), ("size", _size), ("brand", _brand)):
        groups: dict[str, list[_Count]] = defaultdict(list)
        for card, (count_, _) in zip(asked, found, strict=True):
            groups[key(card)].append(count_)
        print(f"by {title}: " + ", ".join(f"{name} {_share(counts):.2%}" for name, counts in groups.items()))
    worst = sorted(zip(asked, found, strict=True), key=lambda pair: pair[1][0][0] / pair[1][0][1])
    for card, (one, seen) in worst[:12]:
        if one[0] < one[1]:
            print(f"  {_share([one]):.1%} {_template(card)} {_size(card)} {_brand(card)}: {seen!r}")
    total = _share([one for one, _ in found])
    print(f"{len(found)} cards: {total:.2%} of the characters were read back; the bar is {_BAR:.0%}")
    if total < _BAR:
        raise SystemExit(1)


def _read(card: CardRequest, result: CardResult) -> tuple[_Count, str]:
    if not isinstance(result, PaintedCard):
        raise SystemExit(f"{_template(card)} {_size(card)}: {result.reason}")
    seen = read(Path(result.path))
    return matched(expected(card), seen), " ".join(seen.split())


def _share(counts: list[_Count]) -> float:
    return sum(read_ for read_, _ in counts) / sum(whole for _, whole in counts)


def _template(card: CardRequest) -> str:
    return card.template


def _size(card: CardRequest) -> str:
    return card.size


def _brand(card: CardRequest) -> str:
    return Path(card.brand).name


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
