"""Chromium as people use it: at three widths, in two themes, with and without scripts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from scheduler.bootstrap import App
from scheduler.bootstrap.renewal import Renewal
from scheduler.dispatch.lock import only_worker
from scheduler.domain.heartbeat import Heartbeat
from scheduler.web.dashboard.server import in_a_thread

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]
WIDTHS = (1440, 768, 360)
HEIGHTS = {1440: 900, 768: 1024, 360: 740, 320: 640}
THEMES = ("light", "dark")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(app: App, *, worker: bool = False) -> Iterator[str]:
    """The address of a workspace's dashboard, for Ann at the machine; with a `worker` as it is while one runs."""
    with ExitStack() as stack:
        if worker:
            app.folders.make()
            stack.enter_context(only_worker(app.folders.lock))
            app.store.heartbeat.beat(Heartbeat(at=app.clock.now(), boot=app.clock.mark().boot, pid=os.getpid()))
        port = stack.enter_context(in_a_thread(Renewal(app=app), host="127.0.0.1", port=0, host_user="Ann"))
        yield f"http://127.0.0.1:{port}"


def resize(page: Page, width: int, theme: str) -> None:
    """As if the window, or the system's theme, changed; at once, as nothing moves."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
