"""Senders side by side: in order where there is one, never too many, and nothing begun that can't be finished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event, Lock

import pytest

from scheduler.dispatch.senders import Threads
from scheduler.domain.channel import Prepared, Receipt
from scheduler.domain.delivery import Outcome, State
from scheduler.domain.errors import AccountRefused, DatabaseUnusable, TryAgain
from scheduler.domain.pause import Pause
from scheduler.ports import Publisher
from scheduler.store import open_store
from scheduler.testing.clock import FakeClock
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.usecases.publish import Courier
from tests.integration.scene import Open, Scene, entry

PATIENCE_SECONDS = 20.0


class Counting(MemoryNetwork):
    """Knows how many requests were under way at most; `during` runs in each, with its code."""

    def __init__(self, during: Callable[[str], None] = lambda code: None) -> None:
        super().__init__()
        self.most = self.now = 0
        self._each, self._lock = during, Lock()

    def publish(self, prepared: Prepared) -> Receipt:
        """Counts in and out."""
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            self._each(prepared.outgoing.code)
            with self._lock:
                return super().publish(prepared)
        finally:
            with self._lock:
                self.now -= 1


def side_by_side(scene: Scene, senders: int = 1, **publishers: Publisher) -> Courier:
    """The worker's engine with threads."""
    return replace(
        scene.courier,
        crew=Threads(),
        senders={"account": senders},
        publishers={"account": scene.publisher, **publishers},
    )


def codes(network: MemoryNetwork) -> list[str]:
    return [taken.code for taken in network.record]


def test_one_sender_keeps_the_order_and_sends_one_after_the_other(open_scene: Open) -> None:
    network = Counting()
    scene = open_scene(network)
    planned = scene.plan(40, late=timedelta(minutes=1))

    assert side_by_side(scene).deliver_due() == 40
    assert codes(network) == [one.code for one in planned]
    assert network.most == 1


def test_several_senders_are_on_their_way_at_once_and_never_more(open_scene: Open) -> None:
    full = Event()

    def wait_for_the_others(code: str) -> None:
        if network.now == 4:
            full.set()
        assert full.wait(PATIENCE_SECONDS)

    network = Counting(wait_for_the_others)
    scene = open_scene(network)
    scene.plan(30, late=timedelta(minutes=1))

    assert side_by_side(scene, senders=4).deliver_due() == 30
    assert network.most == 4
    assert scene.states() == {State.PUBLISHED: 30}


def test_a_slow_account_holds_up_no_other_one(open_scene: Open) -> None:
    others_are_out = Event()
    slow = Counting(lambda code: expect(others_are_out.wait(PATIENCE_SECONDS)))
    quick = Counting(lambda code: others_are_out.set() if code == "quick19" else None)
    scene = open_scene(slow)
    scene.plan(late=timedelta(minutes=1))
    due = [
        delivery(code=f"quick{number:02}", channel="second", due_at=NINE - timedelta(seconds=60 - number), post_id=1)
        for number in range(20)
    ]
    scene.store.deliveries.add(due, entry())

    assert side_by_side(scene, second=quick).deliver_due() == 21
    assert len(quick.record) == 20


def expect(holds: bool) -> None:
    assert holds


def test_each_intent_is_on_disk_before_its_request_leaves_also_when_it_rides_with_another_outcome(
    tmp_path: Path,
) -> None:
    seen: list[tuple[State, int]] = []

    def look(code: str) -> None:
        other = open_store(f"sqlite:///{tmp_path / 'test.db'}")
        out = other.deliveries.select(states={State.PUBLISHED})
        seen.append((other.deliveries.get(code).state, len(out)))
        other.close()

    scene = Scene.make(tmp_path, Counting(look))
    scene.plan(12, late=timedelta(minutes=1))
    side_by_side(scene).deliver_due()
    scene.store.close()

    assert seen == [(State.SENDING, number) for number in range(12)]


@pytest.mark.parametrize("senders", [1, 4])
def test_an_account_that_is_refused_pauses_and_what_was_claimed_goes_back_unharmed(
    open_scene: Open, senders: int
) -> None:
    def refuse(code: str) -> None:
        raise AccountRefused("The account is locked.", hint="Log in there.")

    scene = open_scene(Counting(refuse))
    scene.plan(20, late=timedelta(minutes=1))
    side_by_side(scene, senders=senders).deliver_due()

    assert scene.states() == {State.SCHEDULED: 20}
    assert {(one.attempt, one.crashes) for one in scene.store.deliveries.select()} == {(0, 0)}
    assert scene.store.pauses.all()["account"].why == "The account is locked."
    assert len(scene.store.journal.attempts()) <= senders
    assert side_by_side(scene).deliver_due() == 0


