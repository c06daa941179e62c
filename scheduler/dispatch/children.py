"""Work on hostile input runs in a short-lived child process with limits, so that no file can stop the worker.

The child gets JSON on standard input and answers with JSON; it never sees the parent's environment, where secrets live.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Generic, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from scheduler.domain import errors
from scheduler.domain.errors import ChildFailed, QuotidianError

Result = TypeVar("Result")
PACKAGE_ROOT = Path(__file__).parents[2]
# It ends soon and its memory is bounded: looking for cycles would cost a sixth of the time and gain nothing.
# Nor is anything taken down piece by piece once the answer is out.
_SCRIPT = """
import gc, os, sys
gc.disable()
from scheduler.dispatch.child import main
main()
sys.stdout.flush()
os._exit(0)
"""
COMMAND = (sys.executable, "-P", "-c", _SCRIPT)
KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one child may use: wall-clock seconds, CPU seconds, MiB of address space, MiB in one file."""

    seconds: int = 60
    cpu_seconds: int = 30
    memory_mib: int = 1024
    file_mib: int = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class InChild(Generic[Result]):
    """A chain of functions, run in one child: each gets the answer of the one before.

    `functions` are `module:name`, each with one annotated parameter; `returns` types the list of their answers, without
    those of the first `unseen` functions, which stay in the child.
    """

    functions: tuple[str, ...]
    returns: TypeAdapter[Result]
    limits: Limits = Limits()
    unseen: int = 0

    def __call__(self, argument: object) -> Result:
        """The answers of all functions. Raises what the child raised, or ChildFailed."""
        request = {
            "functions": self.functions,
            "argument": argument,
            "limits": asdict(self.limits),
            "unseen": self.unseen,
        }
        answer = _exchange(to_json(request), self.limits)
        if "error" in answer:
            raise _as_error(answer["error"])
        try:
            return self.returns.validate_python(answer.get("results"))
        except ValidationError:
            raise ChildFailed("The helper process gave an answer that makes no sense.") from None


def environment() -> dict[str, str]:
    """All that a child sees of ours. Without plugins pydantic needn't ask every installed package for some."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return kept | {"PYTHONPATH": str(PACKAGE_ROOT), "PYDANTIC_DISABLE_PLUGINS": "__all__"}


def _exchange(request: bytes, limits: Limits) -> dict[str, Any]:
    """Through files rather than pipes, so that the child's file limit bounds its answer too."""
    with TemporaryFile() as answer, TemporaryFile() as complaint:
        try:
            # In a session of its own: Ctrl+C on the worker lets the child finish, and the worker stops in order.
            done = subprocess.run(
                COMMAND,
                input=request,
                stdout=answer,
                stderr=complaint,
                timeout=limits.seconds,
                check=False,
                env=environment(),
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            raise ChildFailed(f"Working on it took over {limits.seconds} s and was stopped.") from None
        if done.returncode == -signal.SIGXCPU:
            raise ChildFailed(f"Working on it took over {limits.cpu_seconds} s and was stopped.")
        if done.returncode != 0:
            raise ChildFailed(f"Working on it failed: {_last_line(complaint) or f'exit code {done.returncode}'}.")
        answer.seek(0)
        return cast(dict[str, Any], json.loads(answer.read()))


def _last_line(stderr: IO[bytes]) -> str:
    stderr.seek(0)
    lines = stderr.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else ""


def _as_error(data: dict[str, Any]) -> QuotidianError:
    kind = getattr(errors, str(data.get("type")), None)
    if not (isinstance(kind, type) and issubclass(kind, QuotidianError)):
        return ChildFailed(str(data.get("message", "")))
    line = data.get("line")
    error = kind(
        str(data.get("message", "")),
        hint=str(data.get("hint", "")),
        path=str(data.get("path", "")),
        line=line if isinstance(line, int) else None,
        setting=str(data.get("setting", "")),
    )
    seconds = data.get("retry_after")
    error.retry_after = seconds if isinstance(seconds, int) else None
    return error
