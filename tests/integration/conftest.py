"""Fixtures of the integration tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.ports import Publisher
from tests.blank import blank_database, quick_databases
from tests.integration.desk import SLEEP, WALKS, WATER, Desk
from tests.integration.scene import Open, Scene
from tests.warm import warm_children

__all__ = ["blank_database", "quick_databases", "warm_children"]


@pytest.fixture
def open_scene(tmp_path: Path) -> Iterator[Open]:
    scenes: list[Scene] = []

    def make(publisher: Publisher) -> Scene:
        scenes.append(Scene.make(tmp_path, publisher))
        return scenes[-1]

    yield make
    for scene in scenes:
        scene.store.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """With an article of three sentences, each an approved post."""
    made = Desk.make(tmp_path)
    made.queue(WALKS, SLEEP, WATER)
    made.approve()
    yield made
    made.scene.store.close()
