"""Every command has an example in the reference, and each is typed here in a workspace that suits it."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from click.testing import CliRunner

from scheduler import bootstrap
from scheduler.cli import COMMANDS
from scheduler.cli.group import quotidian
from scheduler.cli.reference import leaves
from scheduler.domain.delivery import State
from scheduler.testing.clock import FakeClock
from tests.house.pages import DOCS, block

EXAMPLES = {name: command.example for one in COMMANDS for name, command in leaves(one)}
LONG = {"selftest": pytest.mark.long}
STATES = {1: State.HELD, 3: State.SCHEDULED, 4: State.FAILED, 5: State.UNKNOWN}
"""Of the post's delivery: what its examples need."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tutorial's workspace with its article queued, one delivery in each state of STATES."""
    root = tmp_path_factory.mktemp("reference") / "clinic"
    clock = FakeClock(datetime.now(UTC))  # noqa: TID251 - files are as old as they are
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "SystemClock", lambda: clock)
        run("init", str(root))
        for info in ("ini settings.env", "markdown posts/articles/sleep.md"):
            (root / info.split()[1]).write_text(block(DOCS / "tutorial.md", info), "utf-8")
        run("queue", "--workspace", str(root))
        app = bootstrap.open_app(root)
        for delivery in app.store.deliveries.select():
            state = STATES[delivery.post_id]
            sent_at = clock.now() if state is State.UNKNOWN else None
            app.store.deliveries.write(delivery, replace(delivery, state=state, sent_at=sent_at))
        app.close()
        yield root


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(quotidian, list(words))
    return done.exit_code, done.output


@pytest.mark.parametrize("name", [pytest.param(name, marks=LONG.get(name, ())) for name in EXAMPLES])
def test_the_example_of_a_command_runs(name: str, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(model, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: [socket.close() for socket in sockets])
    monkeypatch.setenv("QUOTIDIAN_DASHBOARD", "127.0.0.1:0")
    if name == "restore":
        run("backup", "clinic.zip")
    program, *words = shlex.split(EXAMPLES[name])
    assert [program, *words][: 1 + len(name.split())] == ["quotidian", *name.split()], "its example names the command"
    exit_code, output = run(*words)
    assert exit_code == EXPECTED.get(name, 0), output


EXPECTED = {"plan": 1}
"""The tutorial's article has a blocked sentence, so that its plan leaves one out."""
