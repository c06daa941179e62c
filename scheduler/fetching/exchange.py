"""One question and its answer: HTTP/1.1 by http.client over a connection of ours, bounded in time and size."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from scheduler.domain.errors import NoAnswer, PageUnusable
from scheduler.fetching.network import Network
from scheduler.fetching.target import Target
from scheduler.fetching.unpacking import unpacked
from scheduler.fetching.wire import Bounds, Budget, Deadline, Wire

CHUNK = 64 * 1024
PRODUCT = "Quotidian"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a site said: `body` is unpacked, and there only for a success."""

    status: int
    headers: Message
    body: bytes = b""

    def header(self, name: str) -> str:
        """Empty where the site doesn't send it."""
        return " ".join(str(self.headers.get(name) or "").split())

    @property
    def retry_after(self) -> int | None:
        """Seconds that the site asks for; a date is taken against the site's own."""
        wanted = self.header("Retry-After")
        if wanted.isascii() and wanted.isdigit():
            return min(int(wanted[:10]), 10**9)
        try:
            wait = parsedate_to_datetime(wanted) - parsedate_to_datetime(self.header("Date"))
        except (TypeError, ValueError, OverflowError):
            return None
        return max(0, int(wait.total_seconds()))


def agent() -> str:
    """What we call ourselves."""
    try:
        return f"{PRODUCT}/{version('quotidian')}"
    except PackageNotFoundError:
        return PRODUCT


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What every exchange of one visit shares: a name that was asked for once keeps its numbers until the end."""

    network: Network
    bounds: Bounds
    deadline: Deadline
    _pinned: dict[str, Sequence[str]] = field(default_factory=dict)

    def connect(self, target: Target) -> socket.socket:
        """A connection to the target's host, its number checked. Raises AddressRefused, NoAnswer."""
        if target.host not in self._pinned:
            self._pinned[target.host] = self.network.numbers(target.host, target.port)
        return self.network.connect(self._pinned[target.host], target.port, seconds=self._seconds)

    def _seconds(self) -> float:
        return self.deadline.left(self.bounds.connect_seconds)


def ask(target: Target, line: Line, headers: Mapping[str, str], *, cut_at: int = 0) -> Answer:
    """One GET. Raises AddressRefused, PageUnusable, NoAnswer. A body over `cut_at` is cut there, if that is given."""
    connection = _Connection(target, line)
    try:
        connection.request("GET", target.path, headers={**headers, "User-Agent": agent(), "Connection": "close"})
        response = connection.getresponse()
        connection.budget.grow(line.bounds.wire_bytes)
        body = _body(response, line.bounds.body_bytes, cut_at) if response.status in (200, 203) else b""
    except TimeoutError:
        raise NoAnswer("The site is too slow.") from None
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise NoAnswer(f"The site's answer makes no sense ({type(error).__name__}).") from None
    finally:
        connection.hang_up()
    return Answer(status=response.status, headers=response.headers, body=body)


class _Connection(http.client.HTTPConnection):
    """One over a wire of ours."""

    def __init__(self, target: Target, line: Line) -> None:
        super().__init__(target.host, target.port)
        self.default_port = target.port
        self._target = target
        self._line = line
        self.budget = Budget(line.bounds.head_bytes)
        self._wire: Wire | None = None

    def connect(self) -> None:
        """Dials, secures where the scheme says so, and puts bounds on what comes."""
        line = self._line
        connection = line.connect(self._target)
        connection.settimeout(line.deadline.left(line.bounds.silence_seconds))
        if self._target.scheme == "https":
            connection = self._secured(connection)
        silence = line.bounds.silence_seconds
        self.sock = self._wire = Wire(connection, deadline=line.deadline, budget=self.budget, silence=silence)

    def hang_up(self) -> None:
        """Closes what was opened."""
        if self._wire:
            self._wire.hang_up()

    def _secured(self, connection: socket.socket) -> socket.socket:
        try:
            return self._line.network.secure(connection, self._target.host)
        except NoAnswer:
            connection.close()
            raise


def _body(response: http.client.HTTPResponse, most: int, cut_at: int) -> bytes:
    if not cut_at and (response.length or 0) > most:
        raise PageUnusable("The site sends more than any article has.", hint="Save its text as a file.")
    if (response.headers.get("Transfer-Encoding") or "chunked").strip().lower() != "chunked":
        raise PageUnusable("The site sends its answer in a way that wasn't asked for.")
    pieces = iter(partial(response.read1, CHUNK), b"")
    body = bytearray()
    for step in unpacked(pieces, response.headers.get("Content-Encoding") or ""):
        body += step
        if cut_at and len(body) >= cut_at:
            return bytes(body[:cut_at])
        if len(body) > most:
            raise PageUnusable("The page is larger than any article.", hint="Save its text as a file.")
    if response.length:
        raise NoAnswer("The site's answer broke off.")
    return bytes(body)
