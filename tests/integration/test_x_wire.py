"""A failure before any of the request has left is a proof, however it comes about; nothing leaves after we gave up."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scheduler.channels.x.api import Api, Keys
from scheduler.channels.x.wire import TALKATIVE, Patience, Session, Unanswered, Unreached
from tests.servers.x import XServer, stand_in
from tests.servers.x_faults import Call, Fault
from tests.servers.x_keys import OPTIONS

HASTY = Patience(connect=0.3, read=0.3, call=0.4)
RESOLVE = socket.getaddrinfo


@pytest.fixture
def server() -> Iterator[XServer]:
    with stand_in() as started:
        yield started


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Any]], None]:
    """Puts another one in place of the system's; nothing ever leads away from this machine."""
    return lambda stand_in: monkeypatch.setattr(socket, "getaddrinfo", stand_in)


def post(server: str = "") -> None:
    Api(Keys(**OPTIONS), patience=HASTY, server=server).post("Short walks help.", ())


def test_a_name_that_is_not_found_is_a_proof_that_nothing_left(resolver: Callable[..., None]) -> None:
    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror("no such name")

    resolver(fails)
    with pytest.raises(Unreached):
        post()


def test_a_tls_handshake_that_fails_is_a_proof_that_nothing_left(
    server: XServer, resolver: Callable[..., None]
) -> None:
    port = int(server.url.rpartition(":")[2])
    asked: list[object] = []

    def leads_here(host: str, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        return RESOLVE("127.0.0.1", port, type=socket.SOCK_STREAM)

    resolver(leads_here)
    with pytest.raises(Unreached):
        post()
    assert asked == ["api.x.com"]
    assert server.calls == []


def test_a_name_that_is_found_after_we_gave_up_sends_nothing_any_more(
    server: XServer, resolver: Callable[..., None]
) -> None:
    found, threads = threading.Event(), set(threading.enumerate())

    def dawdles(*words: Any, **more: Any) -> list[Any]:
        found.wait(10)
        return list(RESOLVE(*words, **more))

    resolver(dawdles)
    with pytest.raises(Unreached, match=r"after 0\.4 s"):
        post(server.url)
    left = [thread for thread in threading.enumerate() if thread not in threads]
    found.set()
    for thread in left:
        thread.join(10)
    assert left
    assert server.calls == []


@pytest.mark.parametrize("fault", [Fault.HANG_BEFORE, Fault.DRIP_AFTER, Fault.DROP_BEFORE, Fault.HUGE])
def test_whatever_happens_after_the_request_has_left_proves_nothing(server: XServer, fault: Fault) -> None:
    server.fail(Call.POST, fault)
    with pytest.raises(Unanswered):
        post(server.url)


def test_the_libraries_are_kept_from_logging_what_they_sign() -> None:
    Session(patience=HASTY)
    assert {logging.getLogger(name).getEffectiveLevel() >= logging.INFO for name in TALKATIVE} == {True}
