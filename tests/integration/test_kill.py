"""kill -9 at every step, workers that race and are stopped: nothing lost, doubled or made up."""

from __future__ import annotations

from scheduler.bootstrap.trial import run
from scheduler.testing.network import Moment
from scheduler.testing.plan import Plan, Result

STEPS = {moment.name.lower() for moment in Moment}


def check(result: Result, *, deliveries: int) -> None:
    total = result.total
    assert (total.lost, total.duplicated, total.falsely_published) == (0, 0, 0)
    assert total.accepted == total.published + total.held_and_live
    assert total.published + total.held + total.failed == total.deliveries == deliveries


def test_a_worker_that_is_killed_at_every_step_loses_doubles_and_makes_up_nothing() -> None:
    result = run(Plan(deliveries=48, seed=20, kills=18, rate=0, kinds=("readable", "put", "keyed")))

    check(result, deliveries=48)
    assert set(result.kills) >= STEPS
    assert sum(result.kills.values()) == 18
    assert result.total.published + result.total.failed == 48


def test_where_nobody_can_look_a_kill_costs_at_most_one_question_and_never_a_second_post() -> None:
    result = run(Plan(deliveries=30, seed=21, kills=12, rate=0, kinds=("blind",)))

    check(result, deliveries=30)
    assert 0 < result.total.held <= 12


def test_every_fault_at_once_beside_kills_still_adds_up() -> None:
    result = run(Plan(deliveries=40, seed=22, kills=4, rate=0.2))

    check(result, deliveries=40)
    assert result.total.published >= 25


def test_workers_that_race_without_the_lock_and_are_stopped_double_nothing() -> None:
    result = run(Plan(deliveries=60, seed=23, workers=3, kills=6, stops=10))

    check(result, deliveries=60)
    assert result.stopped > 0
