"""Two workers, faults, deaths, jumping clocks and a person in any order: nothing lost, nothing twice."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings

from scheduler.store import Store, open_store
from scheduler.testing.samples import article, post
from tests.integration.protocol import SINGLE, Protocol
from tests.integration.scene import entry


class DiskTables:
    """The store's tables as one thing."""

    def __init__(self, store: Store) -> None:
        self._parts = (store.deliveries, store.due, store.behind, store.journal, store.calendar)

    def __getattr__(self, name: str) -> Any:
        return next(getattr(part, name) for part in self._parts if hasattr(part, name))


class ProtocolOnDisk(Protocol):
    """The same with SQLite."""

    def open_tables(self) -> tuple[Any, Any, Any]:
        self.folder = TemporaryDirectory()
        self.store = open_store(f"sqlite:///{Path(self.folder.name) / 'test.db'}")
        self.store.library.add(article(), [post()] * (SINGLE + 1), entry())
        return DiskTables(self.store), self.store.writes, self.store.pauses

    def teardown(self) -> None:
        super().teardown()
        self.store.close()
        self.folder.cleanup()


CALM = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)
TestProtocol = Protocol.TestCase
TestProtocol.settings = settings(CALM, max_examples=40, stateful_step_count=30)
TestProtocolOnDisk = ProtocolOnDisk.TestCase
TestProtocolOnDisk.settings = settings(CALM, max_examples=6, stateful_step_count=20)
