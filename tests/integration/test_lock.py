"""One worker a workspace, for as long as it lives and no longer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.dispatch.lock import only_worker
from scheduler.domain.errors import WorkerAlreadyRuns

HOLD = "import sys, pathlib; from scheduler.dispatch.lock import only_worker\n"
HOLD += "with only_worker(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def test_a_second_worker_is_refused_and_told_who_the_first_is(tmp_path: Path) -> None:
    lock = tmp_path / "var" / "worker.lock"

    with (
        only_worker(lock),
        pytest.raises(WorkerAlreadyRuns, match=rf"process {os.getpid()}\) serves") as refusal,
        only_worker(lock),
    ):
        pass
    assert refusal.value.hint
    with only_worker(lock):
        pass


def test_a_killed_worker_leaves_no_lock_behind(tmp_path: Path) -> None:
    lock = tmp_path / "worker.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(WorkerAlreadyRuns, match=f"process {other.pid}"), only_worker(lock):
            pass
        other.kill()
        other.wait()
    with only_worker(lock):
        assert lock.read_text() == str(os.getpid())
