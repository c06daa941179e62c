"""Reads a painted card back with Tesseract, the whole card as it is, and counts the characters that came back."""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

from PIL import Image

from scheduler.domain.card import CardRequest

FOUND = shutil.which("tesseract") is not None
_SECONDS = 60
# Marks that look alike are one character here, as a reader can't tell them apart either; the template's quotation marks
# are no part of the words.
_ALIKE = str.maketrans(
    {"“": "", "”": "", '"': "", "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "|": "I", "…": "..."}
)


def read(path: Path, layout: int = 3) -> str:
    """All that Tesseract reads on the picture. Raises CalledProcessError when it fails."""
    grey = path.with_suffix(".grey.png")
    with Image.open(path) as card:
        card.convert("L").save(grey, compress_level=1)
    command = ["tesseract", str(grey), "stdout", "-l", "eng", "--psm", str(layout)]
    quiet = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, env=quiet)
    grey.unlink()
    return done.stdout.decode()


def expected(card: CardRequest) -> str:
    """The words that a reader should find on the card."""
    return " ".join((card.heading, *card.items)) if card.items else card.quote


def matched(wanted: str, seen: str) -> tuple[int, int]:
    """How many characters of the wanted words were read, and how many there are.

    A word that was read stands for one wanted word only, whichever column it was read in: first for its equal, then for
    the one that it differs from least.
    """
    words, found = Counter(_plain(wanted).split()), Counter(_plain(seen).split())
    left, spare = list((words - found).elements()), list((found - words).elements())
    lost = 0
    for word in sorted(left, key=len, reverse=True):
        nearest = min(spare, key=lambda other, word=word: distance(word, other), default="")  # type: ignore[misc]
        lost += min(len(word), distance(word, nearest))
        if nearest:
            spare.remove(nearest)
    whole = sum(map(len, words.elements()))
    return whole - lost, whole


def distance(one: str, two: str) -> int:
    """The fewest characters to change, add or leave out to make one word the other (Levenshtein)."""
    row = list(range(len(two) + 1))
    for number, wanted in enumerate(one, 1):
        above, row[0] = row[0], number
        for place, seen in enumerate(two, 1):
            above, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, above + (wanted != seen))
    return row[-1]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_ALIKE)
