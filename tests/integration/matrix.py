"""Every fault at every step on every kind of network: what the design says comes next, as data, and a way to try it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from scheduler.channels.folder import Folder
from scheduler.domain.audit import AuditEntry
from scheduler.domain.channel import Outgoing, Prepared, Receipt
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.thread import beside
from scheduler.domain.transitions import resolve_again
from scheduler.ports import Publisher
from scheduler.testing.clock import FakeClock
from scheduler.testing.faults import Effect, Fault, Faults, Heard, Script, Step
from scheduler.testing.network import MemoryNetwork, ReadableNetwork
from scheduler.testing.samples import NINE, article, delivery, post
from tests.integration.scene import Scene, entry


class Proof(Enum):
    """What a fault proves."""

    REFUSED = "this post is refused"
    FOR_NOW = "refused for now"
    ACCOUNT = "the account is refused"
    NOTHING = "anything else"


PROOFS = {
    Heard.REFUSED: Proof.REFUSED,
    Heard.TRY_AGAIN: Proof.FOR_NOW,
    Heard.PAUSE: Proof.ACCOUNT,
    Heard.ACCOUNT: Proof.ACCOUNT,
}


class Where(Enum):
    """The request that fails."""

    UPLOAD = "upload"
    SEND = "send"
    REPLY = "reply in a thread"
    AGAIN = "send again what is not there"
    REPLAY = "send again with the same key"
    LOOK = "look"
    LOOK_ON = "look again after a person was asked"


TOO_LATE = NINE + timedelta(hours=2)
S = State
# The design's answer: the delivery's state after the failed request.
EXPECTED: Mapping[Where, Mapping[Proof, State]] = {
    where: dict(zip(Proof, states, strict=True))
    for where, states in {
        Where.UPLOAD: (S.FAILED, S.SCHEDULED, S.SCHEDULED, S.SCHEDULED),
        Where.SEND: (S.FAILED, S.SCHEDULED, S.SCHEDULED, S.UNKNOWN),
        Where.REPLY: (S.FAILED, S.SCHEDULED, S.SCHEDULED, S.UNKNOWN),
        Where.AGAIN: (S.FAILED, S.SCHEDULED, S.SCHEDULED, S.UNKNOWN),
        Where.REPLAY: (S.HELD, S.SCHEDULED, S.SCHEDULED, S.UNKNOWN),
        Where.LOOK: (S.HELD, S.UNKNOWN, S.UNKNOWN, S.UNKNOWN),
        Where.LOOK_ON: (S.HELD, S.HELD, S.HELD, S.HELD),
    }.items()
}
WAYS: Mapping[Where, Callable[[Fault], Mapping[Step, Iterable[Fault | None]]]] = {
    Where.UPLOAD: lambda fault: {Step.PREPARE: [fault]},
    Where.SEND: lambda fault: {Step.PUBLISH: [fault]},
    Where.REPLY: lambda fault: {Step.PUBLISH: [None, fault]},
    Where.AGAIN: lambda fault: {Step.PUBLISH: [Fault.DROP_BEFORE, fault]},
    Where.REPLAY: lambda fault: {Step.PUBLISH: [Fault.DROP_BEFORE, fault]},
    Where.LOOK: lambda fault: {Step.PUBLISH: [Fault.DROP_AFTER], Step.FIND: [fault]},
    Where.LOOK_ON: lambda fault: {Step.PUBLISH: [Fault.DROP_AFTER], Step.FIND: [Fault.REFUSE, fault]},
}
SENDING = (Where.UPLOAD, Where.SEND, Where.REPLY)
READING = (*SENDING, Where.AGAIN, Where.LOOK, Where.LOOK_ON)
KINDS: Mapping[str, tuple[Where, ...]] = {
    "neither": (*SENDING, Where.AGAIN),
    "exact key": (*SENDING, Where.REPLAY),
    "read-back": READING,
    "folder": READING,
}
CELLS = [(kind, where) for kind, steps in KINDS.items() for where in steps]


class FaultyFolder:
    """The folder channel with a network's faults in front of it and behind it."""

    def __init__(self, folder: Path, faults: Faults) -> None:
        self._inner, self._faults = Folder(folder), faults
        self._heard = MemoryNetwork()._heard
        self.capabilities, self.verify = self._inner.capabilities, self._inner.verify

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """A fault, or the folder's answer."""
        if fault := self._faults(Step.PREPARE):
            raise self._heard(fault)
        return self._inner.prepare(outgoing)

    def publish(self, prepared: Prepared) -> Receipt:
        """Written or not, as the fault wants it."""
        fault = self._faults(Step.PUBLISH)
        receipt = self._inner.publish(prepared) if not fault or fault.effect is not Effect.NEVER else None
        if fault and fault.heard is not Heard.NO_ID:
            raise self._heard(fault)
        return receipt if receipt and not fault else Receipt(remote_id="", url="")

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """A fault, or what is there."""
        if fault := self._faults(Step.FIND):
            raise self._heard(fault)
        return self._inner.find(outgoing, since)


