"""Where what is late finds its place: soon where there is room, and never as a burst."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.catchup import DAY, Run, catch_up
from scheduler.domain.closed import Closed, parse_quiet
from scheduler.domain.retry import CATCH_UPS_A_DAY, GRACE, SMALLEST_GAP
from scheduler.domain.timetable import Timetable
from scheduler.testing.samples import NINE

HOUR = timedelta(hours=1)
minutes = st.integers(-2000, 6000).map(lambda count: NINE + timedelta(minutes=count))
spacings = st.integers(0, 300).map(lambda count: timedelta(minutes=count))


def table(*, spacing: timedelta = timedelta(0), quiet: str = "") -> Timetable:
    return Timetable(
        account="x", slots=(), zone="Europe/Berlin", spacing=spacing, closed=Closed(quiet=parse_quiet(quiet))
    )


def run(due_at: datetime, at: datetime | None = None) -> Run:
    return Run("code", due_at, at or due_at)


def test_what_is_late_on_a_slow_account_does_not_wait_for_ever() -> None:
    twice_a_week = [run(NINE + days * DAY) for days in (3, 7, 10, 14)]
    assert next(catch_up([NINE - HOUR], runs=twice_a_week, table=table(), now=NINE)) == NINE


def test_a_try_that_was_put_off_does_not_stretch_the_gap_between_the_others() -> None:
    tried_again = run(NINE - 6 * HOUR, NINE + timedelta(minutes=5))
    found = catch_up([NINE - 6 * HOUR + timedelta(seconds=1)], runs=[tried_again], table=table(), now=NINE)
    assert next(found) == tried_again.at + SMALLEST_GAP


def test_two_that_catch_up_are_as_far_apart_as_the_account_posts_by_plan() -> None:
    late = [NINE - 5 * HOUR, NINE - 2 * HOUR]
    assert list(islice(catch_up(late, runs=[], table=table(), now=NINE), 2)) == [NINE, NINE + 3 * HOUR]


def test_one_that_has_just_caught_up_counts() -> None:
    runs = [run(NINE - 5 * HOUR, NINE - timedelta(minutes=2)), run(NINE - 2 * HOUR + DAY)]
    first = next(catch_up([NINE - 4 * HOUR], runs=runs, table=table(), now=NINE))
    assert first == NINE - timedelta(minutes=2) + HOUR


@given(
    late=st.lists(minutes, min_size=1, max_size=9),
    coming=st.lists(minutes, max_size=9),
    caught=st.lists(minutes, max_size=4),
    spacing=spacings,
)
def test_catching_up_keeps_to_every_rule(
    late: list[datetime], coming: list[datetime], caught: list[datetime], spacing: timedelta
) -> None:
    rules = table(spacing=spacing, quiet="21:00-07:00")
    runs = [*map(run, coming), *(run(at - 2 * HOUR, at) for at in caught)]
    found = list(islice(catch_up(late, runs=runs, table=rules, now=NINE), 12))
    assert all(at >= NINE and rules.is_open(at) for at in found)
    assert all(later - earlier >= max(spacing, SMALLEST_GAP) for earlier, later in pairwise(found))
    assert all(abs(at - one.at) >= max(spacing, SMALLEST_GAP) for at in found for one in runs)
    late_ones = sorted([*found, *(one.at for one in runs if one.at - one.due_at > GRACE)])
    assert all(later - first >= DAY for first, later in zip(late_ones, late_ones[CATCH_UPS_A_DAY:], strict=False))
