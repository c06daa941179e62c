"""When it is tried again, and what becomes of the late."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.lateness import Lateness, LateRule, lateness
from scheduler.domain.retry import DELAYS, GRACE, SMALLEST_GAP, gap_between, next_try, spread
from scheduler.testing.samples import NINE

minutes = st.integers(min_value=-2000, max_value=2000).map(lambda count: NINE + timedelta(minutes=count))
gaps = st.integers(min_value=20, max_value=300).map(lambda count: timedelta(minutes=count))


def test_each_refusal_waits_longer_than_the_one_before() -> None:
    waits = [next_try(attempt=number, now=NINE, asked=None) for number in range(1, len(DELAYS) + 1)]

    assert waits == [NINE + delay for delay in sorted(DELAYS)]
    assert next_try(attempt=len(DELAYS) + 1, now=NINE, asked=None) is None


@pytest.mark.parametrize(
    ("asked", "given_"),
    [
        (timedelta(hours=2), timedelta(hours=2)),
        (timedelta(hours=-2), timedelta(minutes=1)),  # a reset that is past must not make us ask again at once
        (timedelta(days=400), timedelta(days=1)),  # nor may a network silence an account for a year
    ],
)
def test_a_network_that_names_a_time_is_taken_at_its_word_within_bounds(asked: timedelta, given_: timedelta) -> None:
    assert next_try(attempt=99, now=NINE, asked=NINE + asked) == NINE + given_


@pytest.mark.parametrize(
    ("late", "verdict"),
    [
        (timedelta(0), Lateness.SEND),
        (timedelta(minutes=15), Lateness.SEND),
        (timedelta(minutes=16), Lateness.CATCH_UP),
        (timedelta(hours=24), Lateness.CATCH_UP),
        (timedelta(hours=24, seconds=1), Lateness.HOLD),
    ],
)
def test_a_late_delivery_is_sent_then_catches_up_then_is_held(late: timedelta, verdict: Lateness) -> None:
    assert lateness(due_at=NINE - late, not_before=None, now=NINE) is verdict


def test_a_delivery_that_was_postponed_is_on_time_at_its_new_time() -> None:
    assert lateness(due_at=NINE - timedelta(hours=30), not_before=NINE, now=NINE) is Lateness.SEND


@pytest.mark.parametrize(
    ("rule", "soon", "days_later"),
    [
        (LateRule.CATCH_UP, Lateness.CATCH_UP, Lateness.HOLD),
        (LateRule.SEND, Lateness.CATCH_UP, Lateness.CATCH_UP),
        (LateRule.RESLOT, Lateness.RESLOT, Lateness.RESLOT),
        (LateRule.SKIP, Lateness.SKIP, Lateness.SKIP),
        (LateRule.ASK, Lateness.HOLD, Lateness.HOLD),
    ],
)
def test_a_post_may_choose_what_becomes_of_it_when_it_is_late(
    rule: LateRule, soon: Lateness, days_later: Lateness
) -> None:
    def verdict(late: timedelta) -> Lateness:
        return lateness(due_at=NINE - late, not_before=None, now=NINE, rule=rule)

    assert verdict(GRACE) is Lateness.SEND
    assert verdict(GRACE + timedelta(seconds=1)) is soon
    assert verdict(timedelta(days=3)) is days_later


@given(now=minutes, taken=st.lists(minutes, max_size=40), gap=gaps, count=st.integers(0, 40))
def test_catching_up_is_never_a_burst(now: datetime, taken: list[datetime], gap: timedelta, count: int) -> None:
    instants = list(islice(spread(now=now, taken=taken, gap=gap), count))

    assert all(at >= now for at in instants)
    assert all(later - earlier >= gap for earlier, later in pairwise(instants))
    assert all(abs(at - other) >= gap for at in instants for other in taken)


@given(st.lists(minutes, max_size=20))
def test_the_gap_is_the_channels_own_but_never_under_the_smallest(instants: list[datetime]) -> None:
    gap = gap_between(instants)

    assert gap >= SMALLEST_GAP
    assert gap == SMALLEST_GAP or all(later - earlier >= gap for earlier, later in pairwise(sorted(set(instants))))
