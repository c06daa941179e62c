"""kill -9 at every step and at random instants: nothing lost, nothing doubled, nothing falsely called published."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CRASH = Path(__file__).with_name("crash.py")
EVERY_CODE = [f"code{number:03}" for number in range(1, 101)]


def crash(folder: Path, network: str, *, seed: int, kills: int) -> dict[str, Any]:
    command = [sys.executable, str(CRASH), str(folder), network, str(seed), str(kills)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("network", ["folder", "readable"])
def test_every_delivery_of_a_worker_that_is_killed_again_and_again_is_published_exactly_once(
    tmp_path: Path, network: str
) -> None:
    found = crash(tmp_path, network, seed=20, kills=30)

    assert found["kills"] >= 20
    assert found["posts"] == found["published"] == EVERY_CODE
    assert found["left"] == []


def test_where_nobody_can_look_a_kill_costs_at_most_one_question_and_never_a_second_post(tmp_path: Path) -> None:
    found = crash(tmp_path, "blind", seed=21, kills=30)

    assert len(found["posts"]) == len(set(found["posts"]))
    assert sorted([*found["published"], *found["held"]]) == EVERY_CODE
    assert set(found["published"]) <= set(found["posts"]) <= {*found["published"], *found["held"]}
    assert 0 < len(found["held"]) <= found["kills"]
