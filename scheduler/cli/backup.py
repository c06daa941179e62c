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
    from scheduler.usecases.restored import Caution

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
    backup is looked for on its network; what isn't found is held until you say whether it is there.
    """
    from scheduler.bootstrap.backup import WORKSPACE
    from scheduler.bootstrap.restore import restore as unpack
    from scheduler.domain.audit import AuditEntry
    from scheduler.usecases.restored import be_careful

    root = Path(workspace)
    found = unpack(file, root)
    with opened(workspace) as app:
        now, store = app.clock.now(), app.store
        what = f"restored it from a backup of {found.made_at:%Y-%m-%d %H:%M} UTC"
        store.remarks.add(AuditEntry(at=now, who=by, what=what, subject=WORKSPACE))
        caution = be_careful(
            made_at=found.made_at,
            channels=app.settings.channels,
            deliveries=store.deliveries,
            pauses=store.pauses,
            who=by,
            now=now,
        )
        if as_json:
            emit({"workspace": str(root.resolve()), "made_at": found.made_at, "files": found.files,
                  "secrets": found.secrets, "unknown": caution.unknown, "paused": caution.paused})  # fmt: skip
        else:
            _say_restored(found, caution, when=local(found.made_at, app))


def _say_restored(found: Restored, caution: Caution, *, when: str) -> None:
    say(f"Restored {found.files} files from the backup of {when}.")
    if caution.unknown:
        more = ", …" if len(caution.unknown) > MOST_TOLD else ""
        codes = f"{', '.join(caution.unknown[:MOST_TOLD])}{more}"
        say(f"{len(caution.unknown)} of which nobody knows whether they went out since: {codes}.")
    say("What was added after the backup isn't in it. All channels are paused; when no other worker runs with these")
    say("accounts: quotidian resume --all")
    if not found.secrets:
        say(NO_SECRETS)
