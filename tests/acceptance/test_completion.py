"""The tab key: commands and options are completed, at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.cli import COMMANDS
from tests.acceptance.walk import Workspace

ASK = """
import sys
from pathlib import Path
from scheduler.cli import main
try:
    main()
finally:
    print([name for name in sys.modules if name.startswith("scheduler.cli.")])
"""


def completed(words: str) -> tuple[list[str], str]:
    """What bash is offered after these words, and which files of the command line were loaded for it."""
    asked = {"_QUOTIDIAN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    command = [sys.executable, "-c", ASK]
    done = subprocess.run(command, env=os.environ | asked, capture_output=True, text=True, check=True)
    *offers, loaded = done.stdout.splitlines()
    return [offer.partition(",")[2] for offer in offers], loaded


def test_every_command_is_offered_without_loading_one() -> None:
    offers, loaded = completed("quotidian ")
    assert offers == list(COMMANDS)
    assert loaded == "['scheduler.cli.group']"


@pytest.mark.parametrize(
    ("words", "offers"),
    [
        ("quotidian appr", ["approve"]),
        ("quotidian channels l", ["list", "login"]),
        ("quotidian log --st", ["--status"]),
        ("quotidian log --status t", ["try-again", "too-late"]),
    ],
)
def test_the_tab_key_completes_commands_options_and_choices(words: str, offers: list[str]) -> None:
    assert completed(words)[0] == offers


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script_that_asks_us(workspace: Workspace, shell: str) -> None:
    script = workspace.run("completion", shell).stdout
    assert f"_QUOTIDIAN_COMPLETE={shell}_complete" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_an_unknown_shell_is_refused_with_those_that_are_known(workspace: Workspace) -> None:
    result = workspace.run("completion", "tcsh")
    assert result.exit_code == 2
    assert "'bash', 'zsh', 'fish'" in result.stderr


@pytest.mark.long
def test_the_tab_key_offers_what_the_workspace_has(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.drop("necks.txt", "Necks\n\nA body likes change more than it likes rules, at any desk and at any age.\n")
    workspace.run("queue")
    (post,) = workspace.json("list")
    code = post["deliveries"][0]["code"]
    monkeypatch.chdir(workspace.root)
    assert completed("quotidian hold ")[0][:2] == ["1", code]
    assert completed(f"quotidian why {code[:3]}")[0] == [code]
    assert completed("quotidian hold --channel ")[0] == ["folder"]
    assert "three-month-drip" in completed("quotidian hold --campaign three")[0]
    assert completed("quotidian pause f")[0] == ["folder"]


def test_where_there_is_no_workspace_the_tab_key_offers_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert not any(completed("quotidian hold ")[0])
    assert list(tmp_path.iterdir()) == []
