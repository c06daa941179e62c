"""A small web of hostile and odd sites: raw answers by path on a loopback port, and the network that leads to it.

The code under test resolves, checks and dials as ever; only the resolver's book of names and the last step of the
dialling, from a public number to the loopback port, are ours.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from pathlib import Path

from scheduler.fetching.network import Network
from scheduler.fetching.public import is_public

PAGE = b"<!doctype html><title>Water</title><article><p>Drink a glass of water before breakfast.</p></article>"
NOTE = b"# Water\n\nDrink a glass of water before breakfast, and another one after it.\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n"
MIB = 1024 * 1024
Pieces = Iterable[bytes]


def answer(body: bytes = PAGE, *, status: str = "200 OK", head: bytes = HTML) -> bytes:
    length = b"Content-Length: %d\r\n" % len(body)
    return b"HTTP/1.1 " + status.encode() + b"\r\n" + head + length + b"\r\n" + body


def moved(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status=status, head=b"Location: " + to.encode() + b"\r\n")


def packed(coding: str, body: bytes) -> bytes:
    return answer(body, head=HTML + b"Content-Encoding: " + coding.encode() + b"\r\n")


def chunked(*chunks: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\n" + HTML + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(chunks)


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def bare_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


def drip(data: bytes) -> Iterator[bytes]:
    for byte in data:
        time.sleep(0.05)
        yield bytes([byte])


def endless(head: bytes, piece: bytes) -> Iterator[bytes]:
    yield head
    yield from repeat(piece, 100_000)


def later(seconds: float) -> Iterator[bytes]:
    time.sleep(seconds)
    yield answer()


OPEN = b"HTTP/1.1 200 OK\r\n" + HTML
ZEROS = gzip.compress(bytes(40 * MIB))
ANSWERS: Mapping[str, Callable[[], bytes | Pieces]] = {
    "/article": answer,
    "/a b": answer,
    "/notes.md": lambda: answer(NOTE, head=b"Content-Type: text/plain\r\n"),
    "/notes": lambda: answer(NOTE, head=b"Content-Type: text/markdown; charset=UTF-8\r\n"),
    "/untold.md": lambda: answer(NOTE, head=b""),
    "/xhtml": lambda: answer(head=b"Content-Type: application/xhtml+xml\r\n"),
    "/shouting": lambda: answer(head=b'CONTENT-TYPE: TEXT/HTML;CHARSET="UTF-8"\r\n'),
    "/latin": lambda: answer("<p>Brötchen".encode("latin-1"), head=b"Content-Type: text/html; charset=ISO-8859-1\r\n"),
    "/lie": lambda: answer("<p>Brötchen".encode("latin-1")),
    "/gzip": lambda: packed("gzip", gzip.compress(PAGE)),
    "/x-gzip": lambda: packed("X-GZIP", gzip.compress(PAGE)),
    "/two-gzips": lambda: packed("gzip", gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:])),
    "/gzip-tail": lambda: packed("gzip", gzip.compress(PAGE) + b"\0" * 100),
    "/deflate": lambda: packed("deflate", zlib.compress(PAGE)),
    "/bare-deflate": lambda: packed("deflate", bare_deflate(PAGE)),
    "/identity": lambda: packed("identity", PAGE),
    "/chunked": lambda: chunked(chunk(PAGE[:40]), chunk(PAGE[40:]), b"0\r\n\r\n"),
    "/chunk-words": lambda: chunked(b"%x;note=1\r\n%s\r\n" % (len(PAGE), PAGE), b"0\r\nTrailer: 1\r\n\r\n"),
    "/until-the-end": lambda: OPEN + b"\r\n" + PAGE,
    "/http10": lambda: b"HTTP/1.0 200 OK\r\n" + HTML + b"\r\n" + PAGE,
    "/garbage-after": lambda: answer() + b"HTTP/1.1 200 OK\r\n\r\nmore" * 50,
    "/continue": lambda: b"HTTP/1.1 100 Continue\r\n\r\n" + answer(),
    "/folded": lambda: answer(head=HTML + b'ETag: "a\r\n b"\r\n'),
    "/cookie": lambda: answer(head=HTML + b"Set-Cookie: id=1\r\n"),
    "/newlines": lambda: answer().replace(b"\r\n", b"\n"),
    "/no-authority": lambda: answer(status="203 Non-Authoritative Information"),
    "/moved": lambda: moved("/article"),
    "/moved-301": lambda: moved("/article", "301 Moved Permanently"),
    "/moved-303": lambda: moved("/article", "303 See Other"),
    "/moved-307": lambda: moved("/article", "307 Temporary Redirect"),
    "/moved-308": lambda: moved("/article#part", "308 Permanent Redirect"),
    "/moved-host": lambda: moved("//www.site.test/article"),
    "/moved-blank": lambda: moved("/a b"),
    "/moved-words": lambda: moved("/caf\u00e9"),
    "/caf%C3%A9": answer,
    "/five": lambda: moved("/four"),
    "/four": lambda: moved("/three"),
    "/three": lambda: moved("/two"),
    "/two": lambda: moved("/one"),
    "/one": lambda: moved("/article"),
    "/six": lambda: moved("/five"),
    "/loop": lambda: moved("/loop"),
    "/ring": lambda: moved("http://www.site.test/gnir"),
    "/gnir": lambda: moved("http://site.test/ring"),
    "/to-nowhere": lambda: answer(b"", status="302 Found", head=b""),
    "/to-loopback": lambda: moved("http://127.0.0.1/article"),
    "/to-localhost": lambda: moved("http://localhost/article"),
    "/to-private": lambda: moved("http://10.1.2.3/article"),
    "/to-a-private-name": lambda: moved("http://ten.test/article"),
    "/to-metadata": lambda: moved("http://169.254.169.254/latest/meta-data/"),
    "/to-a-number": lambda: moved("http://2130706433/"),
    "/to-mapped": lambda: moved("http://[::ffff:127.0.0.1]/"),
    "/to-nat64": lambda: moved("http://[64:ff9b::7f00:1]/"),
    "/to-a-file": lambda: moved("file:///etc/passwd"),
    "/to-ftp": lambda: moved("ftp://site.test/article"),
    "/to-data": lambda: moved("data:text/html,<p>Hello"),
    "/to-script": lambda: moved("javascript:alert(1)"),
    "/to-a-password": lambda: moved("http://me:secret@site.test/article"),
    "/to-a-port": lambda: moved("http://site.test:8080/article"),
    "/to-a-backslash": lambda: moved("http:\\\\127.0.0.1\\"),
    "/to-two-steps": lambda: moved("/to-private"),
    "/to-brackets": lambda: moved("http://[x/"),
    "/nothing": lambda: b"HTTP/1.1 204 No Content\r\n\r\n",
    "/unchanged": lambda: b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "/part": lambda: answer(status="206 Partial Content"),
    "/choices": lambda: answer(status="300 Multiple Choices"),
    "/password": lambda: answer(status="401 Unauthorized", head=b"WWW-Authenticate: Basic\r\n"),
    "/forbidden": lambda: answer(status="403 Forbidden"),
    "/missing": lambda: answer(status="404 Not Found"),
    "/gone": lambda: answer(status="410 Gone"),
    "/teapot": lambda: answer(status="418 I'm a teapot"),
    "/law": lambda: answer(status="451 Unavailable For Legal Reasons"),
    "/many": lambda: answer(status="429 Too Many Requests", head=b"Retry-After: 7200\r\n"),
    "/broken": lambda: answer(status="500 Internal Server Error"),
    "/busy": lambda: answer(
        status="503 Service Unavailable",
        head=b"Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 11:00:00 GMT\r\n",
    ),
    "/switching": lambda: b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
    "/status-words": lambda: b"HTTP/1.1 fine\r\n\r\n",
    "/status-none": lambda: b"\r\n\r\n",
    "/status-long": lambda: b"HTTP/1.1 200 " + b"x" * 70_000 + b"\r\n\r\n",
    "/http09": lambda: PAGE,
    "/ssh": lambda: b"SSH-2.0-OpenSSH_9.2\r\n",
    "/silent": lambda: b"",
    "/reset": lambda: iter(()),
    "/picture": lambda: answer(b"\x89PNG", head=b"Content-Type: image/png\r\n"),
    "/pdf": lambda: answer(b"%PDF", head=b"Content-Type: application/pdf\r\n"),
    "/zip": lambda: answer(b"PK", head=b"Content-Type: application/zip\r\n"),
    "/json": lambda: answer(b"{}", head=b"Content-Type: application/json\r\n"),
    "/feed": lambda: answer(b"<rss/>", head=b"Content-Type: application/rss+xml\r\n"),
    "/film": lambda: endless(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", bytes(MIB)),
    "/brotli": lambda: packed("br", b"\x1b"),
    "/twice-packed": lambda: packed("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
    "/not-packed": lambda: packed("gzip", PAGE),
    "/half-packed": lambda: packed("gzip", gzip.compress(PAGE * 9)[:60]),
    "/damaged": lambda: packed("gzip", gzip.compress(PAGE)[:-8] + bytes(8)),
    "/bomb": lambda: packed("gzip", ZEROS),
    "/deflate-bomb": lambda: packed("deflate", zlib.compress(bytes(40 * MIB))),
    "/bombs": lambda: packed("gzip", gzip.compress(bytes(4 * MIB)) * 10),
    "/chunked-bomb": lambda: (
        OPEN + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(ZEROS) + b"0\r\n\r\n"
    ),
    "/sent-packed": lambda: OPEN + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + chunk(PAGE) + b"0\r\n\r\n",
    "/said-huge": lambda: OPEN + b"Content-Length: 1000000000000\r\n\r\n" + PAGE,
    "/huge": lambda: endless(OPEN + b"\r\n", bytes(MIB)),
    "/huge-chunks": lambda: endless(chunked(), chunk(bytes(MIB))),
    "/short": lambda: OPEN + b"Content-Length: 5000\r\n\r\n" + PAGE,
    "/chunk-negative": lambda: chunked(b"-5\r\n" + PAGE),
    "/chunk-giant": lambda: chunked(b"ffffffffffffffff\r\n" + PAGE),
    "/chunk-nonsense": lambda: chunked(b"zz\r\n" + PAGE),
    "/chunk-open": lambda: chunked(chunk(PAGE)),
    "/chunk-line": lambda: chunked(b"1;" + b"x" * 100_000 + b"\r\n"),
    "/trailers": lambda: endless(chunked(chunk(PAGE), b"0\r\n"), b"X: " + b"y" * 8000 + b"\r\n"),
    "/headers": lambda: endless(b"HTTP/1.1 200 OK\r\n", b"X-Header: y\r\n"),
    "/long-header": lambda: endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 8000),
    "/continues": lambda: endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "/slow-head": lambda: drip(answer()),
    "/slow-body": lambda: endless_drip(),
    "/late": lambda: later(3),
}


def endless_drip() -> Iterator[bytes]:
    yield OPEN + b"\r\n" + PAGE
    yield from drip(b" " * 60)


DENY = b"User-agent: *\nDisallow: /\n"
TEXT = b"Content-Type: text/plain\r\n"
ROBOTS: Mapping[str, Callable[[], bytes | Pieces]] = {
    "closed.test": lambda: answer(DENY, head=TEXT),
    "open.test": lambda: answer(b"User-agent: *\nDisallow:\n", head=TEXT),
    "others.test": lambda: answer(b"User-agent: GreedyBot\nDisallow: /\n", head=TEXT),
    "named.test": lambda: answer(b"User-agent: Quotidian\nDisallow: /\n\nUser-agent: *\nAllow: /\n", head=TEXT),
    "partly.test": lambda: answer(b"User-agent: *\nDisallow: /\nAllow: /article\n", head=TEXT),
    "guarded.test": lambda: answer(b"", status="403 Forbidden"),
    "broken.test": lambda: answer(b"", status="503 Service Unavailable"),
    "astray.test": lambda: moved("http://10.0.0.1/robots.txt"),
    "nonsense.test": lambda: moved("http://[x/robots.txt"),
    "ringing.test": lambda: moved("/robots.txt"),
    "elsewhere.test": lambda: moved("http://closed.test/robots.txt"),
    "page.test": answer,
    "long.test": lambda: endless(OPEN + b"\r\n" + DENY, b"# more\n" * 10_000),
    "long-open.test": lambda: answer(b"User-agent: *\n" + b"Disallow: /x\n" * 45_000 + b"Disallow: /\n", head=TEXT),
    "bombing.test": lambda: packed("gzip", ZEROS),
    "slow-robots.test": lambda: later(3),
    "stars.test": lambda: answer(b"User-agent: *\nDisallow: /" + b"a*" * 400 + b"b\n", head=TEXT),
}


@dataclass
class Web:
    """The book of names, what was resolved and dialled, and what was asked: (host, path, head) in order."""

    names: Mapping[str, Sequence[str]]
    certificate: Path | None = None
    resolved: list[str] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    extra: dict[str, Callable[[], bytes | Pieces]] = field(default_factory=dict)
    ports: dict[int, int] = field(default_factory=dict)

    @cached_property
    def network(self) -> Network:
        trust = ssl.create_default_context(cafile=self.certificate)
        return Network(resolve=self.resolve, dial=self.dial, tls=trust)

    def resolve(self, host: str, _port: int) -> Sequence[str]:
        self.resolved.append(host)
        if host not in self.names:
            # A number is its own; any other name is unknown, and nobody is asked.
            found = socket.getaddrinfo(host, 80, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
            return [str(entry[4][0]) for entry in found]
        numbers = self.names[host]
        return numbers[:1] if self.resolved.count(host) == 1 and host.startswith("turncoat") else numbers

    def dial(self, number: str, port: int, seconds: float) -> socket.socket:
        assert is_public(number), f"{number} was dialled"
        self.dialled.append(number)
        return socket.create_connection(("127.0.0.1", self.ports[port]), timeout=seconds)

    def serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            head = self._head(connection)
            path = head.split(" ")[1] if head.count(" ") > 1 else ""
            (host,) = [line[6:] for line in head.split("\r\n") if line.startswith("Host: ")] or [""]
            self.asked.append((host, path, head))
            self._say(connection, self._answer(host, path))

    def _answer(self, host: str, path: str) -> bytes | Pieces:
        if path == "/robots.txt":
            return ROBOTS.get(host, lambda: answer(b"", status="404 Not Found"))()
        known = {**ANSWERS, **self.extra}
        return known.get(path.partition("?")[0], answer)()

    @staticmethod
    def _head(connection: socket.socket) -> str:
        head = b""
        while b"\r\n\r\n" not in head and head[:1] != b"\x16" and (more := connection.recv(65536)):
            head += more
        return head.decode("latin-1")

    @staticmethod
    def _say(connection: socket.socket, said: bytes | Pieces) -> None:
        if isinstance(said, bytes):
            connection.sendall(said)
            return
        sent = False
        for piece in said:
            connection.sendall(piece)
            sent = True
        if not sent:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@contextmanager
def serving(web: Web, key: Path | None = None) -> Iterator[Web]:
    """Plain and, with a certificate and its key, secured."""
    context = None
    if web.certificate and key:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(web.certificate, key)
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in (80, 443)]
    web.ports.update({port: one.getsockname()[1] for port, one in zip((80, 443), listeners, strict=True)})
    threads = [
        threading.Thread(target=_accept, args=(web, one, secured), daemon=True)
        for one, secured in zip(listeners, (None, context), strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        yield web
    finally:
        for one in listeners:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        for thread in threads:
            thread.join(5)


def _accept(web: Web, listener: socket.socket, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_one, args=(web, connection, context), daemon=True).start()


def _one(web: Web, connection: socket.socket, context: ssl.SSLContext | None) -> None:
    if context:
        try:
            connection = context.wrap_socket(connection, server_side=True)
        except OSError:
            connection.close()
            return
    web.serve(connection)
