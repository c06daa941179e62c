"""Wall clocks that jump, for workers of a trial: libfaketime, where it is installed, told by one file a worker.

The machine's monotonic clock is left alone, as it is by an administrator, a bad battery or a time server.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from random import Random

LIBRARY = "vendor/libfaketime/src/libfaketime.so.1"
HOUR, DAY, SKEW = 3600, 86400, 45
JUMPS = (-DAY, -HOUR, 0, HOUR, DAY)


def environment() -> dict[str, str]:
    """What a process is to be started with, so that its forks have clocks of their own; empty without the library."""
    found = find_spec("libfaketime")
    folders = found.submodule_search_locations if found else None
    library = Path(folders[0]) / LIBRARY if folders else Path()
    if not library.is_file():
        return {}
    return {"LD_PRELOAD": str(library), "DONT_FAKE_MONOTONIC": "1", "FAKETIME_NO_CACHE": "1"}


def begin(folder: Path, seat: int) -> None:
    """From now on this process's wall clock follows its seat's file."""
    os.environ["FAKETIME_TIMESTAMP_FILE"] = str(_file(folder, seat))


def jump(folder: Path, seats: int, chance: Random) -> None:
    """All clocks an hour or a day forward or back, or right again; and each up to 45 seconds wrong by itself."""
    by = chance.choice(JUMPS)
    for seat in range(seats):
        part = folder / f"clock.{seat}.part"
        part.write_text(f"{by + chance.uniform(-SKEW, SKEW):+.3f}\n", "utf-8")
        part.replace(_file(folder, seat))


def _file(folder: Path, seat: int) -> Path:
    return folder / f"clock.{seat}"
