"""A stand-in for X on this machine, which is as strict as X and fails on demand. Nothing of it is part of the product.

It checks signatures, shapes, media and lengths, keeps its own record, and writes down what everything cost.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft202012Validator

from tests.servers.x_book import USER_ID, USER_NAME, Book, Refusal
from tests.servers.x_faults import AFTER, ANSWERS, BEFORE, BODIES, Call, Fault
from tests.servers.x_keys import Signatures
from tests.servers.x_shapes import ANSWERS as SHAPES
from tests.servers.x_shapes import QUERIES, REQUESTS

PUBLIC_HOST = "api.x.com"
LONGEST_HANG_SECONDS = 20
DRIP_SECONDS = 0.02
LARGEST_REQUEST = 10_000_000


class XServer:
    """The stand-in, listening as long as it is open."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:  # noqa: TID251 - X's own
        self.book = Book(now=now)
        self.signatures = Signatures()
        self.calls: list[Call] = []
        self.mistakes: list[str] = []
        self.gone = threading.Event()
        self.elsewhere = ""
        self._faults: dict[Call, list[Fault]] = defaultdict(list)
        self._lock = threading.Lock()
        self._http: ThreadingHTTPServer | None = None
        self._port = 0
        self.open()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def open(self) -> None:
        """Listens, on the same port as before."""
        if self._http is None:
            self._http = _Http(("127.0.0.1", self._port), _handler(self))
            self._port = self._http.server_port
            threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True).start()

    def close(self) -> None:
        """Refuses every connection from now on."""
        if self._http is not None:
            self._http.shutdown()
            self._http.server_close()
            self._http = None

    def fail(self, call: Call, *faults: Fault) -> None:
        """The next such calls go wrong like this, one after the other."""
        if Fault.CLOSED in faults and call not in BEFORE:
            self.close()
        else:
            self._faults[call] += faults

    def next_fault(self, call: Call) -> Fault | None:
        with self._lock:
            self.calls.append(call)
            return self._faults[call].pop(0) if self._faults[call] else None

    def is_last_before_closing(self, call: Call) -> bool:
        """Whether the call after this one is to find the port closed."""
        for later, earlier in BEFORE.items():
            if earlier is call and self._faults[later][:1] == [Fault.CLOSED]:
                self._faults[later].pop(0)
                return True
        return False

    def answer(self, call: Call, ident: str, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        """Takes effect."""
        with self._lock:
            answer = self._answers(call, ident, body, query)
        Draft202012Validator(SHAPES[call]).validate(answer)
        return answer

    def _answers(self, call: Call, ident: str, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        book = self.book
        match call:
            case Call.UPLOAD:
                return book.upload(body)
            case Call.INITIALIZE:
                return book.initialize(body)
            case Call.APPEND:
                return book.append(ident, body)
            case Call.FINALIZE:
                return book.finalize(ident)
            case Call.STATUS:
                return book.status(query["media_id"])
            case Call.ALT:
                return book.describe(body)
            case Call.POST:
                return book.post(body)
            case Call.ME:
                return {"data": {"id": USER_ID, "username": USER_NAME, "name": "Linden Clinic"}}
            case Call.TIMELINE:
                return book.timeline(query)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A client that went away is what some tests want; anything else is told by `mistakes`."""


def _handler(server: XServer) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        x = server

    return Handler


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    x: XServer

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(self.x.book.now(), usegmt=True)

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def _handle(self) -> None:
        try:
            self._carry()
        except Refusal as refusal:
            self._problem(refusal.status, refusal.words)
        except ConnectionError:
            pass
        except Exception as mistake:
            self.x.mistakes.append(repr(mistake))
            raise

    def _carry(self) -> None:
        size = min(int(self.headers.get("Content-Length", 0)), LARGEST_REQUEST)
        raw = self.rfile.read(size)
        if len(raw) < size:
            raise ConnectionError("half a request")
        parts = urlsplit(self.path)
        found = Call.of(self.command, parts.path)
        if found is None:
            raise Refusal(404, "Not Found")
        call, ident = found
        fault = self.x.next_fault(call)
        if fault and fault not in AFTER:
            self._go_wrong(fault, b"")
            return
        body, query = self._checked(call, raw, dict(parse_qsl(parts.query)))
        answer = json.dumps(self.x.answer(call, ident, body, query)).encode()
        if self.x.is_last_before_closing(call):
            self.x.close()
        if fault:
            self._go_wrong(fault, answer)
        else:
            self._send(201 if call is Call.POST else 200, answer)

    def _checked(self, call: Call, raw: bytes, query: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
        host = self.headers.get("Host", "")
        signed = self.x.signatures.accepts(self.command, f"https://{host}{self.path}", dict(self.headers.items()))
        if host != PUBLIC_HOST or not signed:
            raise Refusal(401, "Unauthorized")
        if raw and self.headers.get("Content-Type") != "application/json":
            raise Refusal(400, "The body is not JSON.")
        body = json.loads(raw) if raw else {}
        for shape, value in ((REQUESTS.get(call), body), (QUERIES.get(call), query)):
            if errors := list(Draft202012Validator(shape or {"maxProperties": 0}).iter_errors(value)):
                raise Refusal(400, errors[0].message[:100])
        return body, query

    def _go_wrong(self, fault: Fault, answer: bytes) -> None:
        if fault in (Fault.HANG_BEFORE, Fault.HANG_AFTER):
            self.x.gone.wait(LONGEST_HANG_SECONDS)
            self._drop()
        elif fault in (Fault.DROP_BEFORE, Fault.DROP_AFTER):
            self._drop()
        elif fault is Fault.DRIP_AFTER:
            self._drip()
        elif fault is Fault.TRUNCATED:
            self._send(200, answer, cut=len(answer) // 2)
        elif fault in BODIES:
            self._send(*BODIES[fault], headers=self._oddities(fault))
        else:
            self._problem(*ANSWERS[fault], headers=self._resets(fault))

    def _oddities(self, fault: Fault) -> dict[str, str]:
        """Another server, where it leads elsewhere, would get the whole request with what signs it."""
        kinds = {
            Fault.REDIRECT: {"Location": self.path},
            Fault.REDIRECT_AWAY: {"Location": f"{self.x.elsewhere}{self.path}"},
            Fault.HUGE_HEADERS: {f"X-Filler-{number}": "x" * 60_000 for number in range(150)},
        }
        return kinds.get(fault, {})

    def _resets(self, fault: Fault) -> dict[str, str]:
        at = self.x.book.now() + timedelta(minutes=10)
        known = {Fault.LIMITED: f"{at.timestamp():.0f}", Fault.LIMITED_ABSURD: "9" * 30}
        return {"x-rate-limit-reset": known[fault]} if fault in known else {}

    def _drop(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.rfile.close()
        self.wfile.close()
        self.connection.close()

    def _drip(self) -> None:
        """A header that never ends, byte by byte."""
        self.wfile.write(b"HTTP/1.1 201 Created\r\nx-slow: ")
        while not self.x.gone.wait(DRIP_SECONDS):
            self.wfile.write(b".")

    def _problem(self, status: int, words: str, headers: dict[str, str] | None = None) -> None:
        problem = {"type": "about:blank", "title": "Problem", "detail": words, "status": status}
        self._send(status, json.dumps(problem).encode(), headers=headers or {})

    def _send(self, status: int, body: bytes, *, headers: dict[str, str] | None = None, cut: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[:cut])
        self.close_connection = True


@contextmanager
def stand_in(now: Callable[[], datetime] | None = None) -> Iterator[XServer]:
    """A stand-in for as long as it is needed. A mistake of its own fails the test."""
    server = XServer(now) if now else XServer()
    try:
        yield server
    finally:
        server.gone.set()
        server.close()
    assert server.mistakes == []
