"""quotidian channels: the accounts of this workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scheduler import plugins
from scheduler.cli.common import Command, emit, opened, table
from scheduler.cli.doctor import show
from scheduler.cli.login import login
from scheduler.cli.pause import said
from scheduler.domain.channel import Capabilities
from scheduler.domain.errors import NotFound, QuotidianError
from scheduler.usecases import preflight
from scheduler.usecases.preflight import Verdict

if TYPE_CHECKING:
    from scheduler.bootstrap import App

COLUMNS = ["channel", "network", "slots", "state", "keys", "takes"]


@click.group()
def channels() -> None:
    """Accounts: which there are, whether they let us in, and their keys."""


channels.add_command(login)


@channels.command(name="list", cls=Command, example="quotidian channels list")
def list_(workspace: str, as_json: bool) -> None:
    """Every channel of the settings: network, slots, whether it is paused, its keys, and what it takes.

    Asks nobody: `channels test` does.
    """
    with opened(workspace) as app:
        found = [_described(app, name) for name in app.settings.channels]
        rows = [_row(each, app) for each in found]
    if as_json:
        emit(found)
    else:
        table(COLUMNS, rows, empty="")


@channels.command(name="test", cls=Command, example="quotidian channels test folder")
@click.argument("names", metavar="[CHANNEL…]", nargs=-1)
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...], workspace: str, as_json: bool) -> None:
    """Ask each channel (or the CHANNELS named) who we are there; nothing is published.

    Exit code 1 when one doesn't let us in.
    """
    with opened(workspace) as app:
        for name in names:
            _must_be_known(name, app)
        found = [each for name in names or app.settings.channels for each in _asked(app, name)]
    if as_json:
        emit(found)
    else:
        show(found)
    ctx.exit(1 if any(each.verdict is Verdict.BAD for each in found) else 0)


def _must_be_known(name: str, app: App) -> None:
    known = app.settings.channels
    if name not in known:
        raise NotFound(f"The settings name no channel '{name}'.", hint=f"They name {', '.join(known)}.")


def _asked(app: App, name: str) -> list[preflight.Diagnosis]:
    return preflight.told(f"channel {name}", lambda: preflight.channels({name: app.channels.publisher(name)}))


def _described(app: App, name: str) -> dict[str, Any]:
    channel, pause = app.settings.channels[name], app.store.pauses.all().get(name)
    takes: Capabilities | None = None
    error = ""
    missing: list[str] = []
    try:
        missing = [option for option in plugins.wanted_options(channel.network) if option not in channel.options]
        takes = app.channels.publisher(name).capabilities()
    except QuotidianError as refusal:
        error = refusal.message
    return {
        "channel": name,
        "network": channel.network,
        "slots": channel.slots,
        "paused": pause,
        "keys": list(channel.options),
        "missing": missing,
        "takes": takes,
        "error": error,
    }


def _row(channel: dict[str, Any], app: App) -> list[str]:
    pause, missing, takes = channel["paused"], channel["missing"], channel["takes"]
    state = said(pause, app) if pause else "goes out"
    keys = f"missing: {', '.join(missing)}" if missing else str(len(channel["keys"]) or "none")
    words = _takes(takes) if takes else channel["error"]
    return [channel["channel"], channel["network"], channel["slots"], state, keys, words]


def _takes(takes: Capabilities) -> str:
    pictures = f"{', '.join(takes.picture_formats)} up to {takes.picture_bytes / 1_000_000:g} MB"
    counted = "" if takes.measure == "characters" else f" {takes.measure.value}"
    return f"{takes.text_limit}{counted} characters; {pictures}; alt text {takes.alt_text_limit}"
