"""A simulated network, with its own record of what it took and faults on demand, at every step.

Its kinds differ in how a lost answer is resolved: by nothing, by the same key again, or by looking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path

from scheduler.domain.channel import Capabilities, Measure, Outgoing, Prepared, Receipt
from scheduler.domain.errors import AccountRefused, Refused, TryAgain
from scheduler.testing.faults import Effect, Fault, Faults, Heard, Script, Step
from scheduler.testing.ledger import Ledger, MemoryLedger, Taken

PAUSE = timedelta(minutes=1)


class Moment(Enum):
    """Where a worker stands in the protocol while it talks to the network."""

    IDLE = auto()
    CLAIMED = auto()
    PREPARED = auto()
    INTENDED = auto()
    ACCEPTED = auto()
    ANSWERED = auto()


class MemoryNetwork:
    """Keeps ports.Publisher, but can't be read back. Each publish uses up the next of `faults`, None meaning none;
    a Script or a Storm has faults for the other steps too.

    `record` is what the network itself knows: every post it took, in order, a code once for each time it appeared.
    `exact` networks take a key once. What is taken late is there when half of `settle_seconds` is over. `now` is the
    network's own clock; without one the posts' own dates count. `during` runs while a request to publish is under way,
    `at` whenever a client passes a moment of the protocol.
    """

    def __init__(
        self,
        *,
        faults: Iterable[Fault | None] | Faults = (),
        exact: bool = False,
        settle_seconds: int = 0,
        limited_until: datetime | None = None,
        ledger: Ledger | None = None,
        now: Callable[[], datetime] | None = None,
        during: Callable[[], None] = lambda: None,
        at: Callable[[Moment], None] = lambda _: None,
    ) -> None:
        self._ledger = ledger or MemoryLedger()
        self._faults = faults if callable(faults) else Script({Step.PUBLISH: faults})
        self._exact = exact
        self._settle_seconds = settle_seconds
        self._limited_until = limited_until
        self._now = now
        self._during = during
        self._at = at

    @property
    def record(self) -> Sequence[Taken]:
        """Its own truth."""
        return self._ledger.everything()

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
            threads=True,
        )

    def verify(self) -> str:
        """Always somebody."""
        return "a simulated network"

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """Takes up the picture."""
        self._at(Moment.CLAIMED)
        if fault := self._faults(Step.PREPARE):
            raise self._heard(fault)
        if outgoing.card_path and _sha256(outgoing.card_path) != outgoing.card_sha256:
            raise Refused("The picture is not the one that was planned.")
        self._at(Moment.PREPARED)
        return Prepared(outgoing=outgoing, media=(outgoing.card_sha256,))

    def publish(self, prepared: Prepared) -> Receipt:
        """Takes the post, unless the next fault says otherwise."""
        self._at(Moment.INTENDED)
        fault = self._faults(Step.PUBLISH)
        self._during()
        if fault and fault.effect is Effect.NEVER:
            raise self._heard(fault)
        receipt = self._take(prepared, late=fault is Fault.LATE)
        self._at(Moment.ACCEPTED)
        if fault and fault.heard is Heard.NO_ID:
            return Receipt(remote_id="", url=receipt.url)
        if fault:
            raise self._heard(fault)
        self._at(Moment.ANSWERED)
        return receipt

    def _take(self, prepared: Prepared, *, late: bool) -> Receipt:
        outgoing = prepared.outgoing
        at = self._time(outgoing) + timedelta(seconds=self._settle_seconds / 2 if late else 0)
        with self._ledger.alone():
            known = [taken for taken in self._ledger.of(outgoing.code) if taken.key == outgoing.key]
            if self._exact and known:
                return _receipt(known[0])
            if taken := self._ledger.add(outgoing, at, may=prepared.in_time):
                return _receipt(taken)
        raise TryAgain("The worker was stopped for too long, so nothing was sent.")

    def _time(self, outgoing: Outgoing) -> datetime:
        return self._now() if self._now else outgoing.created_at

    def _heard(self, fault: Fault) -> Exception:
        match fault.heard:
            case Heard.REFUSED:
                return Refused(f"The network says no: {fault.words}.", hint="Change the text.")
            case Heard.ACCOUNT:
                return AccountRefused(f"The network refuses the account: {fault.words}.", hint="Look at the account.")
            case Heard.PAUSE:
                return self._pause()
            case Heard.TRY_AGAIN:
                return TryAgain(f"The network can't be reached: {fault.words}.")
            case Heard.TIMEOUT:
                return TimeoutError(fault.words)
            case Heard.RESET:
                return ConnectionResetError(fault.words)
            case _:
                return ValueError(fault.words)

    def _pause(self) -> Exception:
        """Of the post's own time where a test names it, otherwise of the account for a while."""
        if self._now is None or self._limited_until:
            return TryAgain("The network asks for a pause.", at=self._limited_until)
        return AccountRefused("The network asks for a pause.", until=self._now() + PAUSE)


class ReadableNetwork(MemoryNetwork):
    """Keeps ports.Finder too: an account whose own posts can be read, a while after they were taken."""

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """By the code in the link; for four tenths of `settle_seconds` a post is not shown yet."""
        if fault := self._faults(Step.FIND):
            raise self._heard(fault)
        until = self._time(outgoing) - timedelta(seconds=0.4 * self._settle_seconds) if self._now else None
        shown = (taken for taken in self._ledger.of(outgoing.code) if until is None or taken.at <= until)
        ours = (taken for taken in shown if taken.at >= since and taken.remote_id not in outgoing.taken)
        return next(map(_receipt, ours), None)


def _receipt(taken: Taken) -> Receipt:
    return Receipt(remote_id=taken.remote_id, url=f"memory:{taken.remote_id}")


def _sha256(path: str) -> str:
    file = Path(path)
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
