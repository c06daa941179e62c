"""Every fault at every step on every kind of network ends where the design says, and nothing is there twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.delivery import State
from scheduler.testing.faults import Fault
from tests.integration.matrix import CELLS, EXPECTED, PROOFS, Proof, Trial, Where


def test_there_are_thirteen_faults_at_six_steps_at_least() -> None:
    assert len(Fault) >= 13
    assert len({where for _, where in CELLS}) >= 6


@pytest.mark.parametrize(("kind", "where"), CELLS, ids=lambda part: part.name if isinstance(part, Where) else part)
def test_every_fault_leads_to_the_state_that_the_design_says_and_nothing_is_there_twice(
    tmp_path: Path, kind: str, where: Where
) -> None:
    trial = Trial(tmp_path, kind, where)
    states = trial.run()
    assert states == {fault.name: EXPECTED[where][PROOFS.get(fault.heard, Proof.NOTHING)] for fault in Fault}

    trial.calm()
    for name in trial.cells:
        there, published = trial.there(name), trial.said(name, State.PUBLISHED)
        assert len(there) == len(set(there)), f"{name}: there twice"
        assert set(published) <= set(there), f"{name}: said to be out, and isn't"
        assert set(there) <= {*published, *trial.said(name, State.HELD)}, f"{name}: out, and nobody knows"
        assert trial.said(name, State.CLAIMED, State.SENDING) == []
    trial.scene.store.close()
