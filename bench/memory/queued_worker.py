"""The real worker at rest with a long calendar: `python bench/memory/queued_worker.py [QUEUED] [SECONDS]`.

A new workspace with 100,000 approved deliveries in the years to come; the worker starts, comes to rest, and is watched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from scheduler.bootstrap import open_app
from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Delivery
from scheduler.testing.samples import NINE, article, delivery, post

ROOT = Path(__file__).parents[2]
QUEUED, WATCHED_SECONDS = 100_000, 120
QUIET_SECONDS, QUIET_PERCENT, PATIENCE_SECONDS = 20, 5, 300
"""At rest it is when it has used next to nothing for so long: it looks through everything when it starts."""
POSTS, BATCH = 1_000, 10_000
CHANNELS = ("main", "second", "third")
SETTINGS = "".join(f"CHANNELS__{name.upper()}__NETWORK=folder\n" for name in CHANNELS)
MEMORY_BAR_MIB, CPU_BAR_PERCENT = 120, 0.5
PLANNED = AuditEntry(at=NINE, who="bench", what="planned", subject="calendar")
WORDS = "Short walks help a stiff back, and so does every change of position during a long day at a desk. " * 2


def planned(count: int) -> Iterator[Delivery]:
    """A minute apart from ten years on, channels in turn."""
    for number in range(count):
        due_at = NINE + timedelta(days=3650, minutes=number)
        channel, code = CHANNELS[number % len(CHANNELS)], f"c{number:07}"
        like = delivery(code=code, channel=channel, due_at=due_at, post_id=number % POSTS + 1)
        yield like.but(text=WORDS, wall_time=f"{due_at:%Y-%m-%dT%H:%M}")


def fill(folder: Path, count: int) -> None:
    """A workspace with so many queued."""
    quotidian = [sys.executable, "-m", "scheduler"]
    subprocess.run([*quotidian, "init", str(folder)], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    (folder / "settings.env").write_text(SETTINGS, "utf-8")
    app = open_app(folder)
    app.store.library.add(article(), [post()] * POSTS, PLANNED)
    rows = planned(count)
    while batch := list(islice(rows, BATCH)):
        app.store.deliveries.add(batch, PLANNED)
    app.close()


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def rss_mib(pid: int) -> float:
    """Shared pages count whole."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def wait_for_rest(pid: int) -> None:
    """Raises SystemExit when it never comes."""
    for _ in range(0, PATIENCE_SECONDS, QUIET_SECONDS):
        before = cpu_seconds(pid)
        time.sleep(QUIET_SECONDS)
        spent = cpu_seconds(pid) - before
        if before and spent < QUIET_SECONDS * QUIET_PERCENT / 100:
            return
    raise SystemExit("The worker never came to rest.")


def main(count: int, seconds: int) -> int:
    """Prints memory and share of a core; 1 over a bar."""
    if not Path("/proc/self/stat").exists():
        print("skipped: this needs Linux's /proc")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "clinic"
        fill(folder, count)
        command = [sys.executable, "-m", "scheduler", "worker", "--workspace", str(folder)]
        worker = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            wait_for_rest(worker.pid)
            spent, peak = cpu_seconds(worker.pid), 0.0
            for _ in range(seconds):
                time.sleep(1)
                peak = max(peak, rss_mib(worker.pid))
            percent = 100 * (cpu_seconds(worker.pid) - spent) / seconds
        finally:
            worker.terminate()
            worker.wait()
    print(f"at rest for {seconds} s with {count:,} queued: at most {peak:.1f} MiB; the bar is {MEMORY_BAR_MIB}")
    print(f"{percent:.2f} % of a core; the bar is {CPU_BAR_PERCENT} %")
    return int(peak > MEMORY_BAR_MIB or percent > CPU_BAR_PERCENT)


if __name__ == "__main__":
    arguments = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(arguments + [QUEUED, WATCHED_SECONDS][len(arguments) :])))
