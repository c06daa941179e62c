"""Whatever bytes a site answers with, the outcome is a page or an error of ours."""

from __future__ import annotations

import socket
import ssl

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.errors import QuotidianError
from scheduler.domain.page import Page, PageRequest
from scheduler.fetching.network import Network
from scheduler.fetching.wire import Bounds
from scheduler.fetching.work import fetch_article
from tests.servers.web import PAGE, answer, chunk, chunked, moved, packed

TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
SAMPLES = (answer(), moved("/x"), chunked(chunk(PAGE), b"0\r\n\r\n"), packed("gzip", PAGE), answer(status="503 Busy"))
ODD = st.sampled_from(
    [
        *(b"\r\n", b"\r\n\r\n", b"\0", b"0x10\r\n", b"HTTP/1.1 100\r\n\r\n", b"HTTP/1.1 302 Found\r\n", b"charset=zip"),
        *(b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n"),
        *(b"Location: http://[\r\n", b"Location: \xff\xfe\r\n", b"Location: //\r\n", b"Location: http:///x\r\n"),
        *(b"Retry-After: \xb2\r\n", b"Retry-After: 99999999999999999999\r\n", b"Date: x\r\n", b"Content-Type: ;\r\n"),
    ]
)


def network(said: bytes) -> Network:
    def dial(number: str, port: int, seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            theirs.sendall(said)
        ours.settimeout(seconds)
        return ours

    return Network(resolve=lambda host, port: ["93.184.216.34"], dial=dial, tls=TRUST)


def outcome(of: Network) -> Page | QuotidianError:
    try:
        return fetch_article(PageRequest(address="http://site.test/"), network=of, bounds=Bounds(seconds=3))
    except QuotidianError as error:
        return error


@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 200), ODD | st.binary(max_size=20)), max_size=4))
def test_an_odd_answer_is_a_page_or_an_error_with_words(said: bytes, noise: list[tuple[int, bytes]]) -> None:
    for at, odd in noise:
        said = said[:at] + odd + said[at:]
    found = outcome(network(said))
    if isinstance(found, QuotidianError):
        assert found.message.endswith(".")
        assert found.hint
        assert found.path
    else:
        assert found.url.isascii()
        assert "\n" not in found.etag
