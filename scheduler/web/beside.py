"""The dashboard beside the worker, where the settings ask for it; loaded only then, as it takes some memory."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from scheduler import plugins
from scheduler.bootstrap import App
from scheduler.domain.errors import QuotidianError

SERVER = "scheduler.web.dashboard.server:in_a_thread"


@contextmanager
def dashboard_beside(app: App) -> Iterator[None]:
    """Served until the block ends. Where it can't be, that is told, and the worker's own work goes on."""
    with ExitStack() as stack:
        if app.settings.dashboard:
            host, _, port = app.settings.dashboard.rpartition(":")
            try:
                served = plugins.load(SERVER)(app, host=host, port=int(port), host_user=_user())
                app.log("dashboard", address=f"http://{host}:{stack.enter_context(served)}/")
            except QuotidianError as error:
                app.log("trouble", words=error.message, place=error.place, hint=error.hint)
        yield


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
