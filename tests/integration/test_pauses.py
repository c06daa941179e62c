"""A paused channel sends nothing and keeps its deliveries; what fell due meanwhile never comes in a burst."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.domain.delivery import Outcome, State
from scheduler.domain.errors import NotFound, TimeUnusable
from scheduler.domain.pause import Pause
from scheduler.domain.post import PostStatus
from scheduler.store import open_store
from scheduler.testing.clock import FakeClock
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE
from scheduler.usecases.pause import lift, pause, resume
from tests.integration.scene import Scene, entry

CHANNELS = ("account", "other")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene.make(tmp_path, MemoryNetwork())
    yield made
    made.store.close()


def stop(scene: Scene, channel: str = "account") -> bool:
    return pause(channel, channels=CHANNELS, pauses=scene.store.pauses, who="Ann", now=scene.clock.now())


def go(scene: Scene, channel: str = "account") -> bool:
    return resume(channel, channels=CHANNELS, pauses=scene.store.pauses, who="Bo", now=scene.clock.now())


def wait(scene: Scene, **parts: float) -> None:
    assert isinstance(scene.clock, FakeClock)
    scene.clock.pass_by(**parts)


def sent(scene: Scene) -> int:
    assert isinstance(scene.publisher, MemoryNetwork)
    return len(scene.publisher.record)


def test_nothing_goes_out_on_a_paused_channel_and_everything_keeps_its_time(scene: Scene) -> None:
    before = scene.plan(3, late=timedelta(seconds=5))
    stop(scene)
    scene.drain()
    assert (scene.store.deliveries.select(), sent(scene)) == (before, 0)
    assert scene.store.due.next_at() is None
    assert scene.store.due.waiting(now=NINE) == []


def test_another_channel_goes_on(scene: Scene) -> None:
    scene.plan(late=timedelta(seconds=5))
    stop(scene, "other")
    scene.drain()
    assert scene.states() == {State.PUBLISHED: 1}


def test_a_pause_from_elsewhere_stops_a_worker_between_two_deliveries(tmp_path: Path) -> None:
    def stop_elsewhere() -> None:
        other = open_store(f"sqlite:///{tmp_path / 'test.db'}")
        other.pauses.add(Pause(channel="account", by="Ann", since=NINE), entry("paused it"))
        other.close()

    scene = Scene.make(tmp_path, MemoryNetwork(during=stop_elsewhere))
    scene.plan(3, late=timedelta(seconds=5))
    assert scene.courier.deliver_due() == 1
    assert scene.states() == {State.PUBLISHED: 1, State.SCHEDULED: 2}
    scene.store.close()


def test_what_falls_due_in_a_pause_is_neither_held_nor_shuffled_however_long_it_lasts(scene: Scene) -> None:
    before = scene.plan(2, late=timedelta(seconds=5)) + scene.plan(approved=False)
    stop(scene)
    for _ in range(10):
        wait(scene, hours=7)
        scene.drain()
    assert scene.store.deliveries.select() == before
    assert scene.outcomes() == []


def test_after_a_short_pause_what_is_late_is_spread_out(scene: Scene) -> None:
    scene.plan(3, late=timedelta(seconds=5))
    stop(scene)
    wait(scene, hours=3)
    go(scene)
    counts = []
    for _ in range(60):
        scene.drain()
        counts.append(sent(scene))
        wait(scene, minutes=1)
    assert [counts[0], counts[19], counts[20], counts[39], counts[40]] == [1, 1, 2, 2, 3]


def test_after_a_long_pause_what_is_over_a_day_late_is_held_with_a_notice(scene: Scene) -> None:
    scene.plan(late=timedelta(seconds=5))
    stop(scene)
    wait(scene, days=2)
    go(scene)
    scene.drain()
    assert (scene.states(), sent(scene)) == ({State.HELD: 1}, 0)
    assert scene.outcomes() == [Outcome.TOO_LATE]
    assert "over 24 hours ago" in scene.get().words


def test_a_draft_that_fell_due_in_a_pause_makes_way_only_afterwards(scene: Scene) -> None:
    (draft,) = scene.plan(approved=False)
    stop(scene)
    wait(scene, minutes=5)
    scene.drain()
    assert scene.get() == draft
    go(scene)
    scene.drain()
    assert scene.get().words.startswith("Not approved in time")


def test_a_held_post_on_a_paused_channel_stays_where_it_is(scene: Scene) -> None:
    (planned,) = scene.plan()
    seen = scene.store.posts.get(1)
    scene.store.posts.write(seen, replace(seen, status=PostStatus.HELD), entry("held"))
    stop(scene)
    scene.drain()
    assert scene.get() == planned


def test_the_first_pause_stands_and_both_ends_are_in_the_audit_log(scene: Scene) -> None:
    assert stop(scene)
    wait(scene, hours=1)
    assert not stop(scene)
    assert scene.store.pauses.all() == {"account": Pause(channel="account", by="Ann", since=NINE)}
    assert go(scene)
    assert not go(scene)
    told = [(one.who, one.what) for one in scene.store.journal.audit("channel account")]
    assert told == [("Ann", "paused it"), ("Bo", "resumed it")]


def test_an_unknown_channel_is_refused_with_those_there_are(scene: Scene) -> None:
    for act in (stop, go):
        with pytest.raises(NotFound, match="no channel 'orkut'") as refused:
            act(scene, "orkut")
        assert refused.value.hint == "There are account, other."


def test_a_channel_that_left_the_settings_can_still_be_resumed(scene: Scene) -> None:
    stop(scene)
    assert resume("account", channels=("other",), pauses=scene.store.pauses, who="Bo", now=NINE)
    assert scene.store.pauses.all() == {}


def test_a_pause_until_a_time_ends_by_itself_and_the_audit_log_says_so(scene: Scene) -> None:
    (planned,) = scene.plan(late=timedelta(seconds=5))
    until = NINE + timedelta(minutes=10)
    pausing = {"channels": CHANNELS, "pauses": scene.store.pauses, "who": "Ann"}
    assert pause("account", **pausing, now=NINE, until=until, why="A  walk")  # type: ignore[arg-type]
    wait(scene, minutes=9)
    scene.drain()
    assert scene.get() == planned
    wait(scene, minutes=1)
    scene.drain()
    assert scene.states() == {State.PUBLISHED: 1}
    told = [(one.who, one.what) for one in scene.store.journal.audit("channel account")]
    words = "paused it until 2026-11-23 09:10 UTC: A walk"
    assert told == [("Ann", words), ("worker", "resumed it: its time came")]


def test_a_campaign_is_paused_and_lifted_beside_its_channels(scene: Scene) -> None:
    pausing = {"channels": CHANNELS, "campaigns": ("spring",), "pauses": scene.store.pauses, "who": "Ann", "now": NINE}
    assert pause("spring", **pausing, until=NINE + timedelta(hours=1))  # type: ignore[arg-type]
    assert not pause("spring", **pausing)  # type: ignore[arg-type]
    assert (list(scene.store.pauses.campaigns()), dict(scene.store.pauses.all())) == (["spring"], {})
    assert lift(pauses=scene.store.pauses, now=NINE + timedelta(minutes=59)) == []
    assert lift(pauses=scene.store.pauses, now=NINE + timedelta(hours=1)) == ["spring"]
    assert not resume("spring", **pausing)  # type: ignore[arg-type]


def test_a_pause_can_not_end_before_it_begins(scene: Scene) -> None:
    with pytest.raises(TimeUnusable, match="has passed"):
        pause("account", channels=CHANNELS, pauses=scene.store.pauses, who="Ann", now=NINE, until=NINE)
    assert scene.store.pauses.all() == {}
