"""Reading in a child process, in two steps: bytes from somewhere, then the reader that they are for."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.domain.article import Article
from scheduler.readers import loading

if TYPE_CHECKING:
    from scheduler.ports import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """One file: `name` is relative to `root`, articles lie in `folder`, `reader` is `module:class`."""

    reader: str
    name: str
    root: Path
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Bytes and their reader (`module:class`), wherever they come from; `name` is a file's path or an address."""

    reader: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRequest:
    """A calendar by its path inside `root`; days without a zone are those of `zone`; what is over by `now` is left."""

    root: Path
    name: str
    zone: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingsRequest:
    """Tables of what posts brought, by their names inside `folder`."""

    folder: Path
    names: tuple[str, ...]


def load(request: ReadRequest) -> Loaded:
    """The file's bytes. Raises FileUnusable."""
    data = loading.load(request.name, root=request.root, folder=request.folder)
    return Loaded(reader=request.reader, name=request.name, data=data)


def read(loaded: Loaded) -> Article:
    """The article. Raises FileUnusable."""
    module, _, attribute = loaded.reader.partition(":")
    reader: Reader = getattr(importlib.import_module(module), attribute)()
    return reader.read(loaded.name, loaded.data)
