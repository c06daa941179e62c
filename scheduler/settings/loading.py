"""From settings.env and the environment to Settings; a mistake is told with its place and a way out."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError

from scheduler import envfile
from scheduler.domain.errors import SettingsUnusable, WorkspaceUnusable
from scheduler.settings.described import FILE, described
from scheduler.settings.schema import PREFIX, Settings


def load(workspace: Path, name: str = FILE) -> Settings:
    """The settings of a workspace, in its file of this name.

    Raises WorkspaceUnusable without the file, SettingsUnusable with place and hint.
    """
    file = workspace / name
    if not file.is_file():
        raise WorkspaceUnusable(f"There is no {FILE} in {workspace}.")
    try:
        envfile.check(file)
        return Settings(_env_file=file)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False, include_input=False)
        raise _refusal(problems, file) from None
    except SettingsError as error:
        field = re.search(r'field "(\w+)"', str(error))
        key = field[1].upper() if field else "A setting"
        raise _unusable(f"{key} takes its values one a line, as {key}__NAME=value.", key, file) from None
    except UnicodeDecodeError:
        raise SettingsUnusable("The file is not UTF-8 text.", hint="Save it as UTF-8.", path=str(file)) from None
    except OSError as error:
        raise SettingsUnusable(f"The file can't be read: {error.strerror}.", path=str(file)) from None


def defaults() -> Settings:
    """The settings where there is no file."""
    return Settings(_env_file=None)


def _refusal(problems: list[ErrorDetails], file: Path) -> SettingsUnusable:
    first = problems[0]
    key = "__".join(str(part).upper() for part in first["loc"] if isinstance(part, str) and part != "[key]")
    sentence = _sentence(key, first)
    others = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    hint = _closest(key) if first["type"] == "extra_forbidden" else ""
    return _unusable(sentence + others, key, file, hint)


def _sentence(key: str, problem: ErrorDetails) -> str:
    if problem["type"] == "extra_forbidden":
        return f"{key} is not a setting."
    message = problem["msg"].removeprefix("Value error, ")
    if message.startswith("Input should"):
        return f"{key}{message.removeprefix('Input')}."
    return f"{key} is unusable: {message}."


def _closest(key: str) -> str:
    known = [name for name, _, _ in described()]
    match = get_close_matches(key, known, n=1, cutoff=0.6)
    return f"Did you mean {match[0]}?" if match else f"Remove it, or compare with {FILE}.example."


def _unusable(sentence: str, key: str, file: Path, hint: str = "") -> SettingsUnusable:
    """Laid to the variable of the environment where there is one, as it wins."""
    variable = f"{PREFIX}{key}"
    if any(name.upper().startswith(variable) for name in os.environ):
        return SettingsUnusable(sentence, hint=hint, path="the environment", setting=variable)
    return SettingsUnusable(sentence, hint=hint, path=str(file), line=_line_of(key, file), setting=key)


def _line_of(key: str, file: Path) -> int | None:
    """Of several the last, which counts; else the first of those that are part of it, or that it is part of."""
    lines = file.read_text("utf-8-sig").splitlines()
    names = [line.removeprefix("export ").split("=", 1)[0].strip().upper() for line in lines]
    own = [number for number, name in enumerate(names, start=1) if name == key]
    near = [
        number
        for number, name in enumerate(names, start=1)
        if (name and key.startswith(name + "__")) or name.startswith(key + "__")
    ]
    return own[-1] if own else next(iter(near), None)
