"""A network inside the process, with its own record of what it took and faults on demand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from scheduler.domain.channel import Capabilities, Measure, Outgoing, Prepared, Receipt
from scheduler.domain.errors import Refused, TryAgain


class Fault(Enum):
    """How one request goes wrong."""

    REFUSE = auto()
    BUSY = auto()
    LIMITED = auto()
    DROP_BEFORE = auto()
    DROP_AFTER = auto()
    NO_ID = auto()


class MemoryNetwork:
    """Keeps ports.Publisher, but can't be read back. Each publish uses up the next of `faults`, None meaning none.

    `record` is what the network itself knows: every post it took, in order, a code once for each time it appeared.
    """

    def __init__(
        self,
        *,
        faults: Iterable[Fault | None] = (),
        exact: bool = False,
        settle_seconds: int = 0,
        limited_until: datetime | None = None,
        during: Callable[[], None] = lambda: None,
    ) -> None:
        self.record: list[Outgoing] = []
        self._faults = iter(faults)
        self._exact = exact
        self._settle_seconds = settle_seconds
        self._limited_until = limited_until
        self._during = during

    def capabilities(self) -> Capabilities:
        """Those of a small network."""
        return Capabilities(
            text_limit=500,
            measure=Measure.CHARACTERS,
            alt_text_limit=1000,
            picture_formats=("png", "jpg"),
            picture_bytes=1_000_000,
            exact=self._exact,
            settle_seconds=self._settle_seconds,
        )

    def verify(self) -> str:
        """Always somebody."""
        return "a network in memory"

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """Takes up the picture."""
        if outgoing.card_path and _sha256(outgoing.card_path) != outgoing.card_sha256:
            raise Refused("The picture is not the one that was planned.")
        return Prepared(outgoing=outgoing, media=(outgoing.card_sha256,))

    def publish(self, prepared: Prepared) -> Receipt:
        """Takes the post, unless the next fault says otherwise; `during` runs while the request is under way."""
        fault = next(self._faults, None)
        self._during()
        self._refuse(fault)
        number = self._take(prepared.outgoing)
        if fault is Fault.DROP_AFTER:
            raise ConnectionResetError("dropped after accepting")
        return Receipt(remote_id="" if fault is Fault.NO_ID else str(number), url=f"memory:{number}")

    def _refuse(self, fault: Fault | None) -> None:
        if fault is Fault.REFUSE:
            raise Refused("The network says no.", hint="Change the text.")
        if fault is Fault.BUSY:
            raise TryAgain("The network can't be reached.")
        if fault is Fault.LIMITED:
            raise TryAgain("The network asks for a pause.", at=self._limited_until)
        if fault is Fault.DROP_BEFORE:
            raise ConnectionResetError("dropped before accepting")

    def _take(self, outgoing: Outgoing) -> int:
        keys = [taken.key for taken in self.record]
        if self._exact and outgoing.key in keys:
            return keys.index(outgoing.key)
        self.record.append(outgoing)
        return len(self.record) - 1


def _sha256(path: str) -> str:
    file = Path(path)
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


class ReadableNetwork(MemoryNetwork):
    """Keeps ports.Finder too: an account whose own posts can be read."""

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """By the code in the link."""
        for number, taken in enumerate(self.record):
            if taken.code == outgoing.code:
                return Receipt(remote_id=str(number), url=f"memory:{number}")
        return None
