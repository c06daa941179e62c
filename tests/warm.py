"""Children from a process that has their modules loaded already: half a second less for each.

What a child does, its limits, its environment and its answer are the program's own; only its start is not. The real
start is tried by tests/integration/test_children.py, by the hostile files, and by every test with a worker of its own.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from subprocess import CompletedProcess, TimeoutExpired
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Any

import pytest

from scheduler.dispatch import children

PIPE_BYTES = 60_000
"""So much can be written without anybody reading."""

NURSERY = """
import gc, importlib, os, socket, sys, traceback
from contextlib import suppress
from scheduler.dispatch.child import main
for name in sys.argv[2:]:
    importlib.import_module(name)
gc.disable()
line = socket.socket(fileno=int(sys.argv[1]))
heard, told = os.pipe()
os.set_blocking(heard, False)
while True:
    where, files, _, _ = socket.recv_fds(line, 4096, 3)
    if not where:
        break
    child = os.fork()
    if child == 0:
        os.setsid()
        os.chdir(where.decode())
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        line.close()
        known = set(sys.modules)
        try:
            main()
            sys.stdout.flush()
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os.write(told, " ".join(sorted(set(sys.modules) - known)).encode()[:MOST])
        os._exit(0)
    for file in files:
        os.close(file)
    line.sendall(child.to_bytes(4, "big"))
    line.sendall(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]).to_bytes(4, "big", signed=True))
    # What this one had to load, the next one finds.
    with suppress(BlockingIOError):
        for name in os.read(heard, MOST).decode().split():
            with suppress(Exception):
                importlib.import_module(name)
""".replace("MOST", str(PIPE_BYTES))


class Nursery:
    """One process with the modules of some functions, from which their children come, one at a time."""

    def __init__(self, modules: list[str]) -> None:
        self._line, theirs = socket.socketpair()
        self._lock = Lock()
        with theirs:
            command = [sys.executable, "-P", "-c", NURSERY, str(theirs.fileno()), *modules]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=children.environment())

    def run(self, request: bytes, *, stdout: IO[bytes], stderr: IO[bytes], timeout: float) -> int:
        """The exit code of a child, which is killed when it takes too long. Raises TimeoutExpired."""
        with self._lock, TemporaryFile() as stdin:
            stdin.write(request)
            stdin.seek(0)
            files = [stdin.fileno(), stdout.fileno(), stderr.fileno()]
            socket.send_fds(self._line, [os.getcwd().encode()], files)
            child = int.from_bytes(self._line.recv(4), "big")
            self._line.settimeout(timeout)
            try:
                return int.from_bytes(self._line.recv(4), "big", signed=True)
            except TimeoutError:
                os.kill(child, signal.SIGKILL)
                self._line.settimeout(None)
                self._line.recv(4)
                raise TimeoutExpired(children.COMMAND, timeout) from None
            finally:
                self._line.settimeout(None)

    def close(self) -> None:
        """Ends it."""
        self._line.close()
        self._process.wait()


class Nurseries:
    """Stands in for the module `subprocess` in scheduler.dispatch.children."""

    TimeoutExpired = TimeoutExpired

    def __init__(self) -> None:
        self._known: dict[str, Nursery] = {}
        self._lock = Lock()

    def run(self, command: Any, *, input: bytes, stdout: Any, stderr: Any, timeout: float, **_: Any) -> Any:
        """As subprocess.run."""
        functions = json.loads(input)["functions"]
        with self._lock:
            key = " ".join(functions)
            if key not in self._known:
                self._known[key] = Nursery([name.partition(":")[0] for name in functions])
        code = self._known[key].run(input, stdout=stdout, stderr=stderr, timeout=timeout)
        return CompletedProcess(command, code)

    def close(self) -> None:
        """Ends them all."""
        for nursery in self._known.values():
            nursery.close()


NURSERIES = Nurseries()
atexit.register(NURSERIES.close)


@pytest.fixture(scope="module", autouse=True)
def warm_children() -> Iterator[None]:
    """For the tests of a folder whose conftest has it: children start warm."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(children, "subprocess", NURSERIES)
        yield
