"""quotidian init."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from scheduler.cli.common import command, emit, say
from scheduler.domain.errors import WorkspaceUnusable
from scheduler.settings import FILE
from scheduler.shipped import shipped

OWNER_ONLY = 0o600
"""Settings hold the secrets of accounts."""
NEXT = (
    "Put your booking address and time zone into settings.env.",
    "Drop an article (.md, .txt, .html or .docx) into posts/articles/.",
    "quotidian queue, then quotidian dashboard; or quotidian preview, for one file to look at.",
)


@command(example="quotidian init clinic")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), required=False)
def init(directory: Path | None, workspace: str, as_json: bool) -> None:
    """Make a workspace in DIRECTORY (default: here); what is there already stays as it is.

    It consists of settings.env, posts/, assets/brand, assets/templates, assets/rules and
    assets/campaigns.
    """
    root = directory or Path(workspace)
    made = make_workspace(root)
    if as_json:
        emit({"workspace": str(root.resolve()), "made": made})
        return
    say(f"Made {', '.join(made)}." if made else "Everything is here already.")
    steps = NEXT if root == Path() else (f"cd {root}", *NEXT)
    say("Next:\n" + "\n".join(f"  {number}. {step}" for number, step in enumerate(steps, start=1)))


def make_workspace(root: Path) -> list[str]:
    """Puts in place what is missing; the names of what was made. Raises WorkspaceUnusable."""
    try:
        for folder in ("articles", "queue"):
            (root / "posts" / folder).mkdir(parents=True, exist_ok=True)
        return [name for name, source in _parts().items() if _put(source, root / name)]
    except OSError as error:
        raise WorkspaceUnusable(
            f"The workspace can't be made: {error.strerror}.", hint="Choose another directory.", path=str(root)
        ) from None


def _parts() -> dict[str, Path]:
    return {
        FILE: shipped("settings.env.example"),
        "posts/README.md": shipped("posts/README.md"),
        "assets/brand": shipped("assets/brand"),
        "assets/templates": shipped("assets/templates"),
        "assets/rules": shipped("assets/rules"),
        "assets/campaigns": shipped("assets/campaigns"),
    }


def _put(source: Path, target: Path) -> bool:
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)
        if target.name == FILE:
            target.chmod(OWNER_ONLY)
    return True
