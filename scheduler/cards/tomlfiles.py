"""TOML files that people write, read strictly: whatever is wrong is told with file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from scheduler.cards import openfiles
from scheduler.domain.errors import CardRefused

_LARGEST_BYTES = 64 * 1024
_UNQUOTED = re.compile(r"""\s*[\w-]+\s*=\s*[^\s"'\[{]*(?:[#A-Za-z]|$)""")
_Model = TypeVar("_Model", bound=BaseModel)


def read(path: Path, model: type[_Model]) -> _Model:
    """The file as the model. Raises CardRefused with file, line and key."""
    text = _text(path)
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        number = int(line.group(1)) if line else text.count("\n") + 1
        raise CardRefused("This is not TOML.", path=str(path), line=number, hint=_help(text, number, error)) from error
    except RecursionError:
        raise CardRefused(
            "This is nested too deeply.", path=str(path), hint="Keep to the shipped file's shape."
        ) from None
    except ValidationError as error:
        raise _refusal(path, text, error) from error
    except ValueError as error:
        raise CardRefused("A number in this file is too long.", path=str(path), hint=str(error)) from error


def line_of(path: Path, setting: str) -> int | None:
    """The line on which a key, such as fonts.serif, stands in a file that has been read; None where it doesn't."""
    try:
        lines = _text(path).splitlines()
    except CardRefused:
        return None
    keys = setting.split(".")
    return _line(lines, keys) if any(map(_head(keys[-1]).match, lines)) else None


def _help(text: str, number: int, error: Exception) -> str:
    """What to do about a line that is not TOML: most often its value lacks quotes."""
    lines = text.splitlines()
    if number <= len(lines) and _UNQUOTED.match(lines[number - 1]):
        return 'Words and colours stand in quotes: key = "value".'
    return str(error)


def _text(path: Path) -> str:
    try:
        data = openfiles.bytes_of(path, _LARGEST_BYTES)
    except OSError as error:
        hint = "Is it a file, and may this user read it?"
        raise CardRefused(f"The file can't be read ({error.strerror}).", path=str(path), hint=hint) from error
    if len(data) > _LARGEST_BYTES:
        hint = "Keep to the shipped file's shape."
        raise CardRefused(f"The file is larger than {_LARGEST_BYTES} bytes.", path=str(path), hint=hint)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CardRefused("The file is not UTF-8 text.", path=str(path), hint="Save it as UTF-8.") from error


def _refusal(path: Path, text: str, error: ValidationError) -> CardRefused:
    first = error.errors(include_url=False)[0]
    keys = [key for key in first["loc"] if isinstance(key, int) or any(map(_head(key).match, text.splitlines()))]
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    if first["type"] == "extra_forbidden":
        message = f"there is no key “{first['loc'][-1]}” here"
    return CardRefused(
        f"{message[:1].upper()}{message[1:]}.",
        path=str(path),
        line=_line(text.splitlines(), keys),
        setting=".".join(map(str, keys or first["loc"][:1])),
        hint="Compare the file with the one that ships with Quotidian.",
    )


def _line(lines: Sequence[str], keys: Sequence[int | str]) -> int:
    """The line of the innermost key that stands in the file, looking on from the table before it; 1 where none does."""
    at = 0
    for key in keys:
        if isinstance(key, int):
            tables = [number for number, line in enumerate(lines) if line.strip().startswith("[[")]
            at = tables[key] if key < len(tables) else at
        else:
            at = next((number for number in range(at, len(lines)) if _head(key).match(lines[number])), at)
    return at + 1


def _head(key: str) -> re.Pattern[str]:
    """How a line that gives this key, or opens its table, begins."""
    return re.compile(rf"[\[\s\"']*(?:[\w\"'-]+\.)*{re.escape(key)}[\"']?\s*[=\].]")
