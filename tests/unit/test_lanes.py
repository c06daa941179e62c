"""Lanes: how much is claimed ahead, who may begin, and who is suspected when a worker dies."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.delivery import Delivery, State
from scheduler.testing.samples import NINE, delivery
from scheduler.usecases.lanes import AHEAD, Lane, Round, not_begun


def lane(senders: int = 1) -> Lane:
    return Lane(senders=senders, wake=lambda: None)


def left(number: int, state: State = State.CLAIMED, channel: str = "account") -> Delivery:
    one = delivery(code=f"code{number:03}", channel=channel, due_at=NINE + timedelta(seconds=number), post_id=1)
    return one.but(state=state, ticks=5.0, id=number)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 32), st.lists(st.booleans(), max_size=30))
def test_a_lane_never_holds_more_than_its_senders_can_be_expected_to_carry(senders: int, acts: list[bool]) -> None:
    mine, held = lane(senders), 0
    for fills in acts:
        if fills:
            for number in range(mine.room):
                mine.add(left(number))
                held += 1
        elif mine.next():
            held -= 1
        assert 0 <= held <= senders * AHEAD


def test_no_more_senders_enter_than_there_is_work_and_places_for() -> None:
    mine = lane(senders=3)
    mine.add(left(1))
    assert mine.enter() == 1
    for number in range(2, 9):
        mine.add(left(number))
    assert mine.enter() == 2
    assert mine.enter() == 0


def test_a_closed_lane_takes_nothing_more_until_it_is_opened_again() -> None:
    mine = lane()
    mine.close()
    assert mine.room == 0
    mine.reopen()
    assert mine.room == AHEAD


def test_trouble_with_the_database_ends_the_round() -> None:
    current = Round(stop=lambda: False, senders={}, wake=lambda: None)
    assert not current.is_over
    assert current.lane("account") is current.lane("account")


def test_only_the_first_of_an_account_is_suspected_when_a_worker_died() -> None:
    claimed = [left(number) for number in (3, 1, 2)]
    other = left(9, channel="second")

    assert not_begun([*claimed, other], {}) == {"code002", "code003"}
    assert not_begun(claimed, {"account": 2}) == {"code003"}


def test_nobody_is_suspected_while_another_was_being_sent() -> None:
    assert not_begun([left(1, State.SENDING), left(2), left(3)], {}) == {"code002", "code003"}
