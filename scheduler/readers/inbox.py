"""The marketer's folder: which files are there, and their bytes, bounded and without following links out of it."""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.domain.errors import FileUnusable

LARGEST_FILE = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Files under `folder` with one of `suffixes`; names are relative to `root`."""

    root: Path
    folder: Path
    suffixes: Collection[str]

    def names(self) -> tuple[str, ...]:
        """Every file here that a reader takes, in order; hidden files and folders are left alone."""
        return tuple(sorted(self._name(path) for path in self._files()))

    def version(self, name: str) -> str:
        """Changes when the file does; empty when it is gone."""
        try:
            state = (self.root / name).stat()
        except OSError:
            return ""
        return f"{state.st_mtime_ns}-{state.st_size}"

    def settled(self, name: str, *, before: datetime) -> bool:
        """Whether the file was last written earlier than `before`, so that nobody is still saving it."""
        try:
            return (self.root / name).stat().st_mtime < before.timestamp()
        except OSError:
            return False

    def load(self, name: str) -> bytes:
        """The file's bytes. Raises FileUnusable: gone, a link out of the folder, not a file, or over 2 MiB."""
        path = self.root / name
        try:
            if path.is_symlink() and not path.resolve().is_relative_to(self.root.resolve()):
                raise FileUnusable("The file is a link to a place outside the workspace.", hint="Copy it.", path=name)
            with path.open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
        except FileNotFoundError:
            raise FileUnusable("There is no such file.", hint="Check the name.", path=name) from None
        except OSError as error:
            raise FileUnusable(
                f"The file can't be opened: {error.strerror}.", hint="Check its rights.", path=name
            ) from None
        if len(data) > LARGEST_FILE:
            raise FileUnusable(
                "The file is over 2 MiB; no article is.", hint="Split it, or save its text only.", path=name
            )
        return data

    def _files(self) -> Iterator[Path]:
        for path in self.folder.rglob("*"):
            hidden = any(part.startswith(".") for part in path.relative_to(self.folder).parts)
            if not hidden and path.suffix.lower() in self.suffixes and not stat.S_ISDIR(path.lstat().st_mode):
                yield path

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)
