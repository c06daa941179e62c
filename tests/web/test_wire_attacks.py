"""Attacks by bytes, against the real server: slow, huge, doubled, broken."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest

from scheduler.bootstrap import App
from scheduler.bootstrap.renewal import Renewal
from scheduler.web.dashboard import patience, site
from scheduler.web.dashboard.server import in_a_thread
from tests.web.visitor import OURS, Visitor


@pytest.fixture
def port(empty: App) -> Iterator[int]:
    with in_a_thread(Renewal(app=empty), host="127.0.0.1", port=0, host_user="Ann") as port:
        yield port


def sent(port: int, data: bytes) -> bytes:
    """All that the server says before it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        answer = b""
        with suppress(ConnectionError):
            connection.sendall(data)
            while part := connection.recv(65536):
                answer += part
        return answer


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


HOST = b"Host: 127.0.0.1\r\nConnection: close\r\n"
BROKEN = {
    "no request at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n",
    "two names": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    "two lengths": b"POST /theme HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\nContent-Length: 40\r\n\r\nabcd",
    "a length that is none": b"POST /theme HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    "headers without end": b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 150_000 + b"\r\n\r\n",
    "a header with a line feed": b"GET / HTTP/1.1\r\n" + HOST + b"X: a\nb\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
    "an old protocol without a name": b"GET / HTTP/1.0\r\n\r\n",
    "length and chunks at once": b"POST /theme HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\nTransfer-Encoding: chunked"
    b"\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n",
    "chunks of unknown length": b"POST /theme HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a proxy's request": b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\nConnection: close\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_request_is_refused(port: int, how: str) -> None:
    answer = sent(port, BROKEN[how])
    assert status(answer) == 0 or 400 <= status(answer) < 500
    assert answer.count(b"HTTP/1.1 ") <= 1


def test_who_sends_no_whole_request_loses_the_place(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.3)
    assert sent(port, b"") == b""
    assert sent(port, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ") == b""
    assert sent(port, b"GET /signin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HT").count(b"HTTP/1.1 ") == 1


def test_a_body_that_never_comes_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "BODY_SECONDS", 0.3)
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
    assert status(sent(port, b"POST /theme HTTP/1.1\r\n" + HOST + kind + b"Content-Length: 50\r\n\r\ntheme=")) == 408


def test_a_hundred_silent_connections_let_the_next_visitor_in(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.3)
    silent = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(100)]
    assert [connection.recv(1) for connection in silent] == [b""] * 100
    for connection in silent:
        connection.close()
    assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 200


def test_a_body_that_is_too_large_is_refused_before_it_is_read(ann: Visitor) -> None:
    response = ann.ask("POST", "/theme", content=b"x=" + b"y" * 200_000, headers=OURS)
    assert response.status_code == 413


def test_a_form_of_ten_thousand_fields_is_refused(ann: Visitor) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    response = ann.ask("POST", "/theme", content=b"a=1&" * 10_000, headers={**OURS, **kind})
    assert 400 <= response.status_code < 500


PARTS = {
    "no boundary": ("multipart/form-data", b"--x\r\n\r\n"),
    "no end": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1"),
    "nothing": ("multipart/form-data; boundary=x", b""),
    "noise": ("multipart/form-data; boundary=x", bytes(range(256)) * 20),
    "thirty files": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n1\r\n' * 30 + b"--x--\r\n",
    ),
    "a heading without end": (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data; name=" + b"a" * 50_000,
    ),
    "another kind": ("application/json", b'{"theme": "dark"}'),
    "a file for a word": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="token"; filename="t"\r\n\r\n1\r\n--x--\r\n',
    ),
}


@pytest.mark.parametrize("how", PARTS)
def test_a_form_in_broken_parts_is_refused(ann: Visitor, how: str) -> None:
    kind, body = PARTS[how]
    response = ann.ask("POST", "/theme", content=body, headers={**OURS, "content-type": kind})
    assert 400 <= response.status_code < 500
    assert "theme" not in response.cookies
