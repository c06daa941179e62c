"""Every outcome of a try has one word and one sign on the pages."""

from __future__ import annotations

from scheduler.domain.delivery import Outcome
from scheduler.web.dashboard import outcomes
from scheduler.web.dashboard.looks import STATIC


def test_each_outcome_has_a_word_of_its_own_and_a_sign_that_is_drawn() -> None:
    assert set(outcomes.WORDS) == set(outcomes.ICONS) == set(Outcome)
    assert len(set(outcomes.WORDS.values())) == len(Outcome)
    drawn = (STATIC / "icons.svg").read_text("utf-8")
    assert all(f'id="{icon}"' in drawn for icon in outcomes.ICONS.values())
