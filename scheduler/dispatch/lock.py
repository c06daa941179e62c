"""One worker a workspace: a lock that the kernel lets go when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scheduler.domain.errors import WorkerAlreadyRuns


@contextmanager
def only_worker(path: Path) -> Iterator[None]:
    """Held while the block runs. Raises WorkerAlreadyRuns with the other one's process id."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read(20).strip() or "unknown"
            raise WorkerAlreadyRuns(f"Another worker (process {holder}) serves this workspace.") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
