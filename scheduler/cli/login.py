"""quotidian channels login: asks for the keys of an account, tries them, and keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler import envfile, plugins
from scheduler.cli.common import Command, emit, opened, say
from scheduler.domain.errors import NotSent, SettingsUnusable
from scheduler.settings import FILE, Settings, load
from scheduler.usecases.pause import try_anew

if TYPE_CHECKING:
    from scheduler.bootstrap import App


@click.command(cls=Command, example="quotidian channels login folder")
@click.argument("network", metavar="NETWORK")
@click.option(
    "--channel", metavar="NAME", help="Its name in the settings; default: the network's only channel, or NETWORK."
)
def login(network: str, channel: str | None, workspace: str, as_json: bool) -> None:
    """Ask for the keys of an account on NETWORK, try them, and write them into settings.env.

    What you type is not shown. Keys that don't let us in are written only if you say so. Afterwards nobody but the
    file's owner can read it.
    """
    with opened(workspace) as app:
        name = (channel or _name(network, app.settings)).lower()
        wanted = plugins.wanted_options(network)
        if not wanted:
            _tell(network, name, who="", written=[], as_json=as_json)
            return
        known = _known(app.settings, name, network)
        options = known | {key: _asked(words, known.get(key, "")) for key, words in wanted.items()}
        who = _let_in(app, network, name, options, as_json=as_json)
        lines = _lines(app.settings, name, network, options)
        envfile.put(app.folders.root / FILE, lines, prove=partial(_prove, name=name, options=options))
        try_anew({name}, pauses=app.store.pauses, now=app.clock.now())
    _tell(network, name, who=who, written=list(lines), as_json=as_json)


def _name(network: str, settings: Settings) -> str:
    named = [name for name, channel in settings.channels.items() if channel.network == network]
    return named[0] if len(named) == 1 else network


def _known(settings: Settings, name: str, network: str) -> dict[str, str]:
    """The options that the settings hold already. Raises SettingsUnusable for a channel of another network."""
    channel = settings.channels.get(name)
    if channel is None:
        return {}
    if channel.network != network:
        words = f"The channel '{name}' is one of {channel.network}."
        setting = f"CHANNELS__{name.upper()}__NETWORK"
        raise SettingsUnusable(words, hint="Choose another name with --channel.", setting=setting)
    return {key: value.get_secret_value() for key, value in channel.options.items()}


def _asked(words: str, known: str) -> str:
    keep = " (Enter keeps the present one)" if known else ""
    answer: str = click.prompt(
        f"{words}{keep}", hide_input=True, err=True, default=known or None, show_default=False, value_proc=_one_line
    )
    return answer


def _one_line(answer: str) -> str:
    if not answer.strip().isprintable() or not answer.strip():
        raise click.BadParameter("A key is one line of letters, digits and signs.")
    return answer.strip()


def _let_in(app: App, network: str, name: str, options: Mapping[str, str], *, as_json: bool) -> str:
    """Who we are there, in words; empty where a person wants keys that don't let us in."""
    try:
        return app.channels.open_account(network, name, options).verify()
    except NotSent as error:
        say(f"{network} doesn't let us in: {error.message}\n  Hint: {error.hint}", err=True)
        if as_json or not click.confirm("Write the keys all the same?", err=True):
            raise
    return ""


def _lines(settings: Settings, name: str, network: str, options: Mapping[str, str]) -> dict[str, str]:
    """Channels that are there only by default are named too: a first line about channels would end them."""
    named = {} if "channels" in settings.model_fields_set else {n: c.network for n, c in settings.channels.items()}
    networks = {f"CHANNELS__{n.upper()}__NETWORK": network for n, network in (named | {name: network}).items()}
    return networks | {f"CHANNELS__{name.upper()}__OPTIONS__{key.upper()}": value for key, value in options.items()}


def _prove(new: Path, *, name: str, options: Mapping[str, str]) -> None:
    found = load(new.parent, new.name).channels.get(name)
    if not found or {key: value.get_secret_value() for key, value in found.options.items()} != options:
        hint = "Does a variable QUOTIDIAN_CHANNELS__… of the environment say something else? Is there ${ in a key?"
        raise SettingsUnusable("The keys would not be read as you typed them.", hint=hint, path=FILE)


def _tell(network: str, name: str, *, who: str, written: list[str], as_json: bool) -> None:
    if as_json:
        emit({"channel": name, "network": network, "who": who, "written": written})
    elif not written:
        say(f"{network} wants no keys: there is nothing to log in to.")
    else:
        say(f"Channel {name}: {who or 'written, but it does not let us in'}.")
        say(f"{len(written)} lines of {FILE} are set. A worker or a dashboard that runs knows them within seconds.")
