"""quotidian dashboard."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import command, emit, emit_line, opened, say, who
from scheduler.domain.errors import SettingsUnusable

if TYPE_CHECKING:
    from scheduler.bootstrap import App

DEFAULT = "127.0.0.1:8470"
KEY = "DASHBOARD_PASSWORD"


@command(example="quotidian dashboard")
@click.option("--at", "address", metavar="ADDRESS:PORT", help=f"Where to listen; default: DASHBOARD, or {DEFAULT}.")
@click.option("--set-password", is_flag=True, help="Ask for a password and keep its hash in settings.env.")
def dashboard(workspace: str, as_json: bool, address: str | None, set_password: bool) -> None:
    """Show what is coming, what went out and why, in the browser.

    Serves the dashboard until Ctrl+C; with DASHBOARD in the settings the worker serves it too. Without a password it
    listens on this machine alone. Who has signed in stays so for a week, or until the password is set anew.
    """
    with opened(workspace) as app:
        if set_password:
            _set_password(app, as_json=as_json)
        else:
            _serve(app, *_address(address or app.settings.dashboard or DEFAULT), as_json=as_json)


def _address(words: str) -> tuple[str, int]:
    host, _, port = words.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise click.BadParameter("write an address and a port, such as 127.0.0.1:8470", param_hint="--at")
    return host, int(port)


def _serve(app: App, host: str, port: int, *, as_json: bool) -> None:
    from scheduler.bootstrap.renewal import Renewal
    from scheduler.web.dashboard.server import listening, must_be_locked, server

    renewal = Renewal(app=app, check=partial(must_be_locked, host=host))
    made, sock = server(renewal, host=host, port=port, host_user=who()), listening(host, port)
    address = f"http://{host}:{sock.getsockname()[1]}/"
    if as_json:
        emit_line({"address": address})
    else:
        say(f"The dashboard is at {address} (Ctrl+C ends it).")
    made.run(sockets=[sock])


def _set_password(app: App, *, as_json: bool) -> None:
    from scheduler import envfile
    from scheduler.settings import FILE
    from scheduler.web.dashboard.signin import hashed

    kept = hashed(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    envfile.put(app.folders.root / FILE, {KEY: kept}, prove=partial(_prove, kept=kept))
    app.store.sessions.end_all()
    if as_json:
        emit({"written": [KEY]})
    else:
        say(f"{KEY} is set in {FILE}. What runs asks for it within seconds.")


def _prove(new: Path, *, kept: str) -> None:
    from scheduler.settings import FILE, load

    if load(new.parent, new.name).dashboard_password.get_secret_value() != kept:
        hint = f"Does the variable QUOTIDIAN_{KEY} of the environment say something else?"
        raise SettingsUnusable("The password would not be read as you typed it.", hint=hint, path=FILE)
