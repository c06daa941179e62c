"""A zone's rules change while posts wait: each still goes out when the clock on the wall shows what was promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, reset_tzpath

import pytest

from scheduler.domain.slots import at_wall
from scheduler.domain.transitions import hold
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import article, delivery, post
from scheduler.usecases.retime import retime
from tests.integration.scene import Open, Scene, entry

ZONE = "Test/Town"
Become = Callable[[str], None]


@pytest.fixture
def become(tmp_path: Path) -> Iterator[Become]:
    """Lets the clocks of a town run as those of another zone from now on."""
    (tmp_path / "Test").mkdir()

    def so(zone: str) -> None:
        (tmp_path / ZONE).write_bytes((files("tzdata") / "zoneinfo" / zone).read_bytes())
        ZoneInfo.clear_cache()

    reset_tzpath([str(tmp_path)])
    yield so
    reset_tzpath()
    ZoneInfo.clear_cache()


def promise(scene: Scene, *walls: str) -> None:
    """One delivery a wall time, code001 first."""
    scene.store.library.add(article(), [post()] * len(walls), entry())
    for number, wall in enumerate(walls, start=1):
        time = at_wall(wall, ZONE)
        planned = delivery(code=f"code{number:03}", post_id=number, due_at=time.due_at)
        scene.store.deliveries.add([replace(planned, wall_time=wall, zone=ZONE)], entry())


def retimed(scene: Scene) -> list[tuple[str, str]]:
    """What stands in the table after the worker has started with new rules: wall times and UTC."""
    retime(
        promises=scene.store.calendar,
        calendar=scene.store.calendar,
        deliveries=scene.store.deliveries,
        who="worker",
        log=scene._log,
        now=scene.clock.now(),
    )
    return [(one.wall_time[5:], f"{one.due_at:%m-%dT%H:%M}") for one in scene.store.deliveries.select()]


def test_new_rules_move_the_instant_and_the_log_says_so(open_scene: Open, become: Become) -> None:
    become("Europe/Madrid")
    scene = open_scene(MemoryNetwork())
    promise(scene, "2026-12-01T08:30", "2027-07-01T08:30")
    become("Africa/Tunis")  # as Madrid, but without summer time
    assert retimed(scene) == [("12-01T08:30", "12-01T07:30"), ("07-01T08:30", "07-01T07:30")]
    words = "The rules of Test/Town changed: 2027-07-01 08:30 is 2027-07-01 07:30 UTC, no longer 2027-07-01 06:30 UTC."
    assert len(scene.records) == 1
    assert words in scene.records[0]
    assert [one.what for one in scene.store.journal.audit("delivery code002")] == [words]


@pytest.mark.parametrize(("zone", "hour"), [("Europe/London", "09"), ("Europe/Athens", "07")])
def test_hourly_posts_that_all_move_by_an_hour_make_way_for_each_other(
    open_scene: Open, become: Become, zone: str, hour: str
) -> None:
    become("Europe/Madrid")
    scene = open_scene(MemoryNetwork())
    promise(scene, "2026-12-01T09:00", "2026-12-01T10:00", "2026-12-01T11:00")
    become(zone)
    found = retimed(scene)
    assert [wall for wall, _ in found] == ["12-01T09:00", "12-01T10:00", "12-01T11:00"]
    assert found[0][1] == f"12-01T{hour}:00"
    assert retimed(scene) == found
    assert len(scene.records) == 3


def test_a_post_that_would_meet_another_goes_out_a_minute_later_and_stays_there(
    open_scene: Open, become: Become
) -> None:
    become("Africa/Tunis")
    scene = open_scene(MemoryNetwork())
    promise(scene, "2027-03-28T02:30", "2027-03-28T03:30")
    become("Europe/Madrid")  # 02:30 is skipped, so it is shifted to 03:30
    found = retimed(scene)
    assert sorted(due for _, due in found) == ["03-28T01:30", "03-28T01:31"]
    assert retimed(scene) == found


def test_what_is_held_keeps_its_place_and_is_not_met(open_scene: Open, become: Become) -> None:
    become("Europe/Madrid")
    scene = open_scene(MemoryNetwork())
    promise(scene, "2026-12-01T08:00", "2026-12-01T09:00")
    scene.store.deliveries.write(scene.get(), hold(scene.get(), "Held."))
    become("Europe/Athens")
    assert [due for _, due in retimed(scene)] == ["12-01T07:00", "12-01T07:01"]