@dataclass
class Cell:
    """One fault on an account of its own."""

    fault: Fault
    where: Where
    state: State | None = None
    _script: Script = field(init=False)
    _left: int = field(init=False)

    def __post_init__(self) -> None:
        way = {step: list(fates) for step, fates in WAYS[self.where](self.fault).items()}
        self._script, self._left = Script(way), sum(map(len, way.values()))

    def __call__(self, step: Step) -> Fault | None:
        """Counts until the fault in question has happened."""
        fate = self._script(step)
        in_a_row = self._left > 0 and (fate is not None or (self.where is Where.REPLY and step is Step.PUBLISH))
        self._left -= in_a_row
        return fate

    @property
    def code(self) -> str:
        """Of the delivery whose request fails."""
        return f"{self.fault.name}-{1 if self.where is Where.REPLY else 0}"

    @property
    def happened(self) -> bool:
        """Whether the fault is over."""
        return self._left == 0


@dataclass
class Trial:
    """All faults at one step on one kind of network, each on an account of its own, in one workspace."""

    folder: Path
    kind: str
    where: Where
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.cells = {fault.name: Cell(fault, self.where) for fault in Fault}
        self.networks = {name: self._network(name, cell) for name, cell in self.cells.items()}
        self.scene = Scene.make(self.folder, next(iter(self.networks.values())))
        self.scene.clock = self.clock
        self.scene.courier = replace(self.scene.courier, publishers=self.networks)
        self._plan(2 if self.where is Where.REPLY else 1)

    def _network(self, name: str, cell: Cell) -> Publisher:
        made: dict[str, Callable[[], Publisher]] = {
            "neither": lambda: MemoryNetwork(faults=cell),
            "exact key": lambda: MemoryNetwork(faults=cell, exact=True),
            "read-back": lambda: ReadableNetwork(faults=cell),
            "folder": lambda: FaultyFolder(self.folder / name, cell),
        }
        return made[self.kind]()

    def _plan(self, parts: int) -> None:
        self.scene.store.library.add(article(), [post()] * len(self.cells), entry())
        planned: list[Delivery] = []
        for number, name in enumerate(self.cells, 1):
            for part in range(parts):
                slot = beside(delivery().promise, part)
                one = delivery(code=f"{name}-{part}", channel=name, post_id=number, due_at=slot.due_at)
                planned.append(replace(one, wall_time=slot.wall_time, part=part, parent=f"{name}-0" if part else ""))
        self.scene.store.deliveries.add(planned, entry())
        self.clock.pass_by(seconds=parts)

    def run(self) -> dict[str, State]:
        """Until each fault has happened: the state that it left, by its name."""
        while any(cell.state is None for cell in self.cells.values()) and self.clock.now() < TOO_LATE:
            for work in (self.scene.courier.deliver_due, self.scene.caretaker.tidy):
                work()
                self._note()
            if self.kind == "neither":
                self._send_again()
            self.clock.pass_by(minutes=10)
        return {name: cell.state for name, cell in self.cells.items() if cell.state}

    def _note(self) -> None:
        for cell in self.cells.values():
            if cell.happened and cell.state is None:
                cell.state = self.scene.get(cell.code).state

    def _send_again(self) -> None:
        """A person says that what was lost once isn't there."""
        table = self.scene.store.deliveries
        for cell in self.cells.values():
            one = table.get(cell.code)
            if one.state is State.HELD and not cell.happened:
                table.write(one, resolve_again(one, one.promise))

    def calm(self) -> None:
        """All is well again, accounts are resumed, and half an hour passes."""
        for channel in self.scene.store.pauses.all():
            self.scene.store.pauses.end(channel, AuditEntry(at=self.clock.now(), who="Ann", what="", subject=""))
        for _ in range(3):
            self.scene.tick()
            self.clock.pass_by(minutes=10)

    def there(self, name: str) -> list[str]:
        """The codes that an account holds, once for each time."""
        network = self.networks[name]
        if isinstance(network, MemoryNetwork):
            return sorted(taken.code for taken in network.record)
        return sorted(path.parent.name for path in (self.folder / name).glob("[!.]*/post.json"))

    def said(self, name: str, *states: State) -> list[str]:
        """The codes that we have in these states on an account."""
        found = self.scene.store.deliveries.select(states=set(states))
        return sorted(one.code for one in found if one.channel == name)
