"""A connection that costs no more than it may: every byte that comes is counted, every wait ends at the deadline."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.domain.errors import NoAnswer, PageUnusable


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one page may cost: seconds in all, seconds of silence, bytes on the wire and unpacked, redirects."""

    seconds: float = 15
    silence_seconds: float = 10
    connect_seconds: float = 5
    head_bytes: int = 64 * 1024
    wire_bytes: int = 10 * 1024 * 1024
    body_bytes: int = 10 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The end of one visit, in seconds of a clock that never jumps."""

    at: float
    clock: Callable[[], float] = time.monotonic

    def left(self, most: float) -> float:
        """Seconds that the next step may take. Raises NoAnswer when there are none."""
        left = self.at - self.clock()
        if left <= 0:
            raise NoAnswer("The site is too slow.")
        return min(left, most)


class Budget:
    """Bytes that may still come."""

    def __init__(self, most: int) -> None:
        self._left = most

    def grow(self, more: int) -> None:
        """The head has come; now the body may."""
        self._left += more

    def take(self, count: int) -> None:
        """Raises PageUnusable when it is too much."""
        self._left -= count
        if self._left < 0:
            raise PageUnusable("The site sends more than any article has.", hint="Save its text as a file.")


class Wire:
    """What http.client takes for a socket: it sends, and makes a file to read from."""

    def __init__(self, connection: socket.socket, *, deadline: Deadline, budget: Budget, silence: float) -> None:
        self._connection = connection
        self._deadline = deadline
        self._budget = budget
        self._silence = silence

    def sendall(self, data: bytes) -> None:
        """All of it, before the deadline."""
        self._connection.settimeout(self._deadline.left(self._silence))
        self._connection.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The bytes that come, bounded."""
        return io.BufferedReader(_Incoming(self))

    def receive(self, buffer: memoryview) -> int:
        """Fills what it can of the buffer; 0 at the end."""
        self._connection.settimeout(self._deadline.left(self._silence))
        count = self._connection.recv_into(buffer)
        self._budget.take(count)
        return count

    def close(self) -> None:
        """Nothing: http.client says so while it still reads."""

    def hang_up(self) -> None:
        """The end."""
        self._connection.close()


class _Incoming(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self._wire.receive(buffer)
