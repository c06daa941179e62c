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


def worker_of(path: Path) -> int | None:
    """The process that holds the lock, or None; 0 if it has not said yet who it is. Raises WorkspaceUnusable."""
    if not path.exists():
        return None
    with _opened(path) as file:
        try:
            # Shared, so that two who ask at once never take each other for the worker.
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(_holder(file) or 0)
    return None


@contextmanager
def only_worker(path: Path) -> Iterator[None]:
    """Held while the block runs. Raises WorkerAlreadyRuns with the other one's process id."""
    with _opened(path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _holder(file) or "unknown"
            raise WorkerAlreadyRuns(f"Another worker (process {holder}) serves this workspace.") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def is_alive(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _holder(file: TextIO) -> str:
    file.seek(0)
    return file.read(20).strip()
