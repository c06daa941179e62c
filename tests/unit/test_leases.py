"""Leases: within one boot of a machine no jump of the wall clock matters, and of a gone boot nobody is left."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.dispatch.clock import BOOT_ID, SystemClock
from scheduler.domain.lease import lease_is_over, seconds_since
from scheduler.domain.moment import UNMARKED, Mark
from scheduler.domain.transitions import claimed, intent
from scheduler.testing.samples import NINE, delivery

JUMPS = st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400))


def is_over(mark: Mark, now: datetime, *, at: Mark = UNMARKED) -> bool:
    held = claimed(delivery(), now=NINE, lease_seconds=120, mark=at)
    return lease_is_over(held, now=now, mark=mark, lease_seconds=120)


@given(JUMPS, st.floats(min_value=0, max_value=1e6))
def test_within_one_boot_the_wall_clock_has_no_say(jump: timedelta, seconds: float) -> None:
    at, later = Mark(boot="one", ticks=1000.0), Mark(boot="one", ticks=1000.0 + seconds)

    assert is_over(later, NINE + jump, at=at) == (later.ticks - at.ticks >= 120)


@given(JUMPS)
def test_of_a_boot_that_is_gone_every_lease_is_over(jump: timedelta) -> None:
    assert is_over(Mark(boot="two", ticks=0.0), NINE + jump, at=Mark(boot="one", ticks=1000.0))


@pytest.mark.parametrize(("boot", "other"), [("", ""), ("one", ""), ("", "one")])
def test_where_boots_are_not_known_the_wall_clock_has_to_do(boot: str, other: str) -> None:
    at, later = Mark(boot=boot, ticks=5.0), Mark(boot=other, ticks=9999.0)

    assert not is_over(later, NINE + timedelta(seconds=119), at=at)
    assert is_over(later, NINE + timedelta(seconds=120), at=at)


@given(JUMPS)
def test_the_time_since_an_intent_is_counted_by_the_machine(jump: timedelta) -> None:
    mark = Mark(boot="one", ticks=10.0)
    sending = intent(claimed(delivery(), now=NINE, lease_seconds=9, mark=mark), now=NINE, lease_seconds=9, mark=mark)

    assert seconds_since(sending, now=NINE + jump, mark=Mark(boot="one", ticks=12.5)) == 2.5
    assert seconds_since(sending, now=NINE + jump, mark=Mark(boot="two", ticks=7.0)) == 7.0
    assert seconds_since(sending, now=NINE + jump, mark=UNMARKED) == jump.total_seconds()


@pytest.mark.skipif(not BOOT_ID.exists(), reason="this system does not name its boots")
def test_the_machine_names_its_boot() -> None:
    first, second = SystemClock().mark(), SystemClock().mark()

    assert first.boot == second.boot == BOOT_ID.read_text().strip()
    assert first.ticks <= second.ticks
