"""Memory of the real worker after it has done a bit of everything: `python bench/memory/idle_worker.py`.

It takes in articles, has their cards painted, plans, publishes, and then waits; then somebody looks at every page of
its dashboard, and its settings are changed again and again. RSS counts shared pages whole, PSS in part; the peak of the
children is that of the processes that read, cut and painted.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
ARTICLES = (*(ROOT / "posts" / "articles").glob("*.md"), ROOT.parent / "shared" / "data" / "seed-article.txt")
SETTINGS = "BOOKING__MAIN=https://book.example.com\nCHANNELS__FOLDER__SLOTS=every 1 second\nAPPROVAL=flagged\n"
RESTING = SETTINGS.replace("every 1 second", "daily 08:30")
HEAVY = (
    "pydantic_settings",
    "sqlalchemy",
    "structlog",
    "apscheduler.schedulers.background",
    "twitter_text",
    "click",
    "starlette",
    "uvicorn",
    "babel.dates",
    "jinja2",
    "argon2",
)
PLACES = ("/", "/calendar", "/review", "/articles", "/log", "/channels", "/cards", "/report")
BAR_MIB, WORTH_A_LOOK_MIB = 120, 80
PATIENCE_SECONDS = 90
RELOADS, RELOAD_SECONDS = 20, 4
IDLE_SECONDS = 60
QUIET_SECONDS = 12
"""Scans come every five seconds and deliveries every second: after so long it has looked again and found nothing."""


def free_port() -> int:
    """One that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def look(port: int) -> None:
    """At every page, a few times."""
    for path in PLACES * 3:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as page:
            page.read()


@contextmanager
def working(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The worker of a new workspace with articles in it, with its dashboard at the port."""
    quotidian = [sys.executable, "-m", "scheduler"]
    subprocess.run([*quotidian, "init", str(folder)], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    (folder / "settings.env").write_text(f"{SETTINGS}DASHBOARD=127.0.0.1:{port}\n", "utf-8")
    for source in ARTICLES:
        if source.exists():
            (folder / "posts" / "articles" / source.name).write_bytes(source.read_bytes())
    command = [*quotidian, "worker", "--workspace", str(folder)]
    worker = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait()


def change(settings: Path, port: int) -> None:
    """Other settings, until the worker has taken them up."""
    for number in range(RELOADS):
        text = f"{RESTING}DASHBOARD=127.0.0.1:{port}\nBRAND=Clinic {number}\nPOSTS_PER_ARTICLE={number % 8 + 1}\n"
        settings.write_text(text, "utf-8")
        time.sleep(RELOAD_SECONDS)
        look(port)


def cpu_share(pid: int, seconds: float) -> float:
    """Of a core, in per cent, while nobody asks for anything."""
    before = cpu_seconds(pid)
    time.sleep(seconds)
    return 100 * (cpu_seconds(pid) - before) / seconds


def cpu_seconds(pid: int) -> float:
    """Of the process, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def kib(path: str, name: str) -> int:
    """One field of a file in /proc; 0 when the process is gone."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def children(pid: int) -> list[str]:
    """The process ids of those that its threads started."""
    try:
        return [
            child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def watch_until_idle(worker: subprocess.Popen[bytes], outbox: Path) -> tuple[int, int]:
    """How many posts went out, and the largest child's peak in KiB. Raises SystemExit when it never rests."""
    end, quiet_since, posts, peak = time.monotonic() + PATIENCE_SECONDS, time.monotonic(), 0, 0
    while not posts or time.monotonic() - quiet_since < QUIET_SECONDS:
        busy = children(worker.pid)
        peak = max([peak, *(kib(f"/proc/{pid}/status", "VmHWM") for pid in busy)])
        now_out = len(list(outbox.glob("*/post.json")))
        if busy or now_out != posts:
            quiet_since, posts = time.monotonic(), now_out
        if time.monotonic() > end or worker.poll() is not None:
            raise SystemExit("The worker never came to rest.")
        time.sleep(0.01)
    return posts, peak


def weigh() -> None:
    """What each large library costs on its own, over a bare Python."""
    report = "print(next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmRSS')))"
    sizes = {}
    for name in ("sys", *HEAVY):
        done = subprocess.run([sys.executable, "-c", f"import {name}\n{report}"], capture_output=True, check=True)
        sizes[name] = int(done.stdout) / 1024
    for name in sorted(HEAVY, key=lambda heavy: -sizes[heavy]):
        print(f"  {name:34} {sizes[name] - sizes['sys']:6.1f} MiB")


def main() -> None:
    """Prints RSS, PSS and the children's peak; exit code 1 over the bar."""
    if not Path("/proc/self/smaps_rollup").exists():
        print("skipped: this needs Linux's /proc")
        return
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, working(Path(folder) / "clinic", port) as worker:
        posts, peak = watch_until_idle(worker, Path(folder) / "clinic" / "var" / "outbox" / "folder")
        before = kib(f"/proc/{worker.pid}/smaps_rollup", "Rss") / 1024
        look(port)
        rss, pss = (kib(f"/proc/{worker.pid}/smaps_rollup", name) / 1024 for name in ("Rss", "Pss"))
        change(Path(folder) / "clinic" / "settings.env", port)
        watch_until_idle(worker, Path(folder) / "clinic" / "var" / "outbox" / "folder")
        after = kib(f"/proc/{worker.pid}/smaps_rollup", "Rss") / 1024
        share = cpu_share(worker.pid, IDLE_SECONDS)
    print(f"idle after {posts} posts, its dashboard not looked at: {before:.1f} MiB RSS")
    print(f"after every page of the dashboard: {rss:.1f} MiB RSS, {pss:.1f} MiB PSS; the bar is {BAR_MIB}")
    print(f"after its settings were changed {RELOADS} times and looked at again: {after:.1f} MiB RSS")
    print(f"idle for {IDLE_SECONDS} s: {share:.2f} % of a core")
    print(f"largest child at its peak: {peak / 1024:.1f} MiB")
    if rss > WORTH_A_LOOK_MIB:
        print("what its large libraries cost, each alone:")
        weigh()
    sys.exit(max(rss, after) > BAR_MIB)


if __name__ == "__main__":
    main()