def test_a_network_that_asks_for_time_gets_it_from_all_senders_and_sees_no_burst_afterwards(open_scene: Open) -> None:
    until = NINE + timedelta(hours=1)

    def limit(code: str) -> None:
        raise TryAgain("Too many requests.", at=until)

    scene = open_scene(Counting(limit))
    scene.plan(10, late=timedelta(minutes=1))
    side_by_side(scene, senders=3).deliver_due()

    waits = sorted(one.not_before or NINE for one in scene.store.deliveries.select())
    gaps = {later - earlier for earlier, later in pairwise(waits)}
    assert waits[0] >= until
    assert min(gaps) >= timedelta(minutes=20)
    assert scene.states() == {State.SCHEDULED: 10}


def test_what_catches_up_later_keeps_its_time_when_the_network_asks_for_time(open_scene: Open) -> None:
    until, tomorrow = NINE + timedelta(hours=1), NINE + timedelta(days=1)

    def limit(code: str) -> None:
        raise TryAgain("Too many requests.", at=until)

    scene = open_scene(Counting(limit))
    scene.plan(4, late=timedelta(minutes=1))
    scene.put(scene.get("code004"), not_before=tomorrow)
    side_by_side(scene).deliver_due()

    waits = [scene.get(f"code00{number}").not_before for number in range(1, 5)]
    assert waits[3] == tomorrow
    assert all(until <= wait < tomorrow for wait in waits[:3] if wait)


def test_a_pause_holds_at_once_also_for_what_was_claimed_before_it(open_scene: Open) -> None:
    network = Counting(lambda code: pause() if code == "code003" else None)
    scene = open_scene(network)

    def pause() -> None:
        scene.store.pauses.add(Pause(channel="account", by="Ann", since=NINE), entry("paused it"))

    scene.plan(8, late=timedelta(minutes=1))
    side_by_side(scene).deliver_due()

    assert codes(network) == ["code001", "code002", "code003"]
    assert scene.states() == {State.PUBLISHED: 3, State.SCHEDULED: 5}
    assert {one.attempt for one in scene.store.deliveries.select(states={State.SCHEDULED})} == {0}


def test_what_waited_half_its_lease_for_its_turn_is_claimed_anew_before_it_is_sent(open_scene: Open) -> None:
    clock = FakeClock()
    network = Counting(lambda code: expect(clock.pass_by(seconds=40) > NINE))
    scene = open_scene(network)
    scene.clock = clock
    scene.plan(6, late=timedelta(minutes=1))
    side_by_side(scene).deliver_due()

    assert scene.states() == {State.PUBLISHED: 6}
    assert max(one.fence for one in scene.store.deliveries.select()) > 1
    assert len(set(codes(network))) == len(network.record) == 6


def test_an_outcome_that_the_database_did_not_take_is_kept_and_stored_before_anything_else(
    open_scene: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise DatabaseUnusable("locked")

    def lock(code: str) -> None:
        if code == "code002":
            monkeypatch.setattr(scene.store.writes, "write", locked)

    network = Counting(lock)
    scene = open_scene(network)
    scene.plan(5, late=timedelta(minutes=1))
    courier = side_by_side(scene)
    with pytest.raises(DatabaseUnusable):
        courier.deliver_due()
    assert codes(network) == ["code001", "code002"]
    monkeypatch.undo()

    assert courier.deliver_due() == 3
    assert codes(network) == [f"code{number:03}" for number in range(1, 6)]
    assert scene.states() == {State.PUBLISHED: 5}
    assert scene.outcomes("code002") == [Outcome.PUBLISHED]
    assert courier.unsaved == []


def test_a_stop_lets_what_is_being_sent_finish_and_gives_the_rest_back(open_scene: Open) -> None:
    stopping = Event()
    network = Counting(lambda code: stopping.set() if code == "code002" else None)
    scene = open_scene(network)
    scene.plan(12, late=timedelta(minutes=1))

    assert side_by_side(scene).deliver_due(stop=stopping.is_set) == 2
    assert scene.states() == {State.PUBLISHED: 2, State.SCHEDULED: 10}
    assert {one.attempt for one in scene.store.deliveries.select(states={State.SCHEDULED})} == {0}


def test_what_falls_due_while_others_are_being_sent_waits_for_none_of_them(open_scene: Open) -> None:
    there = Event()
    quick = Counting(lambda code: there.set())
    scene = open_scene(Counting(lambda code: late_one()))
    scene.store.library.add(article("Another"), [post()], entry())

    def late_one() -> None:
        due = delivery(code="second1", channel="second", due_at=NINE, post_id=1)
        scene.store.deliveries.add([due], entry())
        assert there.wait(PATIENCE_SECONDS)

    scene.plan(late=timedelta(minutes=1))
    assert side_by_side(scene, second=quick).deliver_due() == 2
