"""A workspace in one file: the database of one moment, posts/, assets/, the cards and the settings, without secrets."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from scheduler import envfile
from scheduler.bootstrap.app import App
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import NotAllowedNow, WorkspaceUnusable
from scheduler.settings import FILE

MANIFEST, DATABASE, KIND = "quotidian-backup.json", "database.db", "quotidian backup 1"
WORKSPACE, BACKED_UP = "workspace", "backed it up"
"""Subject and beginning of the audit entry."""
PACKED = frozenset({".png", ".jpg", ".jpeg", ".webp", ".docx", ".xlsx", ".ods", ".odt", ".zip", ".woff2"})
CHUNK = 1_000_000
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was written: `files` counts those of the workspace, `left_out` names those that could not be read."""

    path: Path
    files: int
    bytes: int
    secrets: bool
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Writing:
    """One archive on its way: what went in, by name."""

    archive: ZipFile
    files: dict[str, dict[str, object]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def add(self, name: str, source: IO[bytes]) -> None:
        """Read once, in pieces, and hashed meanwhile."""
        digest, size = hashlib.sha256(), 0
        kind = ZIP_STORED if Path(name).suffix.lower() in PACKED else ZIP_DEFLATED
        self.archive.compression = kind
        with self.archive.open(name, "w", force_zip64=True) as target:
            while piece := source.read(CHUNK):
                target.write(piece)
                digest.update(piece)
                size += len(piece)
        self.files[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def add_file(self, name: str, path: Path) -> None:
        """One that can't be read, or is gone by now, is told of."""
        try:
            name.encode()
            source = path.open("rb")
        except (OSError, UnicodeEncodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "its name is no text"
            self.left_out.append(f"{name}: {why}")
            return
        with source:
            self.add(name, source)


def back_up(app: App, path: Path, *, who: str, secrets: bool = False) -> Backup:
    """Written beside its place first, then moved there; only the owner may read it. The worker may run meanwhile.

    Raises NotAllowedNow for a file that is no backup, WorkspaceUnusable where it can't be written, DatabaseUnusable.
    """
    path = path.resolve()
    if path.exists() and not is_backup(path):
        raise NotAllowedNow("This file is no backup, so it stays.", hint="Name another file.", path=str(path))
    now = app.clock.now()
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w+b") as file:
            writing = _write(app, file, now, secrets=secrets, but={path, part})
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        words = f"The backup can't be written: {error.strerror}."
        raise WorkspaceUnusable(words, hint="Name another file.", path=str(path)) from None
    finally:
        part.unlink(missing_ok=True)
    what = f"{BACKED_UP} into {path.name}, {'with' if secrets else 'without'} secrets"
    app.store.remarks.add(AuditEntry(at=now, who=who, what=what, subject=WORKSPACE))
    count = len(writing.files)
    return Backup(path=path, files=count, bytes=path.stat().st_size, secrets=secrets, left_out=tuple(writing.left_out))


def is_backup(path: Path) -> bool:
    """Whether this is a file of ours, which a new one may replace."""
    try:
        with ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (BadZipFile, OSError):
        return False


def _write(app: App, file: IO[bytes], now: datetime, *, secrets: bool, but: set[Path]) -> _Writing:
    root = app.folders.root
    with (
        ZipFile(file, "w", ZIP_DEFLATED) as archive,
        TemporaryDirectory(dir=app.folders.var, prefix=".backup-") as here,
    ):
        writing = _Writing(archive)
        copy = Path(here) / DATABASE
        app.store.copy_to(copy)
        writing.add_file(DATABASE, copy)
        settings = (root / FILE).read_bytes()
        writing.add(FILE, BytesIO(settings if secrets else envfile.without_secrets(settings)))
        for path in sorted(set(_kept(app)) - but):
            writing.add_file(path.relative_to(root).as_posix(), path)
        folders = {app.folders.posts, app.folders.assets, app.folders.var}
        outside = [str(folder) for folder in folders if not folder.is_relative_to(root)]
        writing.left_out += [f"{folder}: it lies outside of the workspace" for folder in sorted(outside)]
        manifest = {
            "kind": KIND,
            "version": version("quotidian"),
            "made_at": now.isoformat(),
            "secrets": secrets,
            "files": writing.files,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return writing


def _kept(app: App) -> Iterator[Path]:
    """Whatever a person or the painter put there. Links to folders aren't followed, links to files are read."""
    folders = app.folders
    for folder in (folders.posts, folders.assets, folders.cards, folders.var / "outbox"):
        if folder.is_relative_to(folders.root):
            for place, _, names in os.walk(folder):
                yield from (path for name in names if (path := Path(place) / name).is_file())
    calendar = folders.root / app.settings.calendar
    if calendar.is_file() and calendar.is_relative_to(folders.root):
        yield calendar
