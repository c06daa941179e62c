"""quotidian service."""

from __future__ import annotations

import grp
import os
import pwd
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import Command, emit, opened, say
from scheduler.cli.unit import Wanted, name_of, unit
from scheduler.domain.errors import QuotidianError, WorkspaceUnusable
from scheduler.shipped import PACKAGE, shipped

if TYPE_CHECKING:
    from scheduler.bootstrap import App

UNITS = Path("/etc/systemd/system")
RUNS_SYSTEMD = Path("/run/systemd/system")
NEEDS_NO_NETWORK = frozenset({"folder"})


class CannotInstall(QuotidianError):
    """The unit can't be installed here."""

    hint = "`quotidian service install --print` writes it to standard output, for whoever may."


@click.group()
def service() -> None:
    """Run the worker from the start of the machine on."""


@service.command(cls=Command, example="quotidian service install --user quotidian --print")
@click.option("--user", metavar="NAME", default="", help="Who runs the worker; default: the workspace's owner.")
@click.option("to_stdout", "--print", is_flag=True, help="Write the unit to standard output and install nothing.")
def install(user: str, to_stdout: bool, workspace: str, as_json: bool) -> None:
    """Install a systemd unit for the worker of this workspace, and tell how to start it. Needs root.

    The unit can write to the workspace and nowhere else, and reaches the network only if a channel, a feed, notices
    or the dashboard need it.
    """
    with opened(workspace) as app:
        wanted = _wanted(app, user)
    name = name_of(wanted.workspace)
    text = unit(shipped("assets/service/quotidian.service").read_text("utf-8"), wanted)
    path = None if to_stdout else _install(UNITS / f"{name}.service", text, wanted)
    steps = [*_rights(wanted), "systemctl daemon-reload", f"systemctl enable --now {name}"]
    if as_json:
        emit({"unit": text, "path": str(path or ""), "next": steps})
    elif path is None:
        say(text, end="")
    else:
        say(f"{path} is written. Next:\n" + "\n".join(f"  {step}" for step in steps))
        say(f"`journalctl --unit {name} --follow` shows its log.")


def _wanted(app: App, user: str) -> Wanted:
    root = app.folders.root
    if not str(root).isprintable():
        raise WorkspaceUnusable("The workspace's path can't stand in a unit.", hint="Rename it.", path=str(root))
    user = user or pwd.getpwuid(root.stat().st_uid).pw_name
    if user == "root":
        hint = "Name another user with --user; `useradd --system --user-group quotidian` makes one."
        raise CannotInstall("The worker has no need of root's rights.", hint=hint, path=str(root))
    script = Path(sys.executable).with_name("quotidian")
    return Wanted(
        workspace=root,
        program=[str(script)] if script.exists() else [sys.executable, "-m", "scheduler"],
        writes=[root, *(path for path in _elsewhere(app) if not path.is_relative_to(root))],
        reads=[Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), PACKAGE.resolve()],
        user=user,
        group=_group(user),
        network=bool(app.settings.feeds or app.settings.dashboard or app.settings.notify.get_secret_value())
        or any(channel.network not in NEEDS_NO_NETWORK for channel in app.settings.channels.values()),
    )


def _elsewhere(app: App) -> list[Path]:
    database = app.settings.database_url.get_secret_value().removeprefix("sqlite:///")
    paths = [app.folders.posts, app.folders.var, *([Path(database).parent] if database else [])]
    return [path.resolve() for path in paths]


def _group(user: str) -> str:
    """A user that this machine doesn't know yet is taken to have a group of the same name."""
    try:
        return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
    except KeyError:
        return user


def _install(path: Path, text: str, wanted: Wanted) -> Path:
    if not RUNS_SYSTEMD.is_dir():
        raise CannotInstall("This machine doesn't run systemd.")
    if os.geteuid() != 0:
        raise CannotInstall("Only root can install a service.", hint=f"Type it with sudo. {CannotInstall.hint}")
    if wanted.user not in {known.pw_name for known in pwd.getpwall()}:
        hint = f"`useradd --system --user-group {wanted.user}` makes one."
        raise CannotInstall(f"This machine has no user '{wanted.user}'.", hint=hint)
    if path.exists() and f"WorkingDirectory={wanted.workspace}\n" not in path.read_text("utf-8"):
        raise CannotInstall("A unit of this name serves another workspace.", path=str(path))
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise CannotInstall(f"The unit can't be written: {error.strerror}.", path=str(path)) from None
    return path


def _rights(wanted: Wanted) -> list[str]:
    """What the owner has to give away, if the worker is somebody else."""
    owner = pwd.getpwuid(wanted.workspace.stat().st_uid).pw_name
    return [] if owner == wanted.user else [f"chown -R {wanted.user}:{wanted.group} {wanted.workspace}"]
