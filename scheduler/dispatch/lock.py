"""One worker a workspace: a lock that the kernel lets go when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from scheduler.domain.errors import WorkerAlreadyRuns, WorkspaceUnusable


def _opened(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+")
    except OSError as error:
        raise WorkspaceUnusable(
            f"The worker's lock can't be opened: {error.strerror}.", hint="Check its rights.", path=str(path)
        ) from None


@contextmanager
def only_worker(path: Path) -> Iterator[None]:
    """Held while the block runs. Raises WorkerAlreadyRuns with the other one's process id."""
    with _opened(path) as file:
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
