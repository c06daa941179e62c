"""How long `quotidian --help` takes against a bare Python: `python bench/start/help.py [ROUNDS]`.

Both run in turn, so that a busy machine slows both; the medians are of wall-clock and CPU time of the whole process.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "quotidian --help": [str(Path(sys.executable).with_name("quotidian")), "--help"],
}
BAR = 5


def run(command: list[str]) -> tuple[float, float]:
    """Wall-clock and CPU milliseconds of one process. Raises CalledProcessError."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return (time.perf_counter() - start) * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def main(rounds: int) -> None:
    """Prints the medians and their ratio; exit code 1 over the bar."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for command in COMMANDS.values():
        run(command)
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            times[name].append(run(command))
    medians = {name: [statistics.median(kind) for kind in zip(*found, strict=True)] for name, found in times.items()}
    for name, (wall, cpu) in medians.items():
        print(f"{name:18} {wall:6.1f} ms wall, {cpu:6.1f} ms CPU")
    bare, helped = medians.values()
    ratios = [long / short for long, short in zip(helped, bare, strict=True)]
    print(f"ratio: {ratios[0]:.1f} wall, {ratios[1]:.1f} CPU; the bar is {BAR}")
    sys.exit(max(ratios) > BAR)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 31)
