"""A file that somebody sends us becomes one in the marketer's folder; nothing that lies there is ever written over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from scheduler.domain.errors import FileUnusable, WorkspaceUnusable
from scheduler.readers.sizes import check_size, largest_of

LONGEST_NAME = 100
LEFT_ALONE = re.compile(r"[^\w .,()+&'-]+")


def receive(folder: Path, name: str, data: bytes, *, suffixes: Collection[str]) -> Path:
    """Keeps a file under its own name, made harmless. Raises FileUnusable, WorkspaceUnusable."""
    target = folder / kept_name(name)
    suffix = target.suffix.lower()
    if suffix not in suffixes:
        known = ", ".join(sorted(suffixes))
        raise FileUnusable(
            f"No reader takes '{suffix or target.name}' files.", hint=f"Readers take {known}.", path=target.name
        )
    if not data:
        raise FileUnusable("The file is empty.", hint="Save the article in it, then send it again.", path=target.name)
    check_size(target.name, len(data), largest=largest_of(target.name))
    try:
        with open(target, "xb") as file:
            file.write(data)
    except FileExistsError:
        hint = "To change that article, save over the file in the folder; or send this one under another name."
        raise FileUnusable("There is a file of this name already.", hint=hint, path=target.name) from None
    except OSError as error:
        raise WorkspaceUnusable(
            f"The file can't be kept: {error.strerror}.", hint="Check the folder's rights."
        ) from None
    return target


def kept_name(name: str) -> str:
    """The last part of a name, from whatever system, without what a folder or a terminal would stumble over."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    plain = " ".join(LEFT_ALONE.sub(" ", last).split()).strip(". ")
    path = PurePosixPath(plain or "article")
    suffix = path.suffix[:10]
    stem = path.name.removesuffix(path.suffix).strip(". ") or "article"
    return stem.encode()[: LONGEST_NAME - len(suffix)].decode(errors="ignore").rstrip() + suffix
