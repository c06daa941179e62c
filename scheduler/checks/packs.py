"""Which packs of claim rules hold: those that the brand names, else every one of the workspace."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from scheduler import tomlfile
from scheduler.checks.rules import Rules, load_rules
from scheduler.domain.errors import SettingsUnusable
from scheduler.tomlfile import TomlFile

KEY = "claims"
_SHAPE = f'Write for example {KEY} = ["health", "general"] above the tables, or take the line out for every pack.'


def chosen(brand: Path, *, own: Path, shipped: Path) -> list[Path]:
    """The packs in force, by `claims` of the file `brand`; all of the folder `own` where it doesn't say.

    A named pack that `own` lacks comes from `shipped`, and so do all where `own` has none: a folder that is gone never
    means that there are no rules. Raises SettingsUnusable with file, line and the names that there are.
    """
    mine, ours = _packs(own), _packs(shipped)
    file = tomlfile.read(brand, what="The brand's settings", hint=_SHAPE) if brand.exists() else None
    if file is None or KEY not in file.data:
        return list((mine or ours).values())
    there = {**ours, **mine}
    return [there[name] for name in _names(file, there)]


def in_force(assets: Path, shipped: Path) -> tuple[str, Rules]:
    """The rules that hold in a workspace with these assets, and their version, another one whenever a file of them is.

    The version is read first: rules that change in between are asked again. Raises SettingsUnusable.
    """
    packs = chosen(assets / "brand" / "brand.toml", own=assets / "rules", shipped=shipped)
    whole = hashlib.sha256()
    for path in packs:
        whole.update(hashlib.sha256(path.name.encode() + b"\0" + path.read_bytes()).digest())
    return whole.hexdigest()[:16], load_rules([str(path) for path in packs])


def _packs(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def _names(file: TomlFile, there: Mapping[str, Path]) -> Sequence[str]:
    names = file.data[KEY]
    line = file.line_of(rf"\s*[\"']?{KEY}\b")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise SettingsUnusable(f"`{KEY}` is a list of names.", hint=_SHAPE, path=str(file.path), line=line, setting=KEY)
    for name in names:
        if name not in there:
            raise SettingsUnusable(
                f"There is no pack of claim rules called “{name}”.",
                hint=f"There are {', '.join(sorted(there))}. One of your own is a file in assets/rules/.",
                path=str(file.path),
                line=line,
                setting=KEY,
            )
    return list(dict.fromkeys(names))
