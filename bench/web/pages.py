"""How long the dashboard's pages and the log take: `python bench/web/pages.py WORKSPACE [ROUNDS]`, as fill.py made it.

Each page's view is called as the server calls it, in turn so that a busy machine slows all alike: wall time and the
time the processor was at it, of the whole page with its frame. Then `quotidian log`: from the start of the process to
its first rows, beside the same command in an empty workspace, which is what starting up costs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import parse_qsl, urlsplit

from starlette.routing import compile_path

from scheduler.bootstrap import App, open_app
from scheduler.domain.delivery import State
from scheduler.web.dashboard.pages import PAGES
from scheduler.web.dashboard.signin import Door
from scheduler.web.dashboard.visit import Page, Visit

ROUNDS, BAR_MS, LOG_ROUNDS, LOG_BAR = 20, 100, 7, 0.3


def addresses(app: App) -> list[str]:
    """Every page, also as people filter it."""
    now = app.clock.now()
    month, past = f"{now:%Y-%m}", f"{now.year - 1}-03"
    (failed, *_) = app.store.deliveries.select(states=[State.UNKNOWN])
    article = app.store.posts.get(failed.post_id).article_id
    return [
        "/",
        "/calendar",
        "/calendar?view=month",
        "/calendar?view=list",
        f"/calendar?view=month&at={past}-01",
        "/review",
        f"/review/{failed.post_id}",
        "/articles",
        f"/articles/{article}",
        "/log",
        "/log?since=",
        "/log?state=failed&since=",
        "/log?channel=clinic&state=failed&since=",
        f"/log?q=sciatica&since={past}-01&until={past}-31",
        "/log?q=nothing+like+it&since=",
        f"/log?open={failed.code}",
        f"/log/{failed.code}",
        "/log/tries",
        "/log/tries?outcome=unknown&since=",
        "/log/changes",
        "/log/changes?who=people&since=",
        "/channels",
        "/cards",
        f"/report?month={month}",
        f"/report?month={past}",
        "/keyboard",
        "/help",
    ]


def main() -> None:
    """Prints one line a page, the slowest last."""
    if len(sys.argv) < 2:
        print(__doc__)
        return
    workspace, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    app = open_app(workspace)
    views = {path: _view(app, path) for path in addresses(app)}
    taken: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for at in range(rounds + 1):
        for path, view in views.items():
            once = _timed(view)
            taken[path] += [once] if at else []
    print(f"{'page':58} {'p50 ms':>7} {'p95 ms':>7} {'processor p95':>14}")
    for path, times in sorted(taken.items(), key=lambda item: _p95([cpu for _, cpu in item[1]])):
        walls, cpus = [wall for wall, _ in times], [cpu for _, cpu in times]
        over = "  over the bar" if _p95(cpus) > BAR_MS else ""
        print(f"{path:58} {median(walls):7.0f} {_p95(walls):7.0f} {_p95(cpus):14.0f}{over}")
    app.close()
    _log(workspace)


def _view(app: App, address: str) -> Callable[[], object]:
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    page, params = _page(parts.path)
    door = Door(sessions=app.store.sessions, password="", host_user="bench")
    lists = {name: [value] for name, value in query.items()}

    def view() -> object:
        now = app.clock.now()
        by = Visit(app=app, door=door, path=parts.path, method="GET", now=now, who="bench", signed_in=True)
        return page.view(replace(by, query=query, params=params, lists=lists))

    return view


def _page(path: str) -> tuple[Page, dict[str, str]]:
    for page in PAGES:
        if "GET" in page.methods and (found := compile_path(page.path)[0].match(path)):
            return page, found.groupdict()
    raise LookupError(path)


def _timed(view: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    view()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def _log(workspace: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "scheduler", "init", folder], check=True, capture_output=True)
        _first_row(Path(folder))
        pairs = [(_first_row(Path(folder)), _first_row(workspace)) for _ in range(LOG_ROUNDS)]
    empty, full = (median(column) for column in zip(*pairs, strict=True))
    beyond = min(full - empty for empty, full in pairs)
    print(
        f"log: first row after {full:.2f} s, in an empty workspace {empty:.2f} s; beyond start-up {full - empty:.2f} s"
    )
    print(f"  (at its quickest {beyond:.2f} s, the bar is {LOG_BAR} s)")


def _first_row(workspace: Path) -> float:
    """Seconds from the start of the process to the first row that is not the head."""
    command = [sys.executable, "-m", "scheduler", "log", "--workspace", str(workspace)]
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        head = process.stdout.readline()
        if head.startswith("when"):
            process.stdout.readline()
        taken = time.perf_counter() - begin
        process.kill()
    return taken


if __name__ == "__main__":
    main()
