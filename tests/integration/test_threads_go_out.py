"""A thread goes out part by part, each the answer to the one before; what happens to one parks the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.thread import along, beside
from scheduler.domain.transitions import cancel, hold, resolve_there, retry
from scheduler.testing.clock import FakeClock
from scheduler.testing.faults import Fault
from scheduler.testing.network import MemoryNetwork, ReadableNetwork
from scheduler.testing.samples import NINE, article, delivery, post
from tests.integration.scene import Open, Scene, entry


def plan_thread(scene: Scene, count: int = 3) -> None:
    scene.store.library.add(article("A thread"), [post()], entry())
    parts: list[Delivery] = []
    for part in range(count):
        slot = beside(delivery().promise, part)
        one = delivery(code=f"part{part}", due_at=slot.due_at)
        parent = parts[-1].code if parts else ""
        parts.append(replace(one, text=f"Part {part}", wall_time=slot.wall_time, part=part, parent=parent))
    scene.store.deliveries.add(parts, entry())


def wait(scene: Scene, **parts: float) -> None:
    assert isinstance(scene.clock, FakeClock)
    scene.clock.pass_by(**parts)


def states(scene: Scene) -> list[State]:
    return [one.state for one in scene.store.deliveries.select()]


def decide(scene: Scene, act: Callable[[Delivery], Delivery]) -> None:
    """As a person decides about the first part."""
    before = scene.get("part0")
    parts = along(before, act(before), scene.store.deliveries.select(post_id=before.post_id))
    assert scene.store.deliveries.write(before, act(before), along=parts)


def test_each_part_answers_the_one_before_it(open_scene: Open) -> None:
    network = MemoryNetwork()
    scene = open_scene(network)
    plan_thread(scene)
    wait(scene, seconds=5)
    scene.drain()

    assert [taken.code for taken in network.record] == ["part0", "part1", "part2"]
    assert [taken.reply_to for taken in network.record] == ["", *(scene.get(f"part{n}").remote_id for n in (0, 1))]


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.REFUSE])
def test_nothing_follows_a_part_that_is_not_certainly_out(open_scene: Open, fault: Fault) -> None:
    network = MemoryNetwork(faults=[fault])
    scene = open_scene(network)
    plan_thread(scene)
    wait(scene, minutes=1)
    for _ in range(3):
        scene.drain()
        wait(scene, hours=30)

    assert len(network.record) == (fault is Fault.DROP_AFTER)
    assert states(scene)[0] in (State.HELD, State.FAILED)
    assert states(scene)[1:] == [State.SCHEDULED, State.SCHEDULED]


def test_a_part_whose_answer_was_lost_is_found_and_the_thread_goes_on(open_scene: Open) -> None:
    network = ReadableNetwork(faults=[None, Fault.DROP_AFTER])
    scene = open_scene(network)
    plan_thread(scene)
    wait(scene, seconds=5)
    scene.drain()
    scene.drain()

    assert [taken.code for taken in network.record] == ["part0", "part1", "part2"]
    assert set(states(scene)) == {State.PUBLISHED}


def test_a_person_who_saw_the_first_part_lets_the_thread_go_on(open_scene: Open) -> None:
    network = MemoryNetwork(faults=[Fault.DROP_AFTER])
    scene = open_scene(network)
    plan_thread(scene)
    wait(scene, seconds=5)
    scene.drain()
    scene.put(scene.get("part0"), **{"state": State.PUBLISHED, "remote_id": resolved(scene), "url": ""})
    scene.drain()

    assert [taken.reply_to for taken in network.record][1] == "77"
    assert set(states(scene)) == {State.PUBLISHED}


def resolved(scene: Scene) -> str:
    return resolve_there(scene.get("part0"), "https://social.example/ann/77").remote_id


def test_a_part_that_answers_one_without_a_known_id_is_for_a_person(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork(faults=[Fault.DROP_AFTER]))
    plan_thread(scene)
    wait(scene, seconds=5)
    scene.drain()
    before = scene.get("part0")
    assert scene.store.deliveries.write(before, resolve_there(before))
    scene.drain()

    assert states(scene)[:2] == [State.PUBLISHED, State.HELD]


def test_what_a_person_decides_about_the_first_part_is_decided_about_all(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    plan_thread(scene)
    decide(scene, lambda one: hold(one, "Held."))
    assert states(scene) == [State.HELD] * 3

    decide(scene, cancel)
    assert states(scene) == [State.CANCELLED] * 3


def test_a_thread_that_is_hours_late_goes_out_whole_in_its_turn(open_scene: Open) -> None:
    network = MemoryNetwork()
    scene = open_scene(network)
    plan_thread(scene)
    wait(scene, hours=5)
    scene.drain()
    scene.drain()

    assert [taken.code for taken in network.record] == ["part0", "part1", "part2"]


def test_a_thread_that_is_a_day_late_is_held_whole(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    plan_thread(scene)
    wait(scene, hours=25)
    scene.drain()

    assert states(scene) == [State.HELD] * 3


def test_a_part_a_day_after_the_part_before_it_is_for_a_person(open_scene: Open) -> None:
    limited = MemoryNetwork(faults=[None, Fault.BUSY, Fault.BUSY, Fault.BUSY])
    scene = open_scene(limited)
    plan_thread(scene, 2)
    wait(scene, seconds=2)
    scene.drain()
    wait(scene, hours=26)
    scene.drain()

    assert states(scene) == [State.PUBLISHED, State.HELD]


def test_a_first_part_that_is_sent_again_takes_the_others_along(open_scene: Open) -> None:
    network = MemoryNetwork(faults=[Fault.REFUSE])
    scene = open_scene(network)
    plan_thread(scene)
    wait(scene, seconds=5)
    scene.drain()
    later = replace(scene.get("part0").promise, due_at=NINE + timedelta(hours=3), wall_time="2026-11-23T12:00")
    act = partial(retry, slot=later)
    decide(scene, act)
    wait(scene, hours=3)
    scene.drain()

    assert set(states(scene)) == {State.PUBLISHED}
