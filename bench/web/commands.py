"""What commands cost in a large workspace: `python bench/web/commands.py WORKSPACE [ROUNDS]`, as fill.py made it.

Each is started as a person starts it, beside the same command in a workspace in which nothing happened: what it takes
beyond that is what the posts cost. Wall time and processor in seconds, and the most memory in MB; medians, and of
memory the most. `list` without a filter tells of every post; of it only the time to its first rows is asked.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from scheduler.bootstrap import open_app
from scheduler.domain.delivery import State

ROUNDS = 3
SECONDS_BAR, MEGABYTES_BAR = 2.0, 250.0
RUN = (sys.executable, "-m", "scheduler")
FIRST_ROWS = 20
EVERYTHING = frozenset({"list", "log"})
"""What never ends in a page of rows."""


class Cost(NamedTuple):
    """Seconds on the clock, seconds of the processor, megabytes."""

    wall: float
    processor: float
    memory: float


def commands(workspace: Path) -> list[list[str]]:
    """Each as people type it; what it is about is somewhere in the workspace."""
    app = open_app(workspace)
    unknown = app.store.deliveries.select(states=[State.UNKNOWN])[0]
    waiting = app.store.listing.waiting({State.SCHEDULED})[-1]
    now = app.clock.now()
    app.close()
    return [
        ["status"],
        ["status", "--json"],
        ["why", unknown.code],
        ["show", str(unknown.post_id)],
        ["list", "--status", "unknown"],
        ["list", "--status", "failed", "--channel", "clinic"],
        ["list", "--status", "blocked"],
        ["list", "--status", "draft"],
        ["list", "--since", f"{now:%Y-%m-%d}", "--until", f"{now:%Y-%m-%d} 23:59"],
        ["list"],
        ["log"],
        ["log", "--since", f"{now:%Y-%m-%d}"],
        ["report", "--month", f"{now:%Y-%m}"],
        ["preview"],
        ["approve", str(waiting), "--by", "bench"],
        ["doctor"],
    ]


def main() -> int:
    """Prints one line a command; 1 where one is over a bar."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 0
    workspace, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    is_over = False
    print(f"{'command':48} {'wall':>6} {'cpu':>6} {'MB':>6}   {'beyond an empty workspace':>26}")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*RUN, "init", folder], check=True, capture_output=True)
        for words in commands(workspace):
            empty, full = measured(words, Path(folder), rounds), measured(words, workspace, rounds)
            beyond = Cost(*(most - least for most, least in zip(full, empty, strict=True)))
            over = beyond.processor > SECONDS_BAR or beyond.memory > MEGABYTES_BAR
            is_over |= over
            print(
                f"{' '.join(words):48} {full.wall:6.2f} {full.processor:6.2f} {full.memory:6.0f}"
                f"   {beyond.wall:8.2f} {beyond.processor:8.2f} {beyond.memory:8.0f}{'  over' if over else ''}",
                flush=True,
            )
    return int(is_over)


def measured(words: Sequence[str], workspace: Path, rounds: int) -> Cost:
    """After a first time, which fills the caches of the machine."""
    once(words, workspace)
    costs = [once(words, workspace) for _ in range(rounds)]
    return Cost(median(c.wall for c in costs), median(c.processor for c in costs), max(c.memory for c in costs))


def once(words: Sequence[str], workspace: Path) -> Cost:
    """In a process of its own; its children count for the processor."""
    begin = time.perf_counter()
    command = [*RUN, *words, "--workspace", str(workspace)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        if words[0] in EVERYTHING and len(words) == 1:
            for _ in zip(range(FIRST_ROWS), process.stdout, strict=False):
                pass
            # Not by Popen, which would reap it and forget what it used.
            os.kill(process.pid, signal.SIGKILL)
        else:
            process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
