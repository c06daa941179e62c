"""A machine that knows nothing of our cards reads their words: what it can read, a hurried person can, too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pytest
from looking.ocr import FOUND, expected, matched, read
from looking.samples import cards

from scheduler.cards.work import paint
from scheduler.domain.card import PaintedCard


@pytest.mark.long
@pytest.mark.skipif(not FOUND, reason="tesseract-ocr is not installed")
def test_of_every_hundred_characters_on_the_cards_a_machine_reads_ninety_nine(tmp_path: Path) -> None:
    asked = tuple(islice(cards(300, tmp_path), 0, None, 13))
    painted = [card for card in paint(asked) if isinstance(card, PaintedCard)]
    assert len(painted) == len(asked) == 24
    with ThreadPoolExecutor(2) as workers:
        seen = workers.map(lambda card: read(Path(card.path)), painted)
    found = [matched(expected(card), text) for card, text in zip(asked, seen, strict=True)]
    assert sum(one for one, _ in found) / sum(whole for _, whole in found) >= 0.99


def test_a_word_that_was_read_once_counts_once_and_marks_around_it_do_not() -> None:
    assert matched("Ask twice.", "“Ask twice.”") == (9, 9)
    assert matched("ask and ask", "and ask") == (6, 9)
    assert matched("twelve weeks", "tweIve, weeks") == (9, 11)
