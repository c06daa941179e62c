"""Delivering: one request for each post, and the right next state whatever the network does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.domain.channel import Outgoing, Prepared, Receipt
from scheduler.domain.delivery import Outcome, State
from scheduler.domain.errors import DatabaseUnusable, TryAgain
from scheduler.testing.clock import FakeClock
from scheduler.testing.faults import Fault
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE
from tests.integration.scene import Open


def test_what_is_due_goes_out_once_and_says_where_it_is(open_scene: Open) -> None:
    network = MemoryNetwork()
    scene = open_scene(network)
    scene.plan(3, late=timedelta(minutes=1))

    assert scene.courier.deliver_due() == 3
    assert [post.code for post in network.record] == ["code001", "code002", "code003"]
    assert (scene.get().state, scene.get().remote_id, scene.get().url) == (State.PUBLISHED, "0", "memory:0")
    assert scene.outcomes() == [Outcome.PUBLISHED]
    assert scene.courier.deliver_due() == 0


def test_what_is_not_due_stays(open_scene: Open) -> None:
    network = MemoryNetwork()
    scene = open_scene(network)
    scene.plan(late=timedelta(minutes=-1))

    assert scene.courier.deliver_due() == 0
    assert network.record == []


@pytest.mark.parametrize(
    ("fault", "state", "outcome", "taken"),
    [
        (Fault.REFUSE, State.FAILED, Outcome.REFUSED, 0),
        (Fault.BUSY, State.SCHEDULED, Outcome.TRY_AGAIN, 0),
        (Fault.LIMITED, State.SCHEDULED, Outcome.TRY_AGAIN, 0),
        (Fault.DROP_BEFORE, State.UNKNOWN, Outcome.UNKNOWN, 0),
        (Fault.DROP_AFTER, State.UNKNOWN, Outcome.UNKNOWN, 1),
        (Fault.NO_ID, State.UNKNOWN, Outcome.UNKNOWN, 1),
    ],
)
def test_each_fault_leads_to_its_state(
    open_scene: Open, fault: Fault, state: State, outcome: Outcome, taken: int
) -> None:
    network = MemoryNetwork(faults=[fault], limited_until=NINE + timedelta(hours=2))
    scene = open_scene(network)
    scene.plan()
    scene.courier.deliver_due()

    assert scene.get().state is state
    assert scene.outcomes() == [outcome]
    assert len(network.record) == taken


def test_the_intent_is_on_disk_before_the_request_leaves(open_scene: Open) -> None:
    seen: list[State] = []
    scene = open_scene(MemoryNetwork(during=lambda: seen.append(scene.get().state)))
    scene.plan()
    scene.courier.deliver_due()

    assert seen == [State.SENDING]


def test_a_refusal_for_now_is_tried_again_later_with_the_same_key(open_scene: Open) -> None:
    network = MemoryNetwork(faults=[Fault.BUSY])
    scene = open_scene(network)
    scene.plan()
    scene.drain()
    key = scene.get().key
    assert isinstance(scene.clock, FakeClock)
    scene.clock.pass_by(minutes=1)
    scene.drain()

    assert scene.outcomes() == [Outcome.TRY_AGAIN, Outcome.PUBLISHED]
    assert [post.key for post in network.record] == [key]


def test_a_network_that_asks_for_a_pause_is_left_alone_and_not_flooded_afterwards(open_scene: Open) -> None:
    until = NINE + timedelta(hours=2)
    network = MemoryNetwork(faults=[Fault.LIMITED], limited_until=until)
    scene = open_scene(network)
    scene.plan(3, late=timedelta(seconds=10))
    scene.drain()

    waits = [one.not_before for one in scene.store.deliveries.select()]
    assert waits == [until, until + timedelta(minutes=20), until + timedelta(minutes=40)]
    assert len(scene.store.journal.attempts()) == 1
    assert scene.get().attempt == 0


def test_nothing_is_sent_when_writing_the_intent_took_half_the_lease(open_scene: Open) -> None:
    class SlowDisk(FakeClock):
        def monotonic(self) -> float:
            self.pass_by(seconds=61)
            return super().monotonic()

    network = MemoryNetwork()
    scene = open_scene(network)
    scene.plan()
    scene.clock = SlowDisk()
    scene.courier.deliver_due()

    assert network.record == []
    assert scene.get().state is State.UNKNOWN


def test_a_worker_that_lost_its_lease_while_preparing_sends_nothing(open_scene: Open) -> None:
    class Slow(MemoryNetwork):
        def prepare(self, outgoing: Outgoing) -> Prepared:
            mine = scene.get()
            scene.put(mine, state=State.SCHEDULED, lease_until=None, not_before=NINE + timedelta(hours=1))
            return super().prepare(outgoing)

    network = Slow()
    scene = open_scene(network)
    scene.plan()

    scene.courier.deliver_due()
    assert network.record == []
    assert scene.get().state is State.SCHEDULED


def test_a_receipt_counts_also_when_the_lease_was_lost(open_scene: Open) -> None:
    network = MemoryNetwork(during=lambda: scene.caretaker.start())
    scene = open_scene(network)
    scene.plan()
    scene.courier.deliver_due()
    scene.drain()

    assert (scene.get().state, scene.get().url) == (State.PUBLISHED, "memory:0")
    assert Outcome.PUBLISHED in scene.outcomes()
    assert len(network.record) == 1


def test_a_refusal_after_the_lease_was_lost_goes_to_the_log_only(open_scene: Open) -> None:
    network = MemoryNetwork(faults=[Fault.REFUSE], during=lambda: scene.caretaker.start())
    scene = open_scene(network)
    scene.plan()
    scene.courier.deliver_due()

    assert scene.get().state is State.HELD
    assert Outcome.REFUSED in scene.outcomes()


def test_a_stop_before_the_intent_gives_the_claim_back(open_scene: Open) -> None:
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    network = MemoryNetwork()
    scene = open_scene(network)
    scene.plan()

    assert scene.courier.deliver_due(stop=stop) == 0
    assert network.record == []
    assert (scene.get().state, scene.get().attempt, scene.get().crashes) == (State.SCHEDULED, 0, 0)
    assert scene.courier.deliver_due(stop=lambda: True) == 0


def test_a_channel_that_the_settings_dropped_fails_with_words_and_can_be_retried(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    scene.plan()
    replace(scene.courier, publishers={}).deliver_due()

    assert scene.get().state is State.FAILED
    assert scene.get().words == "There is no channel 'account' in the settings."


@pytest.mark.parametrize(
    ("error", "state"), [(TryAgain("Upload refused."), State.SCHEDULED), (MemoryError(), State.SCHEDULED)]
)
def test_a_failure_while_preparing_proves_that_nothing_went_out(
    open_scene: Open, error: Exception, state: State
) -> None:
    class NoUpload(MemoryNetwork):
        def prepare(self, outgoing: Outgoing) -> Prepared:
            raise error

    network = NoUpload()
    scene = open_scene(network)
    scene.plan()
    scene.courier.deliver_due()

    assert scene.get().state is state
    assert network.record == []


def test_an_answer_that_is_no_receipt_is_unknown(open_scene: Open) -> None:
    class Mumbles(MemoryNetwork):
        def publish(self, prepared: Prepared) -> Receipt:
            return None  # type: ignore[return-value]

    scene = open_scene(Mumbles())
    scene.plan()
    scene.courier.deliver_due()

    assert scene.get().state is State.UNKNOWN
    assert "AttributeError" in scene.get().words


def test_without_a_database_nothing_is_sent(open_scene: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> bool:
        raise DatabaseUnusable("locked")

    network = MemoryNetwork()
    scene = open_scene(network)
    scene.plan()
    courier = scene.courier
    monkeypatch.setattr(courier.writes, "write", locked)

    with pytest.raises(DatabaseUnusable):
        courier.deliver_due()
    assert network.record == []


def test_one_record_tells_of_each_try(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork(faults=[Fault.DROP_AFTER]))
    scene.plan()
    scene.courier.deliver_due()

    assert len(scene.records) == 1
    assert "'code': 'code001'" in scene.records[0]
    assert "dropped after accepting" in scene.records[0]
