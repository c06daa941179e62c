"""The folder channel: each delivery becomes a directory, so that the whole job runs without any account.

A directory appears complete or not at all, named by the delivery's code. It has to stay where it is, as the proof that
this delivery went out.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from scheduler.channels.pictures import picture_of
from scheduler.domain.channel import Account, Capabilities, Measure, Outgoing, Prepared, Receipt
from scheduler.domain.errors import Refused, SettingsUnusable, TryAgain

# The strictest text of all networks, so that what is in the folder fits anywhere.
CAPABILITIES = Capabilities(
    text_limit=280,
    measure=Measure.WEIGHTED,
    alt_text_limit=1000,
    picture_formats=("png", "jpg", "webp"),
    picture_bytes=5_000_000,
    exact=True,
    settle_seconds=0,
    picture_sizes=("square", "portrait", "landscape", "story"),
    threads=True,
)
CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
HINTS = {
    errno.ENOSPC: "Free some space on the disk.",
    errno.EDQUOT: "Free some space on the disk.",
    errno.EACCES: "Give this user the right to write to the folder.",
    errno.EPERM: "Give this user the right to write to the folder.",
    errno.EROFS: "Make the folder's disk writable.",
}


def open_folder(account: Account) -> Folder:
    """The outbox of an account. Raises SettingsUnusable for options, of which a folder has none."""
    if account.options:
        setting = f"CHANNELS__{account.name.upper()}__OPTIONS"
        raise SettingsUnusable("A folder takes no options.", hint="Remove them.", setting=setting)
    return Folder(Path(account.folder))


class Folder:
    """Keeps ports.Publisher and ports.Finder."""

    def __init__(self, outbox: Path) -> None:
        self._outbox = outbox.absolute()

    def capabilities(self) -> Capabilities:
        """The same for every folder."""
        return CAPABILITIES

    def verify(self) -> str:
        """Makes the outbox if need be; Refused where it can't be written to."""
        try:
            self._outbox.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(f"The folder can't be made: {error.strerror}.", hint=_hint(error)) from error
        if not os.access(self._outbox, os.W_OK | os.X_OK):
            raise Refused("The folder can't be written to.", hint=HINTS[errno.EACCES])
        return f"the folder {self._outbox}"

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """Looks at what would be written; writes nothing."""
        self._directory(outgoing)
        _picture(outgoing)
        return Prepared(outgoing=outgoing)

    def publish(self, prepared: Prepared) -> Receipt:
        """Once for each code. An OSError before the renaming is a proof that nothing appeared."""
        outgoing = prepared.outgoing
        directory = self._directory(outgoing)
        if not _is_post(directory):
            part = directory.with_name(f".{outgoing.code}.part")
            files = _files(outgoing)
            try:
                _write_all(part, files)
                part.rename(directory)
            except OSError as error:
                shutil.rmtree(part, ignore_errors=True)
                if not _is_post(directory):
                    raise TryAgain(f"The post can't be written: {error.strerror}.", hint=_hint(error)) from error
        # Also for one that was there already: the try that wrote it may have ended before this line.
        _sync(self._outbox)
        return _receipt(directory)

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """Looks for the directory, whatever its age."""
        directory = self._directory(outgoing)
        return _receipt(directory) if _is_post(directory) else None

    def _directory(self, outgoing: Outgoing) -> Path:
        if not CODE.fullmatch(outgoing.code):
            raise Refused("The delivery's code can't be the name of a folder.")
        return self._outbox / outgoing.code


def _is_post(directory: Path) -> bool:
    return (directory / "post.json").is_file()


def _receipt(directory: Path) -> Receipt:
    return Receipt(remote_id=directory.name, url=directory.as_uri())


def _files(outgoing: Outgoing) -> Mapping[str, bytes]:
    post = {
        "code": outgoing.code,
        "channel": outgoing.channel,
        "text": outgoing.text,
        "link": outgoing.link,
        "alt_text": outgoing.alt_text,
        "article": outgoing.article,
        "published_at": outgoing.created_at.isoformat(),
    }
    if outgoing.reply_to:
        post["reply_to"] = outgoing.reply_to
    return {
        "text.txt": outgoing.text.encode(),
        "alt.txt": outgoing.alt_text.encode(),
        **_picture(outgoing),
        "post.json": json.dumps(post, ensure_ascii=False, indent=2).encode(),
    }


def _picture(outgoing: Outgoing) -> Mapping[str, bytes]:
    """The card's file by its name; nothing for a post without one."""
    picture = picture_of(outgoing, CAPABILITIES)
    return {f"card.{picture.suffix}": picture.data} if picture else {}


def _write_all(directory: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    for name, data in files.items():
        with (directory / name).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    _sync(directory)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _hint(error: OSError) -> str:
    return HINTS.get(error.errno or 0, "Look at the folder and its disk.")
