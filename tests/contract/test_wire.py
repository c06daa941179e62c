"""The contract on the wire passes a careful channel, and finds one that takes a guess for a proof."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scheduler.domain.channel import Capabilities, Outgoing, Prepared, Receipt
from scheduler.domain.errors import AccountRefused, Refused, TryAgain, Unknown
from scheduler.ports import Publisher
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.wire import FaultyServer, WireContract

PATIENCE_SECONDS = 0.15
REFUSALS = {400: Refused, 401: AccountRefused, 402: AccountRefused, 403: AccountRefused, 429: TryAgain}


class Careful:
    """A small channel over HTTP that is patient for so long in all, and calls only a clear refusal one."""

    def __init__(self, url: str) -> None:
        self.host, self.port = str(urlsplit(url).hostname), int(urlsplit(url).port or 0)

    def capabilities(self) -> Capabilities:
        return MemoryNetwork().capabilities()

    def verify(self) -> str:
        return "somebody"

    def prepare(self, outgoing: Outgoing) -> Prepared:
        return Prepared(outgoing=outgoing)

    def publish(self, prepared: Prepared) -> Receipt:
        body = json.dumps({"text": prepared.outgoing.text}).encode()
        head, _, answer = self.exchange(body).partition(b"\r\n\r\n")
        status = int(head.split()[1])
        if status in REFUSALS:
            raise REFUSALS[status]("The network says no.")
        if status != 200:
            raise Unknown(f"The network answers {status}.")
        found = json.loads(answer)
        return Receipt(remote_id=found["id"], url=f"wire:{found['id']}")

    def exchange(self, body: bytes) -> bytes:
        try:
            connection = socket.create_connection((self.host, self.port), PATIENCE_SECONDS)
        except ConnectionRefusedError:
            raise TryAgain("The network can't be reached.") from None
        end, answer = time.monotonic() + PATIENCE_SECONDS, b""
        with connection:
            connection.sendall(b"POST / HTTP/1.0\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            while part := connection.recv(4096):
                answer += part
                connection.settimeout(max(0.001, end - time.monotonic()))
                if time.monotonic() > end:
                    raise TimeoutError
        return answer


class Careless(Careful):
    """Takes whatever goes wrong for a refusal."""

    def publish(self, prepared: Prepared) -> Receipt:
        try:
            return super().publish(prepared)
        except (OSError, ValueError, KeyError) as error:
            raise TryAgain("It didn't work.") from error


class TestCareful(WireContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def server(self) -> FaultyServer:
        return FaultyServer(answer=lambda method, path, body: b'{"id": "17", "text": "as it was sent"}')

    def publisher(self, url: str) -> Publisher:
        return Careful(url)


def test_a_channel_that_takes_a_guess_for_a_proof_is_found(tmp_path: Path) -> None:
    contract = TestCareful()
    contract.folder = tmp_path
    contract.publisher = Careless  # type: ignore[method-assign]

    with pytest.raises(AssertionError, match="nobody can know"):
        contract.test_only_a_clear_refusal_is_called_one()
