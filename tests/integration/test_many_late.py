"""Thousands that are late ask as little of the store as one: what needs no verdict isn't read, the rest at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from scheduler.domain.delivery import State
from scheduler.domain.lateness import LateRule
from scheduler.domain.own import Own
from scheduler.domain.pause import Pause
from scheduler.domain.readymade import ReadyMade
from scheduler.domain.retry import CATCH_UPS_A_DAY, LONGEST_WAIT
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE, article, delivery, post
from tests.integration.scene import HOUR, Open, Scene, entry
from tests.integration.test_maintain import wait

PLACES = CATCH_UPS_A_DAY * (LONGEST_WAIT // timedelta(days=1)) + 1


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Every question to the database from here on."""
    questions: list[str] = []

    def hear(connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(lambda words: questions.append(words) if "SELECT" in words else None)

    event.listen(Engine, "connect", hear)
    yield questions
    event.remove(Engine, "connect", hear)


def plan_late(scene: Scene, count: int, asks: ReadyMade, *, late: timedelta = 2 * HOUR) -> None:
    """So many that were due long ago, a millisecond apart."""
    scene.store.library.add(article(), [replace(post(), ready=asks)] * count, entry())
    due_at = scene.clock.now() - late
    planned = [
        delivery(code=f"late{number:04}", post_id=number + 1, due_at=due_at + timedelta(milliseconds=number))
        for number in range(count)
    ]
    scene.store.deliveries.add(planned, entry())


SEND = ReadyMade(row=1, late=LateRule.SEND)


@pytest.mark.parametrize("count", [PLACES + 20, PLACES + 600])
def test_a_round_asks_as_little_for_many_late_as_for_few(asked: list[str], open_scene: Open, count: int) -> None:
    scene = open_scene(MemoryNetwork())
    plan_late(scene, count, SEND)
    scene.tick()
    waiting = [one for one in scene.store.deliveries.select() if one.not_before is None]
    asked.clear()
    scene.caretaker.tidy()

    assert len(waiting) > count - PLACES
    assert len(asked) < 20
    assert not any("FROM posts" in words or "cards" in words for words in asked)


def test_what_is_late_and_expires_is_skipped_whenever_that_comes(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    plan_late(scene, 1, ReadyMade(row=1, late=LateRule.SEND))
    scene.put(scene.get("late0000"), not_before=scene.clock.now() + 2 * HOUR)
    scene.caretaker.tidy()
    assert scene.get("late0000").state is State.SCHEDULED

    before = scene.store.posts.get(1)
    wall = f"{scene.clock.now() + HOUR:%Y-%m-%dT%H:%M}"
    assert scene.store.posts.write(before, replace(before, own=Own(expires=wall)), entry())
    scene.caretaker.tidy()
    assert scene.get("late0000").state is State.CANCELLED


def test_each_of_many_late_ones_gets_what_its_row_asks_for(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    plan_late(scene, 700, ReadyMade(row=1, late=LateRule.ASK))
    scene.caretaker.tidy()

    assert scene.states() == {State.HELD: 700}
    assert {len(scene.outcomes(f"late{number:04}")) for number in (0, 499, 500, 699)} == {1}


def test_what_stands_still_is_not_late(asked: list[str], open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    plan_late(scene, 3, SEND)
    scene.store.pauses.add(Pause(channel="account", by="Ann", since=NINE), entry("paused it"))
    scene.caretaker.tidy()
    assert {one.not_before for one in scene.store.deliveries.select()} == {None}

    scene.store.pauses.end("account", entry("resumed it"))
    scene.caretaker.tidy()
    assert None not in {one.not_before for one in scene.store.deliveries.select()}


def test_one_that_is_moved_while_it_is_judged_stays_where_it_was_put(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    plan_late(scene, 2, SEND)
    judged = scene.store.behind.late(now=scene.clock.now())
    moved = scene.put(scene.get("late0000"), due_at=scene.clock.now() + HOUR)

    assert [one.code for _, one in scene.store.behind.as_judged(judged)] == ["late0001"]
    wait(scene, minutes=5)
    scene.caretaker.tidy()
    assert scene.get("late0000") == moved
