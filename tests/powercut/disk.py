"""A disk that forgets: plays a record of what a process did up to a power cut, and gives what is left then.

What was not synced before the cut may be there, or not, or in part: each write by itself, in pieces of 512 bytes. So
may new names, removals and renamings before their directory was synced; syncing a new file alone doesn't keep its name.
That is less than most file systems keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
Act = tuple[str, list[str], bytes]


def acts(record: Path) -> list[Act]:
    """What was done, in order: the word, its operands, the bytes of a write."""
    return list(_parsed(record.read_bytes()))


def _parsed(data: bytes) -> Iterator[Act]:
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        word, *operands = data[at:end].decode().split(" ")
        at = end + 1
        length = int(operands[2]) if word == "write" else 0
        yield word, operands, data[at : at + length]
        at += length


@dataclass
class File:
    """What is surely on the disk, and what was done to it since, in order: bytes at an offset, or a new size."""

    kept: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.pending:
            self.kept = _done(self.kept, step)
        self.pending.clear()

    def after_cut(self, luck: float, chance: Random) -> bytes:
        content = self.kept
        for offset, data in self.pending:
            if chance.random() < luck:
                whole = data if data is None or chance.random() < 0.7 else data[: _torn(len(data), chance)]
                content = _done(content, (offset, whole))
        return content


def _torn(length: int, chance: Random) -> int:
    return chance.randrange(0, length + 1, SECTOR)


def _done(content: bytes, step: tuple[int, bytes | None]) -> bytes:
    offset, data = step
    if data is None:
        return content[:offset].ljust(offset, b"\0")
    return content[:offset].ljust(offset, b"\0") + data + content[offset + len(data) :]


@dataclass
class Disk:
    """`world` are files that no power cut reaches: what others know."""

    world: frozenset[str]
    names: dict[str, File] = field(default_factory=dict)
    kept: dict[str, File] = field(default_factory=dict)
    pending: list[tuple[str, File | None]] = field(default_factory=list)

    def play(self, acts: Sequence[Act]) -> None:
        """One after the other."""
        for word, operands, data in acts:
            getattr(self, f"_{word}")(*operands[:2], **({"data": data} if word == "write" else {}))

    def settle(self) -> None:
        """Everything is on the disk: what was done long ago."""
        self.kept = dict(self.names)
        self.pending.clear()
        for file in self.names.values():
            file.sync()

    def after_cut(self, luck: float, chance: Random) -> dict[str, bytes]:
        """The files that are found when the power is back; `luck` is the share that was kept by chance."""
        found = dict(self.kept)
        for name, file in self.pending:
            if name in self.world or chance.random() < luck:
                _named(found, name, file)
        contents = {name: file.after_cut(luck, chance) for name, file in found.items() if name not in self.world}
        return contents | {name: self.names[name].after_cut(1, _Whole()) for name in self.world & self.names.keys()}

    def _open(self, name: str, is_new: str) -> None:
        if is_new == "1" or name not in self.names:
            self._name(name, File())

    def _name(self, name: str, file: File | None) -> None:
        _named(self.names, name, file)
        self.pending.append((name, file))

    def _write(self, name: str, offset: str, *, data: bytes) -> None:
        self.names[name].pending.append((int(offset), data))

    def _size(self, name: str, length: str) -> None:
        self.names[name].pending.append((int(length), None))

    def _sync(self, name: str) -> None:
        if name in self.names:
            self.names[name].sync()

    def _dirsync(self, directory: str) -> None:
        ours = [(name, file) for name, file in self.pending if str(Path(name).parent) == directory]
        self.pending = [step for step in self.pending if step not in ours]
        for name, file in ours:
            _named(self.kept, name, file)

    def _unlink(self, name: str) -> None:
        self._name(name, None)

    def _rename(self, name: str, to: str) -> None:
        self._name(to, self.names[name])
        self._name(name, None)


class _Whole(Random):
    """No chance: everything is there."""

    def random(self) -> float:
        return 0.0


def _named(names: dict[str, File], name: str, file: File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file
