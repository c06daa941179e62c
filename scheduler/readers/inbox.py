"""The marketer's folder: which files are there, and their bytes, bounded and without following links out of it."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.domain.errors import FileUnusable

LARGEST_FILE = 2 * 1024 * 1024
UNPRINTABLE = ("Cc", "Cs", "Zl", "Zp")
"""Controls, halves of characters (bytes that are no UTF-8), line and paragraph separators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Files under `folder` with one of `suffixes`; names are relative to `root`."""

    root: Path
    folder: Path
    suffixes: Collection[str]

    def names(self) -> tuple[str, ...]:
        """Every file here that a reader takes, in order; hidden files and folders are left alone."""
        return tuple(sorted(self._name(path) for path in self._files()))

    def named(self, path: Path) -> str:
        """The name of a file that somebody named from the current directory, or as it is called here."""
        return self._name(Path(os.path.abspath(path))) if path.exists() else str(path)

    def version(self, name: str) -> str:
        """Changes when the file does; empty when it is gone."""
        try:
            return _version((self.root / name).stat())
        except OSError:
            return ""

    def settled(self, name: str, *, before: datetime) -> bool:
        """Whether the file was last written earlier than `before`, so that nobody is still saving it."""
        try:
            return (self.root / name).stat().st_mtime < before.timestamp()
        except OSError:
            return False

    def load(self, name: str) -> bytes:
        """The file's bytes.

        Raises FileUnusable: gone, no regular file, a link out of the folder, over 2 MiB, still being written, or with a
        name that can't be printed.
        """
        self._check_name(name)
        try:
            with open(self.root / name, "rb", opener=_without_waiting) as file:
                before = os.fstat(file.fileno())
                if not stat.S_ISREG(before.st_mode):
                    raise FileUnusable("This is not a file.", hint="Name the article itself.", path=name)
                data = file.read(LARGEST_FILE + 1)
                changed = _version(os.fstat(file.fileno())) != _version(before)
        except FileNotFoundError:
            raise FileUnusable("There is no such file.", hint="Check the name.", path=name) from None
        except IsADirectoryError:
            raise FileUnusable("This is a folder.", hint="Name the article itself.", path=name) from None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise FileUnusable(f"The file can't be opened: {reason}.", hint="Check its rights.", path=name) from None
        if len(data) > LARGEST_FILE:
            raise FileUnusable(
                "The file is over 2 MiB; no article is.", hint="Split it, or save its text only.", path=name
            )
        if changed:
            raise FileUnusable("The file changed while it was read.", hint="Save it, then queue it again.", path=name)
        return data

    def _check_name(self, name: str) -> None:
        printable = "".join("�" if unicodedata.category(letter) in UNPRINTABLE else letter for letter in name)
        if printable != name:
            raise FileUnusable(
                "The file's name has characters that can't be printed.", hint="Rename it.", path=printable
            )
        path = self.root / name
        target = Path(os.path.realpath(path))
        if path.is_relative_to(self.folder) and not target.is_relative_to(self.folder.resolve()):
            hint = "Copy the file itself into the folder."
            raise FileUnusable("This is a link to a place outside the articles folder.", hint=hint, path=name)

    def _files(self) -> Iterator[Path]:
        for folder, folders, files in os.walk(self.folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            paths = (Path(folder, name) for name in files if not name.startswith("."))
            yield from (path for path in paths if path.suffix.lower() in self.suffixes)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def _version(state: os.stat_result) -> str:
    return f"{state.st_mtime_ns}-{state.st_size}"


def _without_waiting(path: str, flags: int) -> int:
    """A pipe that nobody writes to must not stop us."""
    return os.open(path, flags | os.O_NONBLOCK)
