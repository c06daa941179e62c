"""What a simulated network itself knows: a record that is only ever added to, in memory or in a file.

The file outlives its clients: a post is one line, written with one call, and any number of processes may write. A
client that is killed in the middle of it leaves half a line, which is no post.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Protocol

from scheduler.domain.channel import Outgoing

May = Callable[[], bool]


def always() -> bool:
    """Yes."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A post that the network took; it is there from `at` on."""

    remote_id: str
    code: str
    key: str
    text: str
    reply_to: str
    at: datetime


class Ledger(Protocol):
    """The network's own truth."""

    def add(self, outgoing: Outgoing, at: datetime, *, may: May = always) -> Taken | None:
        """One more post, even if it is there already; none when `may`, asked right before, says no."""

    def of(self, code: str) -> Sequence[Taken]:
        """All with this code, oldest first."""

    def everything(self) -> Sequence[Taken]:
        """In the order of adding."""

    def alone(self) -> AbstractContextManager[object]:
        """While it is held nobody else looks and adds."""


class _Indexed:
    """Looked up by code."""

    def __init__(self) -> None:
        self._all: list[Taken] = []
        self._by_code: dict[str, list[Taken]] = {}

    def _note(self, taken: Taken) -> Taken:
        self._all.append(taken)
        self._by_code.setdefault(taken.code, []).append(taken)
        return taken


class MemoryLedger(_Indexed):
    """Keeps Ledger, as long as the process lives."""

    def add(self, outgoing: Outgoing, at: datetime, *, may: May = always) -> Taken | None:
        """Numbered from 0."""
        return self._note(_taken(outgoing, at, str(len(self._all)))) if may() else None

    def of(self, code: str) -> Sequence[Taken]:
        """By the index."""
        return list(self._by_code.get(code, ()))

    def everything(self) -> Sequence[Taken]:
        """A copy."""
        return list(self._all)

    def alone(self) -> AbstractContextManager[object]:
        """Nobody else is there."""
        return nullcontext()


class FileLedger(_Indexed):
    """Keeps Ledger, in a file of one JSON line a post that several processes and threads share."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        self._read_to = 0
        self._lock = RLock()

    def reopen(self) -> FileLedger:
        """For a fork, which would share the lock with its parent; what was read stays known."""
        self._file = os.open(self._path, os.O_RDWR | os.O_APPEND)
        return self

    def add(self, outgoing: Outgoing, at: datetime, *, may: May = always) -> Taken | None:
        """One write, with nothing between it and the question."""
        taken = _taken(outgoing, at, os.urandom(8).hex())
        line = {name: getattr(taken, name) for name in ("remote_id", "code", "key", "text", "reply_to")}
        data = f"\n{json.dumps({**line, 'at': at.isoformat()})}\n".encode()
        return taken if may() and os.write(self._file, data) else None

    def of(self, code: str) -> Sequence[Taken]:
        """Of everybody's."""
        with self._lock:
            self._catch_up()
            return list(self._by_code.get(code, ()))

    def everything(self) -> Sequence[Taken]:
        """Of everybody's."""
        with self._lock:
            self._catch_up()
            return list(self._all)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """By a lock that the kernel lets go when its holder dies."""
        with self._lock:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _catch_up(self) -> None:
        added = os.pread(self._file, os.fstat(self._file).st_size - self._read_to, self._read_to)
        whole = added[: added.rfind(b"\n") + 1]
        self._read_to += len(whole)
        for line in whole.splitlines():
            with suppress(json.JSONDecodeError):
                fields = json.loads(line)
                self._note(Taken(**{**fields, "at": datetime.fromisoformat(fields["at"])}))


def _taken(outgoing: Outgoing, at: datetime, remote_id: str) -> Taken:
    return Taken(
        remote_id=remote_id,
        code=outgoing.code,
        key=outgoing.key,
        text=outgoing.text,
        reply_to=outgoing.reply_to,
        at=at,
    )
