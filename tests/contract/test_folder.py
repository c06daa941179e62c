"""The folder channel keeps the contract of channels, and what is special about a folder."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.channels.folder import Folder
from scheduler.domain.errors import Refused, TryAgain
from scheduler.ports import Publisher
from scheduler.testing.publishers import PublisherContract
from scheduler.testing.samples import outgoing, picture


class TestFolder(PublisherContract):
    @pytest.fixture(autouse=True)
    def _network(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        self.outbox = tmp_path / "outbox"

    def publisher(self) -> Publisher:
        return Folder(self.outbox)

    def record(self) -> Sequence[str]:
        posts = sorted(self.outbox.glob("*/post.json"), key=lambda path: path.stat().st_mtime_ns)
        return [str(json.loads(path.read_text())["text"]) for path in posts]


def publish(outbox: Path, tmp_path: Path, code: str = "k3f9x2a") -> Path:
    folder = Folder(outbox)
    folder.publish(folder.prepare(outgoing(tmp_path, code=code)))
    return outbox / code


def test_a_delivery_is_a_directory_with_text_alt_text_card_and_data(tmp_path: Path) -> None:
    sent = outgoing(tmp_path)
    directory = publish(tmp_path / "outbox", tmp_path)

    assert sorted(path.name for path in directory.iterdir()) == ["alt.txt", "card.png", "post.json", "text.txt"]
    assert (directory / "text.txt").read_text() == sent.text
    assert (directory / "alt.txt").read_text() == sent.alt_text
    assert (directory / "card.png").read_bytes() == picture()
    assert json.loads((directory / "post.json").read_text()) == {
        "code": "k3f9x2a",
        "channel": "account",
        "text": sent.text,
        "link": sent.link,
        "alt_text": sent.alt_text,
        "article": sent.article,
        "published_at": "2026-11-23T09:00:00+00:00",
    }


def test_the_receipt_leads_to_the_directory(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "out box")
    receipt = folder.publish(folder.prepare(outgoing(tmp_path)))

    assert receipt.remote_id == "k3f9x2a"
    assert receipt.url == (tmp_path / "out box" / "k3f9x2a").as_uri()


def test_what_a_killed_worker_left_half_written_is_not_a_post_and_does_no_harm(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    half = outbox / ".k3f9x2a.part"
    half.mkdir(parents=True)
    (half / "text.txt").write_text("half a")

    assert Folder(outbox).find(outgoing(tmp_path), outgoing(tmp_path).created_at) is None
    assert (publish(outbox, tmp_path) / "post.json").is_file()
    assert not half.exists()


@pytest.mark.parametrize("call", ["fsync", "rename"])
@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "Free some space on the disk."),
        (errno.EROFS, "Make the folder's disk writable."),
        (errno.EACCES, "Give this user the right to write to the folder."),
    ],
)
def test_a_disk_that_takes_nothing_is_told_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, hint: str
) -> None:
    def fails(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*{"fsync": (os, "fsync", fails), "rename": (Path, "rename", fails)}[call])
    with pytest.raises(TryAgain, match="can't be written") as refusal:
        publish(tmp_path / "outbox", tmp_path)

    assert refusal.value.hint == hint
    assert list((tmp_path / "outbox").iterdir()) == []


def test_a_directory_whose_last_sync_failed_is_not_called_unpublished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(directory: Path) -> None:
        if directory.name == "outbox":
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("scheduler.channels.folder._sync", fails)
    with pytest.raises(OSError, match="Input/output"):
        publish(tmp_path / "outbox", tmp_path)


def test_an_outbox_that_can_not_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file in its place")

    with pytest.raises(Refused, match="can't be made"):
        Folder(tmp_path / "outbox").verify()
    with pytest.raises(TryAgain, match="can't be written"):
        publish(tmp_path / "outbox", tmp_path)


def test_a_read_only_outbox_does_not_verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(Refused, match="can't be written to"):
        Folder(tmp_path / "outbox").verify()


@pytest.mark.parametrize("code", ["../escape", "", ".", "a/b", "x" * 65])
def test_a_code_that_is_no_plain_name_is_refused(tmp_path: Path, code: str) -> None:
    hostile = replace(outgoing(tmp_path), code=code)

    with pytest.raises(Refused, match="can't be the name"):
        Folder(tmp_path / "outbox").prepare(hostile)


def test_a_picture_over_the_limit_is_refused_without_reading_it_whole(tmp_path: Path) -> None:
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.truncate(10**12)

    with pytest.raises(Refused, match="over 5 MB"):
        Folder(tmp_path / "outbox").prepare(replace(outgoing(tmp_path), card_path=str(huge)))


def test_a_picture_format_that_networks_do_not_take_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="can't be 'tiff'"):
        Folder(tmp_path / "outbox").prepare(replace(outgoing(tmp_path), card_path="card.tiff"))
