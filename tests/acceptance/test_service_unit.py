"""quotidian service install: a unit that systemd takes, with this workspace's paths and no bar too many."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.cli import service as service_command
from scheduler.cli.unit import Wanted, name_of, unit
from scheduler.shipped import shipped
from tests.acceptance.walk import Workspace

TEMPLATE = shipped("assets/service/quotidian.service").read_text("utf-8")
SOMEBODY = "nobody"


def wanted(workspace: str = "/srv/clinic", *, network: bool = False, program: str = "/opt/q/bin/quotidian") -> Wanted:
    return Wanted(
        workspace=Path(workspace),
        program=[program],
        writes=[Path(workspace), Path("/srv/var")],
        reads=[Path("/opt/q")],
        user="ann",
        group="clinic",
        network=network,
    )


def lines_of(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))


def test_the_unit_bears_the_paths_and_the_user_of_its_workspace() -> None:
    lines = lines_of(unit(TEMPLATE, wanted()))
    assert (lines["User"], lines["Group"]) == ("ann", "clinic")
    assert lines["WorkingDirectory"] == "/srv/clinic"
    assert lines["ExecStart"] == "/opt/q/bin/quotidian worker --workspace /srv/clinic"
    assert lines["ReadWritePaths"] == "/srv/clinic /srv/var"
    assert "StateDirectory" not in lines


@pytest.mark.parametrize(
    ("workspace", "network", "missing"),
    [
        ("/srv/clinic", False, set()),
        ("/srv/clinic", True, {"PrivateNetwork=yes", "IPAddressDeny=any"}),
        ("/home/ann/clinic", False, {"ProtectHome=yes"}),
        ("/tmp/clinic", False, {"PrivateTmp=yes"}),
    ],
)
def test_only_the_bars_that_the_workspace_could_not_live_behind_are_taken_away(
    workspace: str, network: bool, missing: set[str]
) -> None:
    bars = {"PrivateNetwork=yes", "IPAddressDeny=any", "ProtectHome=yes", "PrivateTmp=yes", "ProtectSystem=strict"}
    assert bars - set(unit(TEMPLATE, wanted(workspace, network=network)).splitlines()) == missing


def test_a_path_with_signs_that_systemd_reads_is_taken_as_it_is() -> None:
    lines = lines_of(unit(TEMPLATE, wanted('/srv/50% "off" $x')))
    assert lines["WorkingDirectory"] == '/srv/50%% "off" $x'
    assert lines["ExecStart"].endswith('--workspace "/srv/50%% \\"off\\" $$x"')
    assert lines["ReadWritePaths"].startswith('"/srv/50%% \\"off\\" $x" ')


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/var/lib/quotidian", "quotidian"),
        ("/srv/clinic", "quotidian-clinic"),
        ("/srv/Linden Clinic", "quotidian-linden-clinic"),
        ("/srv/诊所", "quotidian"),
    ],
)
def test_each_workspace_has_a_unit_of_its_own_name(path: str, name: str) -> None:
    assert name_of(Path(path)) == name


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_takes_the_unit(workspace: Workspace) -> None:
    result = workspace.run("service", "install", "--print", "--user", SOMEBODY)
    file = workspace.root / "quotidian.service"
    file.write_text(result.stdout, "utf-8")
    checked = subprocess.run(["systemd-analyze", "verify", file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    program = lines_of(result.stdout)["ExecStart"].split()[0]
    assert Path(program).is_relative_to(Path(sys.executable).parent)


@pytest.fixture
def machine(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that runs systemd, with root at the keyboard; its folder of units."""
    units = workspace.root.parent / "units"
    units.mkdir()
    monkeypatch.setattr(service_command, "UNITS", units)
    monkeypatch.setattr(service_command, "RUNS_SYSTEMD", units)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return units


def test_install_writes_the_unit_and_tells_what_comes_next(workspace: Workspace, machine: Path) -> None:
    result = workspace.run("service", "install", "--user", SOMEBODY)
    assert result.exit_code == 0
    assert f"WorkingDirectory={workspace.root}\n" in (machine / "quotidian-clinic.service").read_text("utf-8")
    assert "systemctl enable --now quotidian-clinic" in result.stdout
    assert (f"chown -R {SOMEBODY}:" in result.stdout) == (getpass.getuser() != SOMEBODY)
    assert workspace.run("service", "install", "--user", SOMEBODY).exit_code == 0


def test_a_unit_of_another_workspace_is_never_written_over(workspace: Workspace, machine: Path) -> None:
    other = machine / "quotidian-clinic.service"
    other.write_text("WorkingDirectory=/srv/clinic\n", "utf-8")
    result = workspace.run("service", "install", "--user", SOMEBODY)
    assert result.exit_code == 1
    assert "A unit of this name serves another workspace." in result.stderr
    assert other.read_text("utf-8") == "WorkingDirectory=/srv/clinic\n"


def test_a_user_that_is_not_there_or_is_root_is_refused_with_a_way_out(workspace: Workspace, machine: Path) -> None:
    absent = workspace.run("service", "install", "--user", "no-such-user")
    assert "This machine has no user 'no-such-user'." in absent.stderr
    assert "useradd" in absent.stderr
    assert "The worker has no need of root's rights." in workspace.run("service", "install", "--user", "root").stderr
    assert list(machine.iterdir()) == []


def test_without_systemd_or_root_it_says_so_and_names_the_way_out(
    workspace: Workspace, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "Only root can install a service." in workspace.run("service", "install", "--user", SOMEBODY).stderr
    monkeypatch.setattr(service_command, "RUNS_SYSTEMD", machine / "none")
    result = workspace.run("service", "install", "--user", SOMEBODY)
    assert result.exit_code == 1
    assert "This machine doesn't run systemd." in result.stderr
    assert "quotidian service install --print" in result.stderr


@pytest.mark.parametrize(
    "setting",
    [
        "CHANNELS__NEWS__NETWORK=x",
        "FEEDS=https://clinic.example/feed",
        "NOTIFY=json://a.example",
        "DASHBOARD=127.0.0.1:8470",
    ],
)
def test_whatever_needs_the_network_lets_the_worker_out(workspace: Workspace, setting: str) -> None:
    (workspace.root / "settings.env").write_text(f"{setting}\n", "utf-8")
    printed = workspace.run("service", "install", "--print", "--user", SOMEBODY).stdout
    assert "PrivateNetwork" not in printed
