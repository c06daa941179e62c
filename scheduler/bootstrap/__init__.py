"""The composition root: the only place where settings, adapters and use cases meet."""

from __future__ import annotations

from pathlib import Path

from scheduler.bootstrap.app import App
from scheduler.bootstrap.folders import Folders
from scheduler.dispatch.clock import SystemClock
from scheduler.settings import FILE, defaults, load
from scheduler.shipped import shipped

__all__ = ["App", "open_app", "open_or_default"]


def open_app(workspace: Path) -> App:
    """A workspace. Raises SettingsUnusable, WorkspaceUnusable; DatabaseUnusable when the store is first used."""
    root = workspace.resolve()
    settings = load(root)
    return App(settings=settings, folders=Folders.of(root, settings), clock=SystemClock())


def open_or_default(workspace: Path) -> App:
    """A workspace, or the default settings and look where there is none: for looking at a file anywhere."""
    root = workspace.resolve()
    if (root / FILE).exists():
        return open_app(root)
    folders = Folders(root=root, posts=root, assets=shipped("assets"), var=root)
    return App(settings=defaults(), folders=folders, clock=SystemClock())
