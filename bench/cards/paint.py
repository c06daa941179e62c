"""CPU time of one card, by part: `python bench/cards/paint.py [ROUNDS]`.

Every round lays out, paints and encodes anew; fonts are open and word widths known, as from the second card on.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from scheduler.cards import brand, encode, template
from scheduler.cards.frames import FRAMES
from scheduler.cards.layout import lay_out
from scheduler.cards.paint import paint
from scheduler.cards.words import words_of
from scheduler.domain.card import CardRequest

ASSETS = Path(__file__).parents[2] / "assets"
QUOTE = "Write the question down before the visit; the one you forget in the room is the one you came with."


def median_ms(act: Callable[[], object], rounds: int) -> float:
    """Median process time of one call in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def main(rounds: int) -> None:
    """Prints the parts and the whole for the square card."""
    start = time.process_time()
    look, form, frame = brand.load(ASSETS / "samples" / "linden"), template.load(ASSETS, "editorial"), FRAMES["square"]
    request = CardRequest(quote=QUOTE, name="Dr. Ada Wren", role="General practitioner", assets=str(ASSETS), out="")
    words = words_of(request, look)
    pictures = {look.logo.sha256: look.logo.image} if look.logo else {}
    spec = lay_out(form, look, frame, words)
    image = paint(spec, look.fonts, pictures)
    encode.encode(image, "png")
    print(f"first card, files and fonts read  {(time.process_time() - start) * 1000:6.1f} ms")
    parts: dict[str, Callable[[], object]] = {
        "lay out": lambda: lay_out(form, look, frame, words),
        "paint": lambda: paint(spec, look.fonts, pictures),
        **{f"encode {name}": lambda name=name: encode.encode(image, name) for name in encode.FORMATS},  # type: ignore[misc]
        "whole PNG": lambda: encode.encode(paint(lay_out(form, look, frame, words), look.fonts, pictures), "png"),
    }
    for name, act in parts.items():
        print(f"{name:33} {median_ms(act, rounds):6.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
