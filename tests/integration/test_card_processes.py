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
looks = [("editorial", form) for form in ("png", "jpg", "webp")]
looks += [(name, "auto") for name in ("bold", "number", "photo", "question", "tips")]
cards = paint(tuple(CardRequest(quote="3 of 4 people sleep better.", heading="Rest", items=("One", "Two"),
                                name="Ada Wren", role="Nurse", address="book.example", template=name, format=form,
                                brand=f"{sys.argv[1]}/samples/linden", assets=sys.argv[1], out=sys.argv[2])
                    for name, form in looks))
print(json.dumps([[card.spec_hash, card.sha256] for card in cards]))
"""


def run(*arguments: str, seed: int = 0, cwd: Path | None = None) -> str:
    """In a process of its own, whose sets and dictionaries are in an order of their own, somewhere."""
    return subprocess.run(
        [sys.executable, "-c", *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=cwd,
        env={"PYTHONPATH": str(ASSETS.parent), "PYTHONHASHSEED": str(seed), "TZ": f"UTC{seed}", "HOME": str(cwd)},
    ).stdout


def test_equal_cards_are_equal_bytes_in_two_processes(tmp_path: Path) -> None:
    one, two = (
        json.loads(run(PAINT, str(ASSETS), str(tmp_path / str(seed)), seed=seed, cwd=cwd))
        for seed, cwd in ((1, ASSETS), (2, tmp_path))
    )
    assert one == two
    assert len({spec for spec, _ in one}) == len(one) - 2
    assert len({sha256 for _, sha256 in one}) == len(one)


def test_asking_for_a_card_loads_no_picture_library() -> None:
    loaded = run(
        "import sys, scheduler.cards, scheduler.domain.card; print([name for name in sys.modules if 'PIL' in name])"
    )
    assert loaded.strip() == "[]"
