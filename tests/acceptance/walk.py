"""A marketer at the keyboard: a workspace in a new directory, driven by the real command line."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from scheduler.cli.group import quotidian

EVERY_SECOND = "BOOKING__MAIN=https://book.example.com/visit\nBOOKING__NORTHGATE=https://book.example.com/northgate\n"
EVERY_SECOND += "CHANNELS__FOLDER__SLOTS=every 1 second\nPOSTS_PER_ARTICLE=5\n"
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace and what can be typed into it."""

    root: Path

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(quotidian, [*words, "--workspace", str(self.root)])

    def json(self, *words: str) -> Any:
        result = self.run(*words, "--json")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return json.loads(result.stdout)

    def drop(self, name: str, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        (self.root / "posts" / "articles" / name).write_bytes(data)

    @property
    def outbox(self) -> Path:
        return self.root / "var" / "outbox" / "folder"

    def sent(self) -> list[dict[str, Any]]:
        return [json.loads(path.read_text("utf-8")) for path in sorted(self.outbox.glob("*/post.json"))]

    def drain_until(self, published: int) -> None:
        """Slots a second apart pass while we wait; a worker that never gets there fails the test."""
        end = time.monotonic() + PATIENCE_SECONDS
        while len(self.sent()) < published:
            assert time.monotonic() < end, f"only {len(self.sent())} of {published} were published"
            assert self.run("worker", "--drain").exit_code == 0

    def attempts(self, count: int) -> list[dict[str, Any]]:
        """The log, once it has so many entries."""
        end = time.monotonic() + PATIENCE_SECONDS
        while len(log := self.json("log")) < count:
            assert time.monotonic() < end, f"the log has only {len(log)} of {count} entries"
            self.run("worker", "--drain")
        return list(log)


def make_workspace(root: Path, settings: str = EVERY_SECOND) -> Workspace:
    assert CliRunner().invoke(quotidian, ["init", str(root)]).exit_code == 0
    (root / "settings.env").write_text(settings, "utf-8")
    return Workspace(root)
