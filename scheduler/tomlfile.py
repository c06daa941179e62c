"""TOML that people write: whatever is wrong is told with its file and line."""

from __future__ import annotations

import errno
import re
import tomllib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from scheduler.domain.errors import SettingsUnusable

_LARGEST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """What a file says, and its text for finding lines."""

    path: Path
    data: dict[str, Any]
    text: str

    def line_of(self, pattern: str, *, nth: int = 0) -> int | None:
        """The line of the `nth` match of a pattern that matches at a line's beginning."""
        sought = re.compile(pattern)
        lines = (number for number, line in enumerate(self.text.splitlines(), 1) if sought.match(line))
        return next(islice(lines, nth, None), None)


def read(path: Path, *, what: str, hint: str) -> TomlFile:
    """The file. Raises SettingsUnusable, whose sentence begins with `what`."""
    text = ""
    try:
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "it is not a file")
        with path.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
        if len(data) > _LARGEST_BYTES:
            raise SettingsUnusable(f"{what} are larger than {_LARGEST_BYTES // 1024} KiB.", hint=hint, path=str(path))
        text = data.decode("utf-8-sig")
        return TomlFile(path=path, data=tomllib.loads(text), text=text)
    except (OSError, ValueError, RecursionError) as error:
        message = f"{what} can't be read: {_reason(error)}."
        raise SettingsUnusable(message, hint=hint, path=str(path), line=_line(error, text)) from error


def _line(error: Exception, text: str) -> int | None:
    """Where the parser stopped."""
    if not isinstance(error, tomllib.TOMLDecodeError):
        return None
    found = re.search(r"line (\d+)", str(error))
    return int(found.group(1)) if found else text.rstrip().count("\n") + 1


def _reason(error: OSError | ValueError | RecursionError) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error).rstrip(".")
