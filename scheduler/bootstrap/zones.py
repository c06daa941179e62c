"""Which rules of the clocks are in force here: the system's, or those of the package tzdata."""

from __future__ import annotations

import re
import zoneinfo
from importlib import import_module, resources
from pathlib import Path

_VERSION = re.compile(r"# version (\d{4}\w)")


def rules_of(zone: str) -> tuple[str, str, bool]:
    """IANA's version, where the rules come from, and whether tzdata knows the zone. The system's go first."""
    known = zone in resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / zone).is_file():
            return _version(folder), str(folder), known
    return str(import_module("tzdata").IANA_VERSION), "tzdata", known


def _version(folder: Path) -> str:
    try:
        with (folder / "tzdata.zi").open(encoding="utf-8") as file:
            found = _VERSION.match(file.readline(100))
    except OSError:
        return ""
    return found[1] if found else ""
