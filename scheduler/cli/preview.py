"""quotidian preview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import command, count, emit, opened, say
from scheduler.domain.errors import WorkspaceUnusable

if TYPE_CHECKING:
    from scheduler.bootstrap import App


@command(example="quotidian preview --out coming.html")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Default: preview.html in the var folder.",
)
def preview(out: Path | None, workspace: str, as_json: bool) -> None:
    """Write one self-contained HTML file with every coming post as it will look, up to the next 500."""
    with opened(workspace) as app:
        path, shown, more = write_preview(app, out)
    if as_json:
        emit({"path": str(path), "posts": shown})
    else:
        say(f"{count(shown, 'coming post')}{f'; {more:,} more are left out' if more else ''}: {path}")


def write_preview(app: App, out: Path | None = None) -> tuple[Path, int, int]:
    """The file's path, how many deliveries it shows, and how many it leaves out.

    Raises WorkspaceUnusable when it can't be written.
    """
    from scheduler.web.preview import MOST, Look, write

    path = (out or app.folders.var / "preview.html").resolve()
    now = app.clock.now()
    found = app.deciding.selector.coming(now, most=MOST)
    look = Look(zone=app.settings.time_zone, now=now, find=app.folders.card, length=app.channels.length_in_words)
    try:
        write(path, found, look)
    except OSError as error:
        raise WorkspaceUnusable(
            f"The preview can't be written: {error.strerror}.", hint="Name another file with --out.", path=str(path)
        ) from None
    return path, len(found.deliveries), found.more
