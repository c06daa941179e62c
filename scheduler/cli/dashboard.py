"""quotidian dashboard."""

from __future__ import annotations

import click

from scheduler.cli.common import command, opened, say, who

DEFAULT = "127.0.0.1:8470"


@command(example="quotidian dashboard")
@click.option("--at", "address", default="", metavar="ADDRESS:PORT", help="Where to listen; default: DASHBOARD.")
@click.option("--set-password", is_flag=True, help="Ask for a password, and print the setting that keeps it.")
def dashboard(workspace: str, as_json: bool, address: str, set_password: bool) -> None:
    """Show what is coming, what went out and why, in the browser."""
    from scheduler.web.dashboard.server import listening, server
    from scheduler.web.dashboard.signin import hashed

    if set_password:
        words = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        click.echo(f"DASHBOARD_PASSWORD='{hashed(words)}'")
        return
    with opened(workspace) as app:
        host, _, port = (address or app.settings.dashboard or DEFAULT).rpartition(":")
        made, sock = server(app, host=host, port=int(port), host_user=who()), listening(host, int(port))
        say(f"The dashboard is at http://{host}:{sock.getsockname()[1]}/ (Ctrl+C ends it).")
        made.run(sockets=[sock])
