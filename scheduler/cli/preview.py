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
    """Write one self-contained HTML file with every coming post as it will look."""
    with opened(workspace) as app:
        path, coming = write_preview(app, out)
    if as_json:
        emit({"path": str(path), "posts": coming})
    else:
        say(f"{count(coming, 'coming post')}: {path}")


def write_preview(app: App, out: Path | None = None) -> tuple[Path, int]:
    """The file's path and how many deliveries it shows. Raises WorkspaceUnusable when it can't be written."""
    from scheduler.usecases import review
    from scheduler.web.preview import coming, render

    path = (out or app.folders.var / "preview.html").resolve()
    found = review.entries(app.store.posts, app.store.deliveries, app.store.library)
    page = render(found, zone=app.settings.time_zone, now=app.clock.now(), length=app.channels.length_in_words)
    try:
        path.write_text(page, "utf-8")
    except OSError as error:
        raise WorkspaceUnusable(
            f"The preview can't be written: {error.strerror}.", hint="Name another file with --out.", path=str(path)
        ) from None
    return path, len(coming(found))
