"""The bytes of one file in the marketer's folder, bounded and without following links out of it.

It runs in the child process that reads the article, so that the worker never holds what a file holds.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path

from scheduler.domain.errors import FileUnusable
from scheduler.readers.sizes import check_size, largest_of

UNPRINTABLE = ("Cc", "Cs", "Zl", "Zp")
"""Controls, halves of characters (bytes that are no UTF-8), line and paragraph separators."""


def load(name: str, *, root: Path, folder: Path) -> bytes:
    """The bytes of `name`, which is relative to `root`; `folder` is where articles lie.

    Raises FileUnusable: gone, no regular file, a link out of the folder, too large for its suffix, still being
    written, or with a name that can't be printed.
    """
    check_name(name)
    _check_place(name, root=root, folder=folder)
    try:
        with open(root / name, "rb", opener=without_waiting) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise FileUnusable("This is not a file.", hint="Name the article itself.", path=name)
            check_size(name, before.st_size, largest=largest_of(name))
            data = file.read(largest_of(name) + 1)
            changed = version(os.fstat(file.fileno())) != version(before)
    except FileNotFoundError:
        raise FileUnusable("There is no such file.", hint="Check the name.", path=name) from None
    except IsADirectoryError:
        raise FileUnusable("This is a folder.", hint="Name the article itself.", path=name) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise FileUnusable(f"The file can't be opened: {reason}.", hint="Check its rights.", path=name) from None
    if changed or len(data) != before.st_size:
        raise FileUnusable("The file changed while it was read.", hint="Save it, then queue it again.", path=name)
    return data


def version(state: os.stat_result) -> str:
    """Changes when the file does."""
    return f"{state.st_mtime_ns}-{state.st_size}"


def check_name(name: str) -> None:
    """Raises FileUnusable for a name that neither a terminal nor a child process would take."""
    printable = "".join("�" if unicodedata.category(letter) in UNPRINTABLE else letter for letter in name)
    if printable != name:
        raise FileUnusable("The file's name has characters that can't be printed.", hint="Rename it.", path=printable)


def _check_place(name: str, *, root: Path, folder: Path) -> None:
    path = root / name
    target = Path(os.path.realpath(path))
    if path.is_relative_to(folder) and not target.is_relative_to(folder.resolve()):
        hint = "Copy the file itself into the folder."
        raise FileUnusable("This is a link to a place outside the articles folder.", hint=hint, path=name)


def without_waiting(path: str, flags: int) -> int:
    """A pipe that nobody writes to must not stop us."""
    return os.open(path, flags | os.O_NONBLOCK)
