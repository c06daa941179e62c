"""Painting as other processes see it: the same bytes every time, and no picture library where nothing is painted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets"
PAINT = """
import json, sys
from scheduler.cards.work import paint
from scheduler.domain.card import CardRequest
cards = paint(tuple(CardRequest(quote="Rest is part of the treatment.", name="Ada Wren", role="Nurse", format=form,
                                assets=sys.argv[1], out=sys.argv[2]) for form in ("png", "jpg", "webp")))
print(json.dumps([[card.spec_hash, card.sha256] for card in cards]))
"""


def run(*arguments: str) -> str:
    return subprocess.run([sys.executable, "-c", *arguments], check=True, capture_output=True, text=True).stdout


def test_equal_cards_are_equal_bytes_in_two_processes(tmp_path: Path) -> None:
    one, two = (json.loads(run(PAINT, str(ASSETS), str(tmp_path / name))) for name in ("one", "two"))
    assert one == two
    assert len({spec for spec, _ in one}) == 1
    assert len({sha256 for _, sha256 in one}) == 3


def test_asking_for_a_card_loads_no_picture_library() -> None:
    loaded = run(
        "import sys, scheduler.cards, scheduler.domain.card; print([name for name in sys.modules if 'PIL' in name])"
    )
    assert loaded.strip() == "[]"
