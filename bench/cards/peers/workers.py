"""The processes that `speed.py` measures: installing the peers, starting a worker, asking it for a card."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scheduler.dispatch.children import environment

PEERS = Path(__file__).parent
ROOT = PEERS.parents[2]
_INSTALL_SECONDS = 180
OURS = (sys.executable, str(PEERS / "ours.py"))


class Unavailable(Exception):
    """Why the peers can't be measured here."""


class Worker:
    """One renderer in a process of its own. `most_pss` is the most memory seen after a card, in KiB."""

    def __init__(self, command: tuple[str, ...], hello: Mapping[str, Any]) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self.most_pss = 0
        self.ask(hello)

    def ask(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """The worker's answer. Raises RuntimeError when it has ended."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The worker ended with code {self._process.wait()}.")
        self.most_pss = max(self.most_pss, _pss_kib(self._process.pid))
        found: dict[str, Any] = json.loads(answer)
        return found

    def stop(self) -> None:
        """Lets it end, and waits for that."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=30)


def installed() -> Path:
    """The folder that has the peers and their scripts. Raises Unavailable with the reason."""
    if not shutil.which("npm") or not shutil.which("node"):
        raise Unavailable("Satori and Takumi need node and npm, which aren't here.")
    lock = (PEERS / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "quotidian-bench" / hashlib.sha256(lock).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    for file in (*PEERS.glob("*.mjs"), PEERS / "package.json", PEERS / "package-lock.json", PEERS / ".npmrc"):
        shutil.copy(file, folder)
    if not (folder / "node_modules" / ".package-lock.json").exists():
        _install(folder)
    return folder


def wall_ms(command: tuple[str, ...], request: str, picture: Path) -> float:
    """From the start of a process to the picture on disk and its end. Raises RuntimeError where there is none.

    Python keeps its compiled modules, as it does wherever it isn't forbidden; so does the process that really paints.
    """
    shutil.rmtree(picture, ignore_errors=True) if picture.is_dir() else picture.unlink(missing_ok=True)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(
        command, input=request, text=True, capture_output=True, check=False, env={**kept, **environment()}
    )
    spent = (time.perf_counter() - start) * 1000
    if done.returncode or not picture.exists() or (picture.is_dir() and not any(picture.iterdir())):
        raise RuntimeError(f"{command[0]} made no picture: {(done.stderr or done.stdout)[-300:]}")
    return spent


def _install(folder: Path) -> None:
    print("installing the peers from npm …", file=sys.stderr)
    try:
        subprocess.run(
            ("npm", "ci", "--silent"), cwd=folder, check=True, timeout=_INSTALL_SECONDS, stdin=subprocess.DEVNULL
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"the peers can't be installed ({error}).") from error


def _pss_kib(pid: int) -> int:
    """Proportional set size; 0 where the system doesn't tell."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
