"""A mail server and a webhook on this machine, for notices: small, strict enough, and failing on demand."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LARGEST = 1_000_000


@dataclass
class Received:
    """What arrived. With `status` a webhook refuses; while `hang` is set nobody gets an answer."""

    port: int = 0
    mails: list[Message] = field(default_factory=list)
    hooks: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    hang: threading.Event = field(default_factory=threading.Event)
    gone: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        if self.hang.is_set():
            self.gone.wait(60)

    @property
    def webhook(self) -> str:
        return f"json://hook:webhook-secret@127.0.0.1:{self.port}/notices"

    @property
    def mailbox(self) -> str:
        return f"mailto://127.0.0.1:{self.port}?from=worker@clinic.example&to=ann@clinic.example&mode=insecure"


class _Mail(socketserver.StreamRequestHandler):
    received: Received

    def handle(self) -> None:
        self.received.wait()
        self._say("220 mail.clinic.example")
        while line := self.rfile.readline(1000).decode("ascii", "replace").strip():
            verb = line.split(" ")[0].upper()
            if verb == "DATA":
                self._say("354 go on")
                self.received.mails.append(message_from_string(self._letter()))
            self._say({"EHLO": "250 mail.clinic.example", "QUIT": "221 bye"}.get(verb, "250 ok"))
            if verb == "QUIT":
                return

    def _letter(self) -> str:
        lines: list[str] = []
        while (line := self.rfile.readline(10_000).decode("utf-8", "replace")) not in (".\r\n", ""):
            lines.append(line.removeprefix(".") if line.startswith("..") else line)
        return "".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Hook(BaseHTTPRequestHandler):
    received: Received

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), LARGEST))
        self.received.wait()
        if self.received.status == 200:
            self.received.hooks.append(json.loads(body))
        self.send_response(self.received.status)
        self.send_header("Content-Length", "0")
        self.end_headers()


class _Mails(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


class _Hooks(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def _open(server: socketserver.TCPServer, received: Received) -> Iterator[Received]:
    received.port = int(server.server_address[1])
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True).start()
    try:
        yield received
    finally:
        received.gone.set()
        server.shutdown()
        server.server_close()


@contextmanager
def mail_server() -> Iterator[Received]:
    received = Received()
    with _open(_Mails(("127.0.0.1", 0), type("Handler", (_Mail,), {"received": received})), received) as opened:
        yield opened


@contextmanager
def webhook() -> Iterator[Received]:
    received = Received()
    with _open(_Hooks(("127.0.0.1", 0), type("Handler", (_Hook,), {"received": received})), received) as opened:
        yield opened
