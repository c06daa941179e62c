"""A channel from elsewhere: named in the settings, opened with its options, which nobody ever sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler import plugins
from scheduler.channels.folder import Folder
from scheduler.domain.channel import Account
from tests.acceptance.walk import Workspace

SETTINGS = """\
CHANNELS__NEWS__NETWORK=elsewhere
CHANNELS__NEWS__SLOTS=every 1 second
CHANNELS__NEWS__OPTIONS__TOKEN=hunter2
"""
ARTICLE = "Necks\n\nA body likes change more than it likes rules, at any desk and at any age.\n"
opened: list[Account] = []


def open_elsewhere(account: Account) -> Folder:
    opened.append(account)
    return Folder(Path(account.folder))


@pytest.fixture
def elsewhere(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setitem(plugins.CHANNELS, "elsewhere", "tests.acceptance.test_installed_channel:open_elsewhere")
    (workspace.root / "settings.env").write_text(SETTINGS, "utf-8")
    return workspace


def test_its_name_in_the_settings_is_enough_to_publish_there(elsewhere: Workspace) -> None:
    elsewhere.drop("necks.txt", ARTICLE)
    elsewhere.run("queue")
    elsewhere.run("approve", "--all", "--confirm")
    (attempt,) = elsewhere.attempts(1)
    assert (attempt["channel"], attempt["outcome"]) == ("news", "published")
    assert opened[-1].options == {"token": "hunter2"}


@pytest.mark.parametrize("words", [("doctor",), ("queue",), ("list",), ("plan", "--json"), ("worker", "--once")])
def test_its_options_are_never_printed_nor_kept(elsewhere: Workspace, words: tuple[str, ...]) -> None:
    elsewhere.drop("necks.txt", ARTICLE)
    result = elsewhere.run(*words)
    assert "hunter2" not in f"{result.output}{opened[-1:]}"
    assert b"hunter2" not in b"".join(path.read_bytes() for path in elsewhere.root.glob("var/*") if path.is_file())


def test_a_network_that_is_not_installed_is_refused_with_those_that_are(workspace: Workspace) -> None:
    (workspace.root / "settings.env").write_text("CHANNELS__NEWS__NETWORK=orkut\n", "utf-8")
    result = workspace.run("queue")
    assert result.exit_code == 3
    assert "'orkut' is not a network that this program knows." in result.stderr
    assert "CHANNELS__NEWS__NETWORK" in result.stderr
    assert "These are installed: folder, x." in result.stderr


def test_a_folder_with_options_is_refused(workspace: Workspace) -> None:
    (workspace.root / "settings.env").write_text("CHANNELS__A__OPTIONS__TOKEN=hunter2\n", "utf-8")
    result = workspace.run("queue")
    assert result.exit_code == 3
    assert "A folder takes no options." in result.stderr
    assert "hunter2" not in result.output
