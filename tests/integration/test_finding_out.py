"""Finding out: what nobody knows is looked for, also after a person was asked; what is silent is told of."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from scheduler.domain.channel import Outgoing, Receipt
from scheduler.domain.delivery import Outcome, State
from scheduler.domain.errors import Refused, TryAgain
from scheduler.domain.transitions import intent
from scheduler.testing.clock import FakeClock
from scheduler.testing.faults import Fault
from scheduler.testing.network import MemoryNetwork, Moment, ReadableNetwork
from scheduler.testing.samples import NINE
from tests.integration.scene import HOUR, Open, Scene


def wait(scene: Scene, **parts: float) -> None:
    assert isinstance(scene.clock, FakeClock)
    scene.clock.pass_by(**parts)


def die_while_sending(scene: Scene) -> None:
    claimed = scene.claim()
    sending = intent(claimed, now=scene.clock.now(), lease_seconds=120, mark=scene.clock.mark())
    assert scene.store.deliveries.write(claimed, sending)


def test_a_worker_that_starts_beside_another_one_waits_for_its_lease(open_scene: Open) -> None:
    scene = open_scene(ReadableNetwork())
    scene.plan()
    die_while_sending(scene)
    scene.caretaker.start(alone=False)
    assert scene.get().state is State.SENDING

    wait(scene, minutes=2)
    scene.caretaker.start(alone=False)
    assert scene.get().state is State.SCHEDULED


def test_of_a_boot_that_is_gone_no_lease_is_waited_for(open_scene: Open) -> None:
    scene = open_scene(ReadableNetwork(settle_seconds=60))
    scene.plan()
    die_while_sending(scene)
    assert isinstance(scene.clock, FakeClock)
    scene.clock.restart("second boot")
    scene.clock.jump(timedelta(days=1))
    scene.caretaker.tidy()
    assert scene.get().state is State.UNKNOWN

    wait(scene, seconds=60)
    scene.caretaker.reconcile()
    assert scene.get().state is State.SCHEDULED


def test_what_a_person_was_asked_about_is_still_looked_for(open_scene: Open) -> None:
    class Shy(ReadableNetwork):
        def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
            looks.append(1)
            if len(looks) == 1:
                raise Refused("Not today.")
            return super().find(outgoing, since)

    looks: list[int] = []
    scene = open_scene(Shy(faults=[Fault.DROP_AFTER]))
    scene.plan()
    scene.drain()
    assert scene.get().state is State.HELD
    scene.caretaker.tidy()

    assert (scene.get().state, len(looks)) == (State.PUBLISHED, 2)
    assert scene.outcomes() == [Outcome.UNKNOWN, Outcome.PUBLISHED]


def test_an_answer_that_comes_when_a_person_was_asked_settles_the_matter(open_scene: Open) -> None:
    def sleep() -> None:
        wait(scene, minutes=3)
        scene.caretaker.tidy()
        assert scene.get().state is State.HELD

    scene: Scene = open_scene(MemoryNetwork(at=lambda moment: sleep() if moment is Moment.ACCEPTED else None))
    scene.plan()
    scene.courier.deliver_due()
    scene.caretaker.tidy()

    assert (scene.get().state, scene.get().url) == (State.PUBLISHED, f"memory:{scene.get().remote_id}")


def test_the_rarer_one_is_looked_for_the_longer_it_is_unknown(open_scene: Open) -> None:
    class Blinded(ReadableNetwork):
        def find(self, outgoing: Outgoing, since: object) -> Receipt | None:
            looks.append(scene.clock.now())
            raise ConnectionResetError

    looks: list[datetime] = []
    scene: Scene = open_scene(Blinded(faults=[Fault.DROP_AFTER]))
    scene.plan()
    for _ in range(2 * 60):
        scene.tick()
        wait(scene, seconds=30)
    gaps = [later - earlier for earlier, later in pairwise(looks)]

    assert gaps == sorted(gaps)
    assert gaps[-1] == timedelta(minutes=5)


def test_a_network_that_names_a_time_is_not_asked_before(open_scene: Open) -> None:
    class Limited(ReadableNetwork):
        def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
            looks.append(1)
            if len(looks) == 1:
                raise TryAgain("Later.", at=NINE + HOUR)
            return super().find(outgoing, since)

    looks: list[int] = []
    scene = open_scene(Limited(faults=[Fault.DROP_AFTER]))
    scene.plan()
    scene.drain()
    wait(scene, minutes=59)
    scene.tick()
    assert (scene.get().state, len(looks)) == (State.UNKNOWN, 1)

    wait(scene, minutes=1)
    scene.tick()
    assert scene.get().state is State.PUBLISHED


def test_what_is_due_without_an_outcome_is_told_once(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork())
    scene.plan(late=timedelta(minutes=16))
    caretaker = scene.caretaker
    caretaker.alarm()
    caretaker.alarm()

    alarms = [record for record in scene.records if record.startswith("alarm")]
    assert len(alarms) == 1
    assert "code001" in alarms[0]


def test_what_has_a_reason_to_wait_is_no_alarm(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork(faults=[Fault.DROP_AFTER], settle_seconds=3600))
    scene.plan()
    scene.courier.deliver_due()
    wait(scene, minutes=30)
    scene.plan(late=timedelta(minutes=20))
    scene.put(scene.get("code002"), not_before=scene.clock.now() + HOUR)
    scene.caretaker.alarm()

    assert [record for record in scene.records if record.startswith("alarm")] == []
