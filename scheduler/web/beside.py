"""The dashboard beside the worker, where the settings ask for it; loaded only then, as it takes some memory."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from scheduler import plugins
from scheduler.bootstrap import App
from scheduler.bootstrap.renewal import Renewal
from scheduler.domain.errors import QuotidianError

SERVER = "scheduler.web.dashboard.server"


@dataclass(kw_only=True)
class Beside:
    """The one of a worker; it follows the settings by itself, but for where it listens."""

    renewal: Renewal
    _address: str = ""
    _stack: ExitStack = field(default_factory=ExitStack)

    def show(self) -> None:
        """Served where the settings want it now. Where it can't be, that is told, and the worker's own work goes on."""
        app = self.renewal.app
        if app.settings.dashboard == self._address:
            return
        self.end()
        self._address = app.settings.dashboard
        if not self._address:
            return
        host, port = _parts(self._address)
        try:
            served = plugins.load(f"{SERVER}:in_a_thread")(self.renewal, host=host, port=port, host_user=_user())
            app.log("dashboard", address=f"http://{host}:{self._stack.enter_context(served)}/")
        except QuotidianError as error:
            app.log("trouble", words=error.message, place=error.place, hint=error.hint)

    def end(self) -> None:
        """Served no more."""
        self._stack.close()
        self._address = ""


@contextmanager
def dashboard_beside(renewal: Renewal) -> Iterator[Beside]:
    """Served until the block ends."""
    beside = Beside(renewal=renewal)
    try:
        beside.show()
        yield beside
    finally:
        beside.end()


def must_be_locked(app: App) -> None:
    """Raises SettingsUnusable where the settings would let strangers in."""
    if app.settings.dashboard:
        plugins.load(f"{SERVER}:must_be_locked")(app, host=_parts(app.settings.dashboard)[0])


def _parts(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host, int(port)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
