"""The network inside the process keeps the same contract as the real ones, read back or not, exact or not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from scheduler.ports import Publisher
from scheduler.testing.network import MemoryNetwork, ReadableNetwork
from scheduler.testing.publishers import PublisherContract


class InMemory(PublisherContract):
    network: MemoryNetwork

    def publisher(self) -> Publisher:
        return self.network

    def record(self) -> Sequence[str]:
        return [post.text for post in self.network.record]

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        self.network = self.make()

    def make(self) -> MemoryNetwork:
        raise NotImplementedError


class TestBlind(InMemory):
    def make(self) -> MemoryNetwork:
        return MemoryNetwork()


class TestExact(InMemory):
    def make(self) -> MemoryNetwork:
        return MemoryNetwork(exact=True)


class TestReadable(InMemory):
    def make(self) -> MemoryNetwork:
        return ReadableNetwork()
