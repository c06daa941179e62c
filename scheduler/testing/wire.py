"""A web server on this machine that fails on demand, byte by byte as networks do: for authors of channels over HTTP.

`FaultyServer` asks the author's function for each answer and spoils it with the next fault. `WireContract` tries all
faults on a channel: one that calls a taken post refused, or a refused one published, is found.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scheduler.domain.channel import Receipt
from scheduler.domain.errors import AccountRefused, NotSent, Refused, TryAgain, Unknown
from scheduler.ports import Publisher
from scheduler.testing.faults import Effect, Fault, Heard
from scheduler.testing.publishers import expect
from scheduler.testing.samples import outgoing
from scheduler.usecases.sending import tried

STATUS = {
    Fault.ERROR_BEFORE: 503,
    Fault.ERROR_AFTER: 500,
    Fault.LIMITED: 429,
    Fault.LIMITED_BARE: 429,
    Fault.UNAUTHORIZED: 401,
    Fault.NO_CREDITS: 402,
    Fault.SUSPENDED: 403,
    Fault.REFUSE: 400,
}
ON_THE_WIRE = tuple(fault for fault in Fault if fault not in (Fault.BUSY, Fault.DNS, Fault.TLS, Fault.LATE))
"""The others happen before there is a connection, or after it is gone."""
PROOFS = (Refused, TryAgain, AccountRefused)
LARGEST_REQUEST = 10_000_000
RETRY_AFTER_SECONDS = "600"
DRIP_SECONDS = 0.02
LONGEST_HANG_SECONDS = 20
Answer = Callable[[str, str, bytes], bytes]
"""Method, path and body of a request to the body of its answer; called when the request takes effect."""


@dataclass(kw_only=True)
class FaultyServer:
    """Listens while `serving`. `faults` are used up by the requests for which `matters(method, path)` is true."""

    answer: Answer
    matters: Callable[[str, str], bool] = lambda method, _: method == "POST"
    faults: list[Fault] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    @contextmanager
    def serving(self) -> Iterator[FaultyServer]:
        """On a free port of the loopback device."""
        http = _Http(("127.0.0.1", 0), type("Handler", (_Handler,), {"faulty": self}))
        self.url = f"http://127.0.0.1:{http.server_port}"
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True).start()
        try:
            yield self
        finally:
            self.gone.set()
            http.shutdown()
            http.server_close()

    def next_fault(self, method: str, path: str) -> Fault | None:
        """How this request fails."""
        return self.faults.pop(0) if self.faults and self.matters(method, path) else None


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A client that went away is what was wanted."""


class _Handler(BaseHTTPRequestHandler):
    faulty: FaultyServer

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._carry()

    def do_POST(self) -> None:
        self._carry()

    def do_PUT(self) -> None:
        self._carry()

    def _carry(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), LARGEST_REQUEST))
        fault = self.faulty.next_fault(self.command, self.path)
        taken = fault is None or fault.effect is not Effect.NEVER
        answer = self.faulty.answer(self.command, self.path, body) if taken else b""
        if fault:
            self._spoil(fault, answer)
        else:
            self._send(200, answer)

    def _spoil(self, fault: Fault, answer: bytes) -> None:
        if fault in STATUS:
            self._send(STATUS[fault], b"{}", retry=fault is Fault.LIMITED)
        elif fault.heard is Heard.NO_ID:
            self._send(200, b"{}")
        elif fault is Fault.TRUNCATED:
            self._send(200, answer, cut=len(answer) // 2)
        elif fault is Fault.DRIP:
            self._drip()
        else:
            if fault.heard is Heard.TIMEOUT:
                self.faulty.gone.wait(LONGEST_HANG_SECONDS)
            self._drop()

    def _drip(self) -> None:
        """A header that never ends."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(int(LONGEST_HANG_SECONDS / DRIP_SECONDS)):
            if self.faulty.gone.wait(DRIP_SECONDS):
                break
            self.wfile.write(b".")

    def _drop(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.rfile.close()
        self.wfile.close()
        self.connection.close()

    def _send(self, status: int, body: bytes, *, retry: bool = False, cut: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if retry:
            self.send_header("Retry-After", RETRY_AFTER_SECONDS)
        self.end_headers()
        self.wfile.write(body[:cut])


class WireContract:
    """What holds for a channel over HTTP whatever happens on the wire. Subclasses set `folder` and give the two below.

    The channel's patience should be short here: a server that hangs is one of the faults.
    """

    folder: Path

    def server(self) -> FaultyServer:
        """A fresh one that answers as the network does; not serving yet."""
        raise NotImplementedError

    def publisher(self, url: str) -> Publisher:
        """The channel, connected to a server there."""
        raise NotImplementedError

    def test_without_a_fault_the_post_is_published(self) -> None:
        """Otherwise the rest proves nothing."""
        expect(isinstance(self._outcome(()), Receipt), "A post is published when nothing goes wrong.")

    def test_only_a_clear_refusal_is_called_one(self) -> None:
        """Time-outs, dropped connections, 5xx, half an answer: none of them is a proof. A documented 4xx is."""
        for fault in ON_THE_WIRE:
            outcome = self._outcome((fault,))
            expect(not isinstance(outcome, Receipt), f"{fault.words}: there is no receipt.")
            if STATUS.get(fault, 500) < 500:
                expect(isinstance(outcome, PROOFS), f"{fault.words}: that is proof that nothing went out.")
            else:
                expect(not isinstance(outcome, PROOFS), f"{fault.words}: nobody can know that nothing went out.")

    def test_a_port_that_nobody_listens_on_is_proof(self) -> None:
        """Not a byte has left."""
        with self.server().serving() as server:
            url = server.url
        expect(isinstance(self._try(url), TryAgain), "A refused connection is TryAgain.")

    def _outcome(self, faults: tuple[Fault, ...]) -> Receipt | NotSent:
        with self.server().serving() as server:
            server.faults[:] = faults
            return self._try(server.url)

    def _try(self, url: str) -> Receipt | NotSent:
        """As the engine takes it."""
        publisher = self.publisher(url)
        outcome = tried(lambda: publisher.publish(publisher.prepare(outgoing(self.folder))))
        return outcome if isinstance(outcome, NotSent) or outcome.remote_id else Unknown("no id")
