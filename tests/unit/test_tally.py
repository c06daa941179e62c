"""The count of a trial: each way in which the promise can be broken is found."""

from __future__ import annotations

import pytest

from scheduler.domain.delivery import State
from scheduler.testing.tally import tally


def test_all_is_well_when_what_is_there_is_known_or_asked_about() -> None:
    found = tally({"a": State.PUBLISHED, "b": State.HELD, "c": State.HELD, "d": State.FAILED}, ["a", "b"])

    assert found.conserved
    assert (found.accepted, found.published, found.held, found.failed, found.held_and_live) == (2, 1, 2, 1, 1)


@pytest.mark.parametrize(
    ("state", "record", "broken"),
    [
        (State.PUBLISHED, ["a", "a"], "duplicated"),
        (State.PUBLISHED, [], "falsely_published"),
        (State.FAILED, ["a"], "lost"),
        (State.SENDING, [], "lost"),
        (State.SCHEDULED, [], "lost"),
    ],
)
def test_what_is_twice_or_missing_or_denied_or_left_in_between_is_found(
    state: State, record: list[str], broken: str
) -> None:
    found = tally({"a": state, "b": State.PUBLISHED}, [*record, "b"])

    assert not found.conserved
    assert getattr(found, broken) == 1
