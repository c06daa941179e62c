"""The mistakes that people make, each with its sentence, its place, its hint and its exit code; other work goes on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scheduler.dispatch.lock import only_worker
from scheduler.domain.errors import FileUnusable
from scheduler.readers.inbox import Inbox
from scheduler.readers.loading import load
from tests.acceptance.walk import EVERY_SECOND, Workspace

GOOD = "Sleep\n\nRest is the one treatment that only you can give yourself, each night of the year.\n"
WHOLE = f"{GOOD}\nRegular hours are worth more than perfect hours, on weekdays and on weekends.\n"
FILES = {
    "empty.md": (b"", "This file is empty.", "", "Write the article into it"),
    "program.md": (bytes(range(256)) * 12, "This file isn't text but a program's own format.", "", "Save it as"),
    "latin.txt": ("Déjà vu.\n".encode("latin-1"), "This file isn't saved in UTF-8.", ", line 1", "Save it as"),
    "huge.txt": (b"a" * 50_000_000, "This file has 50.0 MB; an article like this may have 2 MB.", "", "Save the text"),
    "not-yaml.md": (
        b"---\ntitle: [a\n---\nText.\n",
        "The lines between the dashes can't be read.",
        ", line 3",
        "Compare",
    ),
    "nothing.txt": (b"Hi\n\nToo short.\n", "No sentence of this article can stand alone", "", "pullquote:"),
}
SETTINGS = {
    "TIME_ZONE=Mars/Base": ("'Mars/Base' is not an IANA time zone", "write for example Europe/Madrid"),
    "BOOKING__MAIN=clinic.example": ("'clinic.example' is not a web address", "write it whole, with https://"),
    "CHANNELS__FOLDER__SLOTS=mon 25:00": ("'25:00' is not a time of day", "the last one is 23:59"),
}
LOOKS = {
    '[fonts]\nserif-400 = "nothing.otf"\n': ("There is no file “nothing.otf”.", "fonts.serif-400", "Put it into"),
    '[fonts]\nserif-400 = "broken.otf"\n': ("The font can't be used", "broken.otf", "TrueType or OpenType"),
    'logo = "broken.otf"\n': ("The logo is not a picture", "broken.otf", "Save it as a PNG"),
}


def tells(result: Any, *words: str, exit_code: int = 1) -> None:
    """One sentence, the place and a hint, in this order, and the exit code."""
    assert result.exit_code == exit_code
    positions = [result.stderr.find(each) for each in words]
    assert -1 not in positions, f"{words} in {result.stderr}"
    assert positions == sorted(positions)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_article_is_told_and_the_good_one_goes_on(workspace: Workspace, name: str) -> None:
    data, sentence, line, hint = FILES[name]
    workspace.drop(name, data)
    workspace.drop("good.txt", GOOD)
    tells(workspace.run("queue"), sentence, f"posts/articles/{name}{line}", hint)
    assert [post["article"] for post in workspace.json("list")] == ["Sleep"]


def test_a_link_out_of_the_folder_is_not_followed(workspace: Workspace) -> None:
    (workspace.root / "posts" / "articles" / "out.txt").symlink_to("/etc/hostname")
    workspace.drop("good.txt", GOOD)
    tells(workspace.run("queue"), "a link to a place outside the articles folder", "out.txt", "Copy the file itself")
    assert len(workspace.json("list")) == 1


def test_a_file_that_vanishes_before_it_is_read_is_told(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(GOOD)
    inbox = Inbox(root=tmp_path, folder=tmp_path, suffixes=(".txt",))
    (name,) = inbox.names()
    article.unlink()
    with pytest.raises(FileUnusable, match=r"There is no such file\.") as caught:
        load(name, root=tmp_path, folder=tmp_path)
    assert (caught.value.place, caught.value.hint) == ("a.txt", "Check the name.")


def test_a_file_that_is_still_being_saved_is_never_taken_in_by_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "slow.txt"
    article.write_text(GOOD)

    def looked_at(descriptor: int) -> os.stat_result:
        """Somebody writes on as soon as the file has been looked at."""
        state = os.stat(descriptor)
        article.write_text(WHOLE)
        return state

    with monkeypatch.context() as patch:
        patch.setattr("scheduler.readers.loading.os.fstat", looked_at)
        with pytest.raises(FileUnusable, match=r"The file changed while it was read\.") as caught:
            load("slow.txt", root=tmp_path, folder=tmp_path)
    assert (caught.value.place, caught.value.hint) == ("slow.txt", "Save it, then queue it again.")
    assert load("slow.txt", root=tmp_path, folder=tmp_path) == WHOLE.encode()


@pytest.mark.parametrize("line", SETTINGS)
def test_a_setting_that_cannot_be_is_told_with_its_line(workspace: Workspace, line: str) -> None:
    (workspace.root / "settings.env").write_text(f"# mine\n{line}\n")
    sentence, way_out = SETTINGS[line]
    place = f"settings.env, line 2, {line.partition('=')[0]}"
    tells(workspace.run("list"), sentence, way_out, place, "settings.env.example", exit_code=3)


@pytest.mark.parametrize("toml", LOOKS)
def test_a_look_that_cannot_be_painted_is_told_with_its_file(workspace: Workspace, toml: str) -> None:
    brand = workspace.root / "assets" / "brand"
    (brand / "brand.toml").write_text(toml)
    (brand / "broken.otf").write_text("no font")
    out = str(workspace.root / "out")
    tells(workspace.run("card", "--text", "Rest well tonight.", "--out", out), *LOOKS[toml])


def test_a_folder_that_cannot_be_written_to_is_told_and_the_post_waits(planned: Workspace) -> None:
    planned.outbox.parent.mkdir(parents=True, exist_ok=True)
    planned.outbox.write_text("a file where the folder should be")
    (attempt,) = planned.attempts(1)
    assert attempt["outcome"] == "try-again"
    assert attempt["words"].startswith("The post can't be written:")
    assert attempt["hint"] == "Look at the folder and its disk."
    assert planned.json("list")[0]["deliveries"][0]["state"] == "scheduled"


@pytest.fixture
def full_disk(planned: Workspace) -> Iterator[Workspace]:
    """A workspace whose outbox is on a disk with no room."""
    planned.outbox.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(planned.outbox)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield planned
    subprocess.run(["umount", str(planned.outbox)], check=True)


def test_a_full_disk_is_told_and_the_post_waits_and_nothing_is_half_written(full_disk: Workspace) -> None:
    (attempt,) = full_disk.attempts(1)
    assert attempt["words"] == "The post can't be written: No space left on device."
    assert attempt["hint"] == "Free some space on the disk."
    assert list(full_disk.outbox.iterdir()) == []
    assert full_disk.json("list")[0]["deliveries"][0]["state"] == "scheduled"


def test_a_database_of_a_newer_program_is_left_alone(planned: Workspace) -> None:
    database = planned.root / "var" / "quotidian.db"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    tells(planned.run("list"), "newer version", "quotidian.db", "Hint:", exit_code=3)


def test_a_locked_database_is_told(planned: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.store.database.BUSY_SECONDS", 0)
    connection = sqlite3.connect(planned.root / "var" / "quotidian.db", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    result = planned.run("list")
    connection.close()
    tells(result, "The database was locked", "quotidian.db", "Close what else has the file open", exit_code=3)


def test_a_second_worker_is_refused_with_the_first_ones_number(workspace: Workspace) -> None:
    workspace.run("list")
    with only_worker(workspace.root / "var" / "worker.lock"):
        result = workspace.run("worker", "--once")
    tells(result, f"Another worker (process {os.getpid()}) serves this workspace.", "Stop it first")


def test_a_post_over_the_limit_is_told_with_the_numbers_and_stays_as_it_was(planned: Workspace) -> None:
    (before,) = planned.json("list")
    tells(planned.run("edit", "1", "--text", "Rest well. " * 40), "of 280", "Hint:")
    assert planned.json("list")[0]["text"] == before["text"]


@pytest.fixture
def planned(workspace: Workspace) -> Workspace:
    """One approved post, due within a second."""
    (workspace.root / "settings.env").write_text(f"{EVERY_SECOND}APPROVAL=flagged\n")
    workspace.drop("good.txt", GOOD)
    workspace.run("queue")
    return workspace
