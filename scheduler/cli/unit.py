"""A systemd unit for one workspace, made from the one that comes with the program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HOMES = (Path("/home"), Path("/root"), Path("/run/user"))
TEMPORARY = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - where a service has none of others' files
NO_NETWORK = """\
# The folder channel needs no network. Others, feeds, notices and the dashboard need these two lines taken away.
PrivateNetwork=yes
IPAddressDeny=any

"""
NEEDLESS = re.compile(r"[\w@/.:+,=-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Absolute paths: `writes` are the folders that the worker writes to, `reads` what it needs besides."""

    workspace: Path
    program: Sequence[str]
    writes: Sequence[Path]
    reads: Sequence[Path]
    user: str
    group: str
    network: bool


def unit(template: str, wanted: Wanted) -> str:
    """The template with its paths and users, and without the bars that this workspace can't live behind."""
    needed = [wanted.workspace, *wanted.writes, *wanted.reads]
    values = {
        "User": [wanted.user],
        "Group": [wanted.group],
        "StateDirectory": [],
        "StateDirectoryMode": [],
        "WorkingDirectory": [_literal(str(wanted.workspace))],
        "ExecStart": [_command([*wanted.program, "worker", "--workspace", str(wanted.workspace)])],
        "ProtectSystem": ["strict\nReadWritePaths=" + " ".join(_word(str(path)) for path in wanted.writes)],
    }
    if wanted.network:
        template = template.replace(NO_NETWORK, "")
    if _any_inside(needed, HOMES):
        values["ProtectHome"] = ["read-only"]
    if _any_inside(needed, TEMPORARY):
        values["PrivateTmp"] = []
    return "".join(_line(line, values) for line in template.splitlines(keepends=True))


def name_of(workspace: Path) -> str:
    """The unit's name: `quotidian` for a workspace of that name, else with the workspace's name behind it."""
    slug = re.sub(r"[^a-z0-9]+", "-", workspace.name.lower()).strip("-")
    return "quotidian" if slug in ("quotidian", "") else f"quotidian-{slug}"


def _line(line: str, values: dict[str, list[str]]) -> str:
    key = line.partition("=")[0]
    return "".join(f"{key}={value}\n" for value in values[key]) if key in values else line


def _any_inside(paths: Iterable[Path], folders: Sequence[Path]) -> bool:
    return any(path.is_relative_to(folder) for path in paths for folder in folders)


def _command(words: Sequence[str]) -> str:
    return " ".join(_word(word).replace("$", "$$") for word in words)


def _word(text: str) -> str:
    """One word among others."""
    if NEEDLESS.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_literal(escaped)}"'


def _literal(text: str) -> str:
    return text.replace("%", "%%")
