"""quotidian backup and restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import command, emit, opened, say
from scheduler.cli.localtime import local
from scheduler.cli.selecting import BY

if TYPE_CHECKING:
    from scheduler.bootstrap.backup import Backup
    from scheduler.bootstrap.restore import Restored

FILE = click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
MOST_TOLD = 10
NO_SECRETS = "Keys and passwords are not in it: put them in again with `quotidian channels login NAME`."


@command(example="quotidian backup clinic.zip")
@FILE
@click.option("--secrets", is_flag=True, help="With keys and passwords too; keep such a file as you keep those.")
@BY
def backup(file: Path, secrets: bool, by: str, workspace: str, as_json: bool) -> None:
    """Write the whole workspace into FILE, a ZIP archive, while the worker runs.

    It holds posts/, assets/, the cards, the folder channel's outbox, the database and settings.env without its secrets.
    An older backup of the same name is replaced; any other file stays.
    """
    from scheduler.bootstrap.backup import back_up

    with opened(workspace) as app:
        made = back_up(app, file, who=by, secrets=secrets)
    emit(made) if as_json else _say_made(made)
    if made.left_out:
        raise click.exceptions.Exit(1)


def _say_made(made: Backup) -> None:
    say(
        f"{made.path}: {made.files} files, {made.bytes / 1e6:,.1f} MB, {'with' if made.secrets else 'without'} secrets."
    )
    for line in made.left_out:
        say(f"Left out: {line}.", err=True)


@command(example="quotidian restore clinic.zip --workspace again")
@FILE
@BY
def restore(file: Path, by: str, workspace: str, as_json: bool) -> None:
    """Make a workspace of FILE again, in a directory without one.

    Nothing goes out at first: every channel is paused, as the other workspace may still run. What fell due since the
    backup is held and looked for on its network; of what isn't found you say whether it is there.
    """
    from scheduler.bootstrap.restore import restore as unpack

    found = unpack(file, Path(workspace), who=by)
    if as_json:
        emit(found)
        return
    with opened(workspace) as app:
        _say_restored(found, when=local(found.made_at, app))


def _say_restored(found: Restored, *, when: str) -> None:
    say(f"Restored {found.files} files from the backup of {when}.")
    if found.unknown:
        more = ", …" if len(found.unknown) > MOST_TOLD else ""
        codes = f"{', '.join(found.unknown[:MOST_TOLD])}{more}"
        say(f"{len(found.unknown)} of which nobody knows whether they went out since: {codes}.")
    say("What was added after the backup isn't in it. All channels are paused; when no other worker runs with these")
    say("accounts: quotidian resume --all")
    if not found.secrets:
        say(NO_SECRETS)
