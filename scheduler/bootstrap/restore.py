"""A backup becomes a workspace again: every byte is proven first, and nothing goes out before somebody says so.

The file may come from anywhere: what it names stays inside the new workspace, and no more is written than it says.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile

from scheduler import envfile
from scheduler.bootstrap import open_app
from scheduler.bootstrap.backup import CHUNK, DATABASE, KIND, MANIFEST, OWNER_ONLY, WORKSPACE
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import FileUnusable, NotAllowedNow, SettingsUnusable, WorkspaceUnusable
from scheduler.settings import FILE, load
from scheduler.store.copying import prove
from scheduler.usecases.restored import Caution, be_careful

UNFINISHED = ".restoring"
LARGEST_MANIFEST, LARGEST_SETTINGS, MOST_FILES, SPARE = 50_000_000, 1_000_000, 500_000, 100_000_000
OUTSIDE = {"POSTS_FOLDER": "posts", "ASSETS_FOLDER": "assets", "VAR_FOLDER": "var", "DATABASE_URL": ""}
"""Where these settings lead out of the workspace, a backup's files take their usual places."""
WHOLE = "Take another backup; this file was cut off or changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a backup held; the codes of which nobody knows now, and the channels that wait for a person."""

    workspace: Path
    made_at: datetime
    files: int
    secrets: bool
    unknown: tuple[str, ...]
    paused: tuple[str, ...]


def restore(path: Path, root: Path, *, who: str) -> Restored:
    """Completely or not at all: settings.env, which makes a folder a workspace, comes last, after all caution.

    Raises FileUnusable for what is no whole backup, DatabaseUnusable, SettingsUnusable, NotAllowedNow where there is a
    workspace already, WorkspaceUnusable where it can't be written.
    """
    root = root.resolve()
    if (root / FILE).exists():
        hint = "Name a new directory: quotidian restore FILE --workspace NEW; or move this one away."
        raise NotAllowedNow("There is a workspace here already.", hint=hint, path=str(root))
    if not path.is_file():
        raise FileUnusable("There is no such file.", hint="Check the name.", path=str(path))
    part, is_new = root / UNFINISHED, not root.exists()
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        manifest = _unpacked(path, part)
        _prove_settings(part)
        prove(part / DATABASE)
        made_at = datetime.fromisoformat(manifest["made_at"])
        caution = _careful(part, made_at, who)
        _put_in_place(part, root)
    except OSError as error:
        words, hint = f"It can't be restored: {error.strerror}.", "Look at the file, the disk and the rights."
        raise WorkspaceUnusable(words, hint=hint, path=str(root)) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if is_new and root.is_dir() and not any(root.iterdir()):
            root.rmdir()
    return Restored(
        workspace=root,
        made_at=made_at,
        files=len(manifest["files"]),
        secrets=bool(manifest["secrets"]),
        unknown=caution.unknown,
        paused=caution.paused,
    )


def _careful(part: Path, made_at: datetime, who: str) -> Caution:
    var = part / load(part).var_folder
    var.mkdir(parents=True, exist_ok=True)
    (part / DATABASE).replace(var / "quotidian.db")
    app = open_app(part)
    try:
        now, store = app.clock.now(), app.store
        what = f"restored it from a backup of {made_at:%Y-%m-%d %H:%M} UTC"
        store.remarks.add(AuditEntry(at=now, who=who, what=what, subject=WORKSPACE))
        return be_careful(
            made_at=made_at,
            channels=app.settings.channels,
            deliveries=store.deliveries,
            pauses=store.pauses,
            who=who,
            now=now,
        )
    finally:
        app.close()


def _unpacked(path: Path, part: Path) -> Mapping[str, Any]:
    """Everything that the manifest names, and the manifest."""
    try:
        with ZipFile(path) as archive:
            manifest = _manifest(archive, path)
            _unpack(archive, manifest["files"], part, path)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise FileUnusable(f"This is no whole backup: {error}.", hint=WHOLE, path=str(path)) from None
    return manifest


def _manifest(archive: ZipFile, path: Path) -> Mapping[str, Any]:
    try:
        info = archive.getinfo(MANIFEST)
        found = json.loads(archive.read(info)) if info.file_size <= LARGEST_MANIFEST else {}
        made_at, files = datetime.fromisoformat(found["made_at"]), found["files"]
        is_ours = found["kind"] == KIND and made_at.tzinfo is not None and len(files) <= MOST_FILES
        is_ours = is_ours and {FILE, DATABASE} <= files.keys() and files[FILE]["bytes"] <= LARGEST_SETTINGS
        if not (is_ours and all(_stays_inside(name) and int(one["bytes"]) >= 0 for name, one in files.items())):
            raise ValueError
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError, RecursionError):
        hint = "Name a file that `quotidian backup` wrote."
        raise FileUnusable("This is no backup of Quotidian.", hint=hint, path=str(path)) from None
    return found


def _stays_inside(name: str) -> bool:
    name.encode()
    parts = PurePosixPath(name).parts
    is_plain = name == "/".join(parts) and not name.startswith("/") and "\\" not in name and "\0" not in name
    return bool(parts) and is_plain and ".." not in parts and parts[0] != UNFINISHED


def _unpack(archive: ZipFile, files: Mapping[str, Any], part: Path, path: Path) -> None:
    needed = sum(int(one["bytes"]) for one in files.values())
    if shutil.disk_usage(part).free < needed + SPARE:
        raise WorkspaceUnusable("The disk has too little room.", hint=f"It takes {needed:,} bytes.", path=str(part))
    for name, one in files.items():
        if not _copied(archive, name, part / name, int(one["bytes"]), str(one["sha256"])):
            raise FileUnusable(f"“{name}” is not as it was backed up.", hint=WHOLE, path=str(path))


def _copied(archive: ZipFile, name: str, target: Path, size: int, sha256: str) -> bool:
    """Whether it is whole; never more is written than the manifest says."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), size
    try:
        with archive.open(name) as source, target.open("xb") as file:
            while piece := source.read(min(CHUNK, left + 1)):
                left -= len(piece)
                if left < 0:
                    return False
                file.write(piece)
                digest.update(piece)
    except KeyError:
        return False
    return left == 0 and digest.hexdigest() == sha256


def _prove_settings(part: Path) -> None:
    """Raises SettingsUnusable. What leads out of the workspace is set to its usual place."""
    file = part / FILE
    file.chmod(OWNER_ONLY)
    if moved := {name: OUTSIDE[name] for name in _outside(part)}:
        envfile.put(file, moved, prove=envfile.check)
    if names := _outside(part):
        words = f"The environment sets {', '.join(f'QUOTIDIAN_{name}' for name in names)} outside of the workspace."
        raise SettingsUnusable(words, hint="Unset it, then restore.", path=str(file))


def _outside(part: Path) -> list[str]:
    settings = load(part)
    folders = {
        "POSTS_FOLDER": settings.posts_folder,
        "ASSETS_FOLDER": settings.assets_folder,
        "VAR_FOLDER": settings.var_folder,
    }
    inside = part.resolve()
    led_out = [name for name, folder in folders.items() if not (part / folder).resolve().is_relative_to(inside)]
    return led_out + ["DATABASE_URL"] * bool(settings.database_url.get_secret_value())


def _put_in_place(part: Path, root: Path) -> None:
    children = sorted(part.iterdir(), key=lambda one: one.name == FILE)
    if in_the_way := next((child.name for child in children if (root / child.name).exists()), ""):
        raise NotAllowedNow(f"There is “{in_the_way}” here already.", hint="Name a new directory.", path=str(root))
    for child in children:
        child.rename(root / child.name)
