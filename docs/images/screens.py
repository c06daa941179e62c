"""Pictures of the dashboard: `python docs/images/screens.py [FOLDER]`.

With a FOLDER: every page at three widths in both themes, with nothing, with some thirty posts and with ten thousand.
Without: the few that the documents show, beside this file.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from scheduler import plugins
from scheduler.bootstrap import App, open_app
from scheduler.domain.delivery import State
from tests.web import clinic, practice
from tests.web.browse import THEMES, WIDTHS, chromium, resize, served

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGES = {
    "today": "/", "week": "/calendar?view=week", "month": "/calendar?view=month", "list": "/calendar?view=list",
    "review": "/review", "articles": "/articles", "add": "/articles/add", "log": "/log", "tries": "/log/tries",
    "changes": "/log/changes", "channels": "/channels", "cards": "/cards", "report": "/report",
    "keyboard": "/keyboard", "help": "/help",
}  # fmt: skip
SHOWN = (("today", 1440, "light"), ("week", 1440, "light"), ("month", 1440, "dark"), ("review", 1440, "light"),
         ("log", 1440, "dark"), ("report", 1440, "light"), ("today", 360, "dark"))  # fmt: skip


def pages_of(app: App) -> dict[str, str]:
    """Every page of a workspace, with one story where something is unclear and one article."""
    titles = app.store.library.titles()
    unclear = app.store.deliveries.select(states={State.UNKNOWN})
    stories = {"story": f"/log/{unclear[0].code}"} if unclear else {}
    return PAGES | stories | ({"article": f"/articles/{min(titles)}"} if titles else {})


def shoot(browser: Browser, address: str, width: int, theme: str, *, whole: bool) -> bytes:
    """A page as a PNG."""
    page = browser.new_page()
    resize(page, width, theme)
    page.goto(address, wait_until="networkidle")
    data = page.screenshot(full_page=whole)
    page.close()
    return data


def shoot_all(browser: Browser, app: App, folder: Path, state: str) -> None:
    """Every page of one workspace."""
    with served(app, worker=True) as address:
        for name, path in pages_of(app).items():
            for width in WIDTHS:
                for theme in THEMES:
                    data = shoot(browser, address + path, width, theme, whole=True)
                    (folder / f"{state}-{name}-{width}-{theme}.png").write_bytes(data)


def shoot_selection(browser: Browser, app: App) -> None:
    """Those of the documents, small in bytes."""
    with served(app, worker=True) as address:
        for name, width, theme in SHOWN:
            data = shoot(browser, address + pages_of(app)[name], width, theme, whole=False)
            picture = Image.open(io.BytesIO(data)).convert("RGB")
            picture.save(HERE / f"screen-{name}-{width}-{theme}.webp", quality=70, method=6)


def main(folder: str = "") -> None:
    """Draws."""
    plugins.CHANNELS["rough"] = "tests.web.rough:open_rough"
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        full = practice.build(Path(name) / "linden")
        if not folder:
            shoot_selection(browser, full)
            return
        out = Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        shoot_all(browser, full, out, "30")
        shoot_all(browser, clinic.make(Path(name) / "empty"), out, "empty")
        subprocess.run([sys.executable, ROOT / "bench" / "web" / "fill.py", f"{name}/big", "100000"], check=True)
        shoot_all(browser, open_app(Path(name) / "big"), out, "10000")


if __name__ == "__main__":
    main(*sys.argv[1:])
