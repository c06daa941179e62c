"""The marketer's folder: which files are there, and whether they changed; `loading` opens them, in a child process."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.readers.loading import version

PARTS_OF_A_PAGE = ("_files", "-files", ".files", "_Dateien", "-Dateien", "_archivos", "_fichiers", "_file")
"""How browsers call the folder beside a page that was saved whole: what lies in there is no article."""


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
            return version((self.root / name).stat())
        except OSError:
            return ""

    def settled(self, name: str, *, before: datetime) -> bool:
        """Whether the file was last written earlier than `before`, so that nobody is still saving it."""
        try:
            return (self.root / name).stat().st_mtime < before.timestamp()
        except OSError:
            return False

    def _files(self) -> Iterator[Path]:
        for folder, folders, files in os.walk(self.folder):
            pages = {Path(name).stem for name in files}
            folders[:] = [name for name in folders if not name.startswith(".") and not _belongs_to_a_page(name, pages)]
            paths = (Path(folder, name) for name in files if not name.startswith((".", "~$")))
            yield from (path for path in paths if path.suffix.lower() in self.suffixes)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def _belongs_to_a_page(folder: str, pages: Collection[str]) -> bool:
    return any(folder.endswith(end) and folder.removesuffix(end) in pages for end in PARTS_OF_A_PAGE)
