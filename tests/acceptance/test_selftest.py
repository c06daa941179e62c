"""The crash test as a command: its numbers, and its exit code where the promise is broken."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner

from scheduler.bootstrap import jumping, trial
from scheduler.cli.selftest import selftest
from scheduler.testing import fakedtime
from scheduler.testing.plan import Plan

NUMBERS = {"deliveries", "accepted", "published", "held", "lost", "duplicated", "falsely_published"}
QUESTIONS = {"kills", "workers", "seed", "seconds"}


def numbers(*options: str, code: int = 0) -> dict[str, Any]:
    done = CliRunner().invoke(selftest, ["--json", *options], standalone_mode=True)
    assert done.exit_code == code, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_prints_its_numbers_as_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jumping, "try_jumps", lambda _: None)
    found = numbers("--kill", "--deliveries", "20", "--seed", "3")

    assert found.keys() >= NUMBERS | QUESTIONS
    assert (found["deliveries"], found["seed"], found["workers"]) == (20, 3, 1)
    assert found["lost"] == found["duplicated"] == found["falsely_published"] == 0
    assert sum(found["kills_by_step"].values()) == found["kills"] > 0


@pytest.mark.long
@pytest.mark.skipif(not fakedtime.environment(), reason="libfaketime is not installed")
def test_clocks_that_jump_by_hours_and_days_double_nothing() -> None:
    found = numbers("--kill", "--deliveries", "20", "--workers", "2")["clocks"]

    assert found["jumps"] > 0
    assert found["lost"] == found["duplicated"] == found["falsely_published"] == 0


def test_a_broken_promise_is_an_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = trial.run(Plan(deliveries=1, seed=1))
    broken = replace(honest, total=replace(honest.total, duplicated=1))
    monkeypatch.setattr(trial, "run", lambda plan, told: broken)
    monkeypatch.setattr(jumping, "try_jumps", lambda _: None)

    assert numbers(code=1)["duplicated"] == 1
