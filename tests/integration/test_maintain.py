"""Maintenance: nothing stays in between, nobody guesses, and the late never come in a burst."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.domain.channel import Outgoing, Receipt
from scheduler.domain.delivery import Outcome, State
from scheduler.domain.post import PostStatus
from scheduler.domain.transitions import intent
from scheduler.testing.clock import FakeClock
from scheduler.testing.faults import Fault
from scheduler.testing.network import MemoryNetwork, ReadableNetwork
from scheduler.testing.samples import NINE
from tests.integration.scene import HOUR, Open, Scene


def wait(scene: Scene, **parts: float) -> None:
    assert isinstance(scene.clock, FakeClock)
    scene.clock.pass_by(**parts)


def die_while_sending(scene: Scene) -> None:
    claimed = scene.claim()
    assert scene.store.deliveries.write(claimed, intent(claimed, now=scene.clock.now(), lease_seconds=120))


def test_a_claim_whose_worker_died_is_taken_up_after_its_lease(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    scene.plan()
    scene.claim()
    scene.tick()
    assert scene.get().state is State.CLAIMED
    wait(scene, minutes=2)
    scene.tick()
    wait(scene, minutes=1)
    scene.tick()

    assert scene.get().state is State.PUBLISHED
    assert scene.outcomes() == [Outcome.NOT_STARTED, Outcome.PUBLISHED]


def test_a_worker_that_starts_alone_waits_for_no_lease(open_scene: Open) -> None:
    scene = open_scene(ReadableNetwork())
    scene.plan()
    die_while_sending(scene)
    scene.caretaker.start()

    assert scene.get().state is State.SCHEDULED
    assert scene.outcomes() == [Outcome.UNKNOWN]


def test_a_delivery_that_kills_its_worker_twice_is_given_up_and_the_others_go_out(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    scene.plan(2, late=timedelta(seconds=5))
    for _ in range(2):
        scene.claim()
        scene.caretaker.start()
        scene.drain()
        wait(scene, minutes=2)

    assert scene.states() == {State.FAILED: 1, State.PUBLISHED: 1}
    assert "2 times" in scene.get().words


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.NO_ID])
@pytest.mark.parametrize("make", [ReadableNetwork, lambda **given: MemoryNetwork(exact=True, **given)])
def test_a_lost_answer_ends_in_exactly_one_post_where_one_can_look_or_repeat(
    open_scene: Open, fault: Fault, make: Callable[..., MemoryNetwork]
) -> None:
    network = make(faults=[fault])
    scene = open_scene(network)
    scene.plan()
    scene.drain()
    scene.drain()

    assert scene.get().state is State.PUBLISHED
    assert [post.code for post in network.record] == ["code001"]
    assert scene.outcomes() == [Outcome.UNKNOWN, Outcome.PUBLISHED]


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.DROP_AFTER])
def test_where_nobody_can_know_we_stop_and_ask(open_scene: Open, fault: Fault) -> None:
    network = MemoryNetwork(faults=[fault])
    scene = open_scene(network)
    scene.plan()
    scene.drain()
    sent = len(network.record)
    scene.drain()

    assert scene.get().state is State.HELD
    assert "quotidian resolve code001" in scene.get().words
    assert len(network.record) == sent


def test_nobody_looks_before_the_network_has_settled(open_scene: Open) -> None:
    scene = open_scene(ReadableNetwork(faults=[Fault.DROP_AFTER], settle_seconds=60))
    scene.plan()
    scene.drain()
    wait(scene, seconds=59)
    scene.drain()
    assert scene.get().state is State.UNKNOWN

    wait(scene, seconds=1)
    scene.drain()
    assert scene.get().state is State.PUBLISHED


def test_an_account_that_can_not_be_read_for_a_day_makes_us_ask(open_scene: Open) -> None:
    class Blinded(ReadableNetwork):
        def find(self, outgoing: Outgoing, since: object) -> Receipt | None:
            raise ConnectionResetError

    scene = open_scene(Blinded(faults=[Fault.DROP_AFTER]))
    scene.plan()
    scene.drain()
    wait(scene, hours=24)
    scene.drain()
    assert scene.get().state is State.UNKNOWN

    wait(scene, minutes=5)
    scene.drain()
    assert scene.get().state is State.HELD


def test_a_network_that_never_answers_clearly_is_not_tried_for_ever(open_scene: Open) -> None:
    network = ReadableNetwork(faults=[Fault.DROP_BEFORE] * 100)
    scene = open_scene(network)
    scene.plan()
    for _ in range(20):
        scene.tick()

    assert scene.get().state is State.HELD
    assert len(scene.outcomes()) == 6


def test_an_answer_that_came_too_late_still_settles_the_matter(open_scene: Open) -> None:
    def pause() -> None:
        scene.caretaker.recover([scene.get()])

    scene: Scene = open_scene(MemoryNetwork(during=pause))
    scene.plan()
    scene.courier.deliver_due()

    assert (scene.get().state, scene.get().url) == (State.PUBLISHED, "memory:0")


def test_an_unknown_delivery_whose_channel_is_gone_makes_us_ask(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork(faults=[Fault.DROP_AFTER]))
    scene.plan()
    scene.courier.deliver_due()
    replace(scene.caretaker, courier=replace(scene.courier, publishers={})).tidy()

    assert scene.get().state is State.HELD
    assert "not in the settings any more" in scene.get().words


def test_a_draft_makes_way_to_the_next_free_slot_with_a_notice(open_scene: Open) -> None:
    network = MemoryNetwork()
    scene = open_scene(network)
    scene.plan(2, approved=False)
    wait(scene, seconds=5)
    scene.drain()

    first, second = scene.store.deliveries.select()
    assert (first.due_at, second.due_at) == (NINE + HOUR + timedelta(seconds=5), first.due_at + HOUR)
    assert first.words == "Not approved in time for 2026-11-23 09:00; moved to 2026-11-23 10:00."
    assert [one.what for one in scene.store.journal.audit("delivery code001")] == [first.words]
    assert network.record == []


def test_a_draft_without_another_slot_is_held(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    scene.plan(approved=False)
    replace(scene.caretaker, next_free=lambda delivery, after: None).tidy()

    assert scene.get().state is State.HELD
    assert "no other slot is free" in scene.get().words


def test_the_delivery_of_a_held_post_does_not_wander_from_slot_to_slot(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    scene.plan()
    seen = scene.store.posts.get(1)
    scene.store.posts.write(seen, replace(seen, status=PostStatus.HELD), scene.store.journal.audit()[0])
    scene.drain()

    assert scene.get().state is State.HELD


def test_what_is_a_little_late_goes_out_at_once(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    scene.plan(5, late=timedelta(minutes=15))
    scene.drain()

    assert scene.states() == {State.PUBLISHED: 5}


def test_what_is_hours_late_catches_up_spread_out(open_scene: Open) -> None:
    network = MemoryNetwork()
    scene = open_scene(network)
    scene.plan(4, late=timedelta(hours=3))
    sent = []
    for _ in range(100):
        scene.drain()
        sent.append(len(network.record))
        wait(scene, minutes=1)

    assert [sent[0], sent[19], sent[20], sent[40], sent[59], sent[60]] == [1, 1, 2, 3, 3, 4]
    assert all(one.words == "" for one in scene.store.deliveries.select())


def test_catching_up_keeps_its_distance_from_what_is_planned(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    scene.plan(late=timedelta(hours=3))
    scene.plan(2, late=timedelta(minutes=-10))
    scene.drain()

    assert scene.get("code001").not_before == NINE + timedelta(minutes=30, seconds=1)


def test_what_is_a_day_late_is_held_with_one_notice(open_scene: Open) -> None:
    network = MemoryNetwork()
    scene = open_scene(network)
    scene.plan(late=timedelta(days=2))
    scene.drain()
    scene.drain()

    assert scene.get().state is State.HELD
    assert scene.outcomes() == [Outcome.TOO_LATE]
    assert scene.get().words.startswith("It was due at 2026-11-21 09:00, over 24 hours ago")
    assert network.record == []


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(hours=-1), timedelta(hours=1), timedelta(days=1)])
def test_a_clock_that_jumps_while_a_post_is_sent_doubles_nothing(open_scene: Open, jump: timedelta) -> None:
    def jumps() -> None:
        assert isinstance(scene.clock, FakeClock)
        scene.clock.jump(jump)
        scene.tick()

    network = ReadableNetwork(during=jumps)
    scene = open_scene(network)
    scene.plan()
    scene.drain()
    scene.drain()

    assert [post.code for post in network.record] == ["code001"]
