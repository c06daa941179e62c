"""A settings.env that changed while something runs: looked for, tried, and taken up whole or not at all."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from scheduler.bootstrap.app import App
from scheduler.bootstrap.folders import Folders
from scheduler.domain.errors import QuotidianError, SettingsUnusable
from scheduler.settings import FILE, Settings, load

SETTLE = timedelta(seconds=1)
"""A file younger than this may still be being saved: half of it could be settings without the password."""
NEW = timedelta(minutes=1)
AGAIN_SECONDS = 15.0
"""So often is tried again what can't be used: a file that it names may come, or a calendar be mended."""
PARTS = ("caretaker", "campaigner", "clearer", "rechecker", "sweeper", "subscriptions", "herald", "posts_folder")
"""All that a worker works with."""


@dataclass(kw_only=True)
class Renewal:
    """Holds the workspace as its settings were last usable, in `app`; why a newer file isn't is in `app.unusable`.

    `check` raises a QuotidianError for what its owner can't run with, beside what nobody can.
    """

    app: App
    check: Callable[[App], None] = lambda _: None
    _seen: str = field(init=False)
    _tried: float = field(init=False)
    _changed: set[str] = field(init=False)
    _told: str = ""
    _one_at_a_time: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._changed = set(self.app.settings.channels)
        version, saved_at = _stamp(self.app.folders)
        # It may have been saved since it was read for `app`.
        self._mark("" if timedelta(0) <= self.app.clock.now() - saved_at < NEW else version)

    def look(self, *, at_once: bool = False) -> bool:
        """Whether `app` is another one now. `at_once` if nobody can be in the middle of saving.

        Whoever comes while somebody else looks goes on with what there is.
        """
        version, saved_at = _stamp(self.app.folders)
        if not self._is_due(version) or not (at_once or self._is_settled(saved_at)):
            return False
        if not self._one_at_a_time.acquire(blocking=at_once):
            return False
        try:
            self._mark(version)
            return self._take_up()
        finally:
            self._one_at_a_time.release()

    def follow(self) -> None:
        """Looks, and tells the log once of settings that can't be used."""
        self.look()
        error = self.app.unusable
        if error and error.told != self._told:
            words = f"{error.message} The settings before it hold."
            self.app.log("settings", words=words, place=error.place, hint=error.hint)
        self._told = error.told if error else ""

    def _mark(self, version: str) -> None:
        self._seen, self._tried = version, self.app.clock.monotonic()

    def _is_due(self, version: str) -> bool:
        if version != self._seen:
            return True
        return self.app.unusable is not None and self.app.clock.monotonic() - self._tried >= AGAIN_SECONDS

    def _is_settled(self, saved_at: datetime) -> bool:
        return not timedelta(0) <= self.app.clock.now() - saved_at < SETTLE

    def _take_up(self) -> bool:
        # What is no longer in use goes round in circles, and would lie there for long.
        gc.collect()
        try:
            settings = load(self.app.folders.root)
            if settings == self.app.settings:
                self.app.unusable = None
                return False
            fresh = renewed(self.app, settings)
            self.check(fresh)
        except QuotidianError as error:
            self.app.unusable = error
            return False
        before, self.app = self.app.settings.channels, fresh
        self._changed |= {name for name, channel in settings.channels.items() if channel != before.get(name)}
        return True

    def take_changed(self) -> set[str]:
        """The channels whose settings are others than when this was last asked; at first all."""
        changed, self._changed = self._changed, set()
        return changed


def _stamp(folders: Folders) -> tuple[str, datetime]:
    """What changes when settings.env does, or who may read it; and when it was last saved."""
    try:
        state = (folders.root / FILE).stat()
    except OSError:
        return "", datetime.fromtimestamp(0, UTC)
    version = f"{state.st_ino} {state.st_size} {state.st_mtime_ns} {state.st_mode}"
    return version, datetime.fromtimestamp(state.st_mtime, UTC)


def renewed(app: App, settings: Settings) -> App:
    """The same workspace with other settings, opened as far as a worker needs it. Raises SettingsUnusable and
    WorkspaceUnusable."""
    folders = Folders.of(app.folders.root, settings)
    if folders.var != app.folders.var or settings.database_url != app.settings.database_url:
        words = "Another VAR_FOLDER or DATABASE_URL is taken up only at a start."
        raise SettingsUnusable(words, hint="Start the worker and the dashboard anew.", path=str(folders.root / FILE))
    fresh = replace(app, settings=settings, folders=folders, unusable=None)
    fresh.folders.make()
    fresh.store = app.store
    for part in PARTS:
        getattr(fresh, part)
    return fresh
