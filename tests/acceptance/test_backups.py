"""quotidian backup and restore: everything is there again, and nothing that went out meanwhile goes out twice."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler import bootstrap
from scheduler.bootstrap import open_app
from scheduler.bootstrap.backup import DATABASE, MANIFEST, back_up
from scheduler.bootstrap.restore import UNFINISHED, restore
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import QuotidianError
from scheduler.domain.session import Session
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace, make_workspace

ROWS = "text,date,template\n" + "".join(
    f"A walk of {number} minutes wakes a tired back.,2026-12-{number:02} 09:00,auto\n" for number in range(1, 7)
)
KEYS = "NOTIFY=json://key-4711@example.com\n# CHANNELS__X__OPTIONS__API_KEY=key-4711\nDASHBOARD_PASSWORD='key-4711'\n"


pytestmark = pytest.mark.xdist_group("backups")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace of six approved posts, one a morning in December, and a backup of it."""
    root = tmp_path_factory.mktemp("backups")
    slots = EVERY_SECOND.replace("every 1 second", "daily 12:00")
    workspace = make_workspace(root / "clinic", slots + KEYS)
    (workspace.root / "settings.env").chmod(0o600)
    (workspace.root / "posts" / "queue" / "december.csv").write_text(ROWS, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "SystemClock", FakeClock)
        workspace.run("queue")
        workspace.run("approve", "--all", "--by", "Ann")
        assert workspace.run("backup", str(root / "clinic.zip"), "--by", "Ann").exit_code == 0
    return root


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """The 23rd of November."""
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    return clock


@pytest.fixture
def workspace(model: Path, clock: FakeClock, tmp_path: Path) -> Workspace:
    """Moved from where it was made, as a whole."""
    shutil.copytree(model / "clinic", tmp_path / "clinic")
    return Workspace(tmp_path / "clinic")


@pytest.fixture
def file(model: Path, clock: FakeClock, tmp_path: Path) -> Path:
    return Path(shutil.copy(model / "clinic.zip", tmp_path / "clinic.zip"))


@pytest.fixture
def again(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "again")


def spend(clock: FakeClock, workspace: Workspace, **time: float) -> None:
    clock.pass_by(**time)
    assert workspace.run("worker", "--drain").exit_code == 0


def states(workspace: Workspace) -> list[str]:
    return [one["state"] for post in workspace.json("list") for one in post["deliveries"]]


def posts(workspace: Workspace) -> list[object]:
    found = workspace.json("list")
    return [
        [one["text"], one["approval"], one["deliveries"][0]["code"], one["deliveries"][0]["due_at"]] for one in found
    ]


def test_a_restored_workspace_has_the_same_posts_pictures_and_times(
    workspace: Workspace, file: Path, again: Workspace
) -> None:
    assert again.run("restore", str(file)).exit_code == 0
    assert posts(again) == posts(workspace)
    assert states(again) == states(workspace) == ["scheduled"] * 6
    cards = [sorted(path.name for path in (one.root / "var" / "cards").iterdir()) for one in (workspace, again)]
    assert cards[0] == cards[1] != []


def test_nothing_goes_out_of_a_restored_workspace_before_somebody_says_so(
    clock: FakeClock, file: Path, again: Workspace
) -> None:
    again.run("restore", str(file))
    spend(clock, again, days=8, hours=6)
    assert again.sent() == []
    assert "Restored from a backup" in again.run("status").stdout
    again.run("resume", "--all")
    spend(clock, again, days=1)
    assert again.sent()
    assert all((again.outbox / one["code"]).glob("card.*") for one in again.sent())


def test_what_went_out_after_the_backup_is_never_sent_again(
    clock: FakeClock, workspace: Workspace, file: Path, again: Workspace
) -> None:
    for _ in range(11):
        spend(clock, workspace, days=1)
    gone = {one["code"] for one in workspace.sent()}
    assert len(gone) == 4
    told = again.json("restore", str(file))
    assert set(told["unknown"]) == gone
    again.run("resume", "--all")
    spend(clock, again, minutes=5)
    assert again.sent() == []
    assert sorted(states(again)) == ["held"] * 4 + ["scheduled"] * 2
    shutil.copytree(workspace.outbox, again.outbox, dirs_exist_ok=True)
    spend(clock, again, hours=13)
    assert sorted(states(again)) == ["published"] * 4 + ["scheduled"] * 2


def test_a_backup_holds_no_key_of_an_account_and_is_the_owners_alone(workspace: Workspace, file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with ZipFile(file) as archive:
        assert not any(b"key-4711" in archive.read(name) for name in archive.namelist())
        assert b"BOOKING__MAIN=https://book.example.com/visit" in archive.read("settings.env")
    workspace.run("backup", str(file), "--secrets")
    with ZipFile(file) as archive:
        assert archive.read("settings.env") == (workspace.root / "settings.env").read_bytes()


def test_nobody_is_signed_in_by_a_backup(workspace: Workspace, clock: FakeClock, tmp_path: Path) -> None:
    app = open_app(workspace.root)
    session = Session(key="4711", who="Ann", since=clock.now(), until=clock.now() + timedelta(days=1))
    app.store.sessions.add(session, now=clock.now())
    app.store.copy_to(tmp_path / "copy.db")
    assert app.store.sessions.get("4711") == session
    app.close()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM sessions").fetchone() == (0,)
        assert copy.execute("SELECT count(*) FROM posts").fetchone() == (6,)


def test_a_backup_that_could_not_be_written_is_not_called_the_last_one(workspace: Workspace, tmp_path: Path) -> None:
    assert workspace.run("backup", str(tmp_path / "nowhere" / "other.zip")).exit_code == 3
    app = open_app(workspace.root)
    last = app.store.remarks.last("workspace", beginning="backed it up into other.zip")
    app.close()
    assert last is None


def test_a_backup_replaces_an_older_one_and_no_other_file(workspace: Workspace, file: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all", "utf-8")
    refused = workspace.run("backup", str(letter))
    assert refused.exit_code == 1
    assert "This file is no backup, so it stays." in refused.stderr
    assert letter.read_text("utf-8") == "Dear all"
    assert workspace.run("backup", str(file)).exit_code == 0


def test_what_cannot_be_read_is_told_of_and_all_else_is_in_the_backup(
    workspace: Workspace, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = workspace.root / "posts" / "articles" / "lost.md"
    lost.write_text("Lost", "utf-8")
    plainly = Path.open
    monkeypatch.setattr(
        Path, "open", lambda path, *rest, **more: _refuse() if path == lost else plainly(path, *rest, **more)
    )
    told = workspace.run("backup", str(tmp_path / "clinic.zip"))
    assert told.exit_code == 1
    assert "Left out: posts/articles/lost.md: " in told.stderr
    with ZipFile(tmp_path / "clinic.zip") as archive:
        assert "posts/queue/december.csv" in archive.namelist()


def _refuse() -> None:
    raise PermissionError(13, "Permission denied")


def test_a_backup_is_of_one_moment_while_others_write(workspace: Workspace, clock: FakeClock, tmp_path: Path) -> None:
    app, over = open_app(workspace.root), Event()

    def write() -> None:
        while not over.is_set():
            app.store.remarks.add(AuditEntry(at=clock.now(), who="Ann", what="wrote", subject="workspace"))

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            back_up(app, tmp_path / f"{number}.zip", who="Ann")
            restore(tmp_path / f"{number}.zip", tmp_path / str(number), who="Ann")
    finally:
        over.set()
        writer.join()
        app.close()
    assert len([one for one in tmp_path.glob("*/settings.env") if one.parent.name.isdigit()]) == 3


def test_a_workspace_that_is_there_is_never_written_over(workspace: Workspace, file: Path) -> None:
    before = (workspace.root / "settings.env").read_bytes()
    refused = workspace.run("restore", str(file))
    assert refused.exit_code == 1
    assert "There is a workspace here already." in refused.stderr
    assert (workspace.root / "settings.env").read_bytes() == before


def test_the_audit_log_says_who_backed_up_and_when(workspace: Workspace, file: Path) -> None:
    app = open_app(workspace.root)
    last = app.store.remarks.last("workspace", beginning="backed it up")
    app.close()
    assert last is not None
    assert (last.who, last.what) == ("Ann", "backed it up into clinic.zip, without secrets")


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same archive with other content."""
    with ZipFile(file) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    change(content)
    with ZipFile(file, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return file


def named(name: str) -> Callable[[dict[str, bytes]], None]:
    """One file more, under a name of somebody's choice."""

    def change(content: dict[str, bytes]) -> None:
        manifest = json.loads(content[MANIFEST])
        manifest["files"][name] = {
            "bytes": 0,
            "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        }
        content[MANIFEST] = json.dumps(manifest).encode()
        if name and name.isprintable():
            content[name] = b""

    return change


def manifest_with(**more: object) -> Callable[[dict[str, bytes]], None]:
    def change(content: dict[str, bytes]) -> None:
        content[MANIFEST] = json.dumps(json.loads(content[MANIFEST]) | more).encode()

    return change


def other(name: str, data: bytes | None) -> Callable[[dict[str, bytes]], None]:
    """A file that says something else than the manifest, or is gone."""

    def change(content: dict[str, bytes]) -> None:
        content.pop(name) if data is None else content.update({name: data})

    return change


SMALL: dict[str, object] = {"bytes": 1, "sha256": ""}
HOSTILE = {
    "above": named("../above.txt"),
    "above in the middle": named("posts/../../above.txt"),
    "absolute": named("/above.txt"),
    "backslash": named("posts\\above.txt"),
    "twice the slash": named("posts//above.txt"),
    "empty": named(""),
    "no text": named("posts/\ud800.md"),
    "null": named("posts/a\0b"),
    "our own folder": named(f"{UNFINISHED}/x"),
    "another content": other("settings.env", b"BRAND=Other\n"),
    "longer than it says": other("posts/queue/december.csv", b"0" * 50_000_000),
    "a file is gone": other("posts/queue/december.csv", None),
    "no database": other(DATABASE, None),
    "no manifest": other(MANIFEST, None),
    "no JSON": other(MANIFEST, b"{"),
    "a list": other(MANIFEST, b"[]"),
    "deep": other(MANIFEST, b"[" * 100_000),
    "another kind": manifest_with(kind="other"),
    "no time": manifest_with(made_at="yesterday"),
    "a time without a zone": manifest_with(made_at="2026-11-23T10:00:00"),
    "no files": manifest_with(files={}),
    "files of another shape": manifest_with(files={"settings.env": 3, DATABASE: 4}),
    "endless": manifest_with(files={"settings.env": SMALL, DATABASE: SMALL | {"bytes": 1e400}}),
    "too large": manifest_with(files={"settings.env": SMALL, DATABASE: SMALL | {"bytes": 1e18}}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_backup_from_anybody_can_only_be_refused(file: Path, tmp_path: Path, name: str) -> None:
    before = {path for path in tmp_path.rglob("*") if "again" not in path.parts}
    with pytest.raises(QuotidianError) as told:
        restore(rewritten(file, HOSTILE[name]), tmp_path / "again", who="Ann")
    assert told.value.message.endswith(".")
    assert told.value.hint
    assert not (tmp_path / "again").exists()
    assert {path for path in tmp_path.rglob("*") if "again" not in path.parts} == before


def test_a_file_that_is_not_there_is_named(tmp_path: Path, again: Workspace) -> None:
    refused = again.run("restore", str(tmp_path / "clinic.zip"))
    assert refused.exit_code == 1
    assert "There is no such file." in refused.stderr
    assert str(tmp_path / "clinic.zip") in refused.stderr
    assert not again.root.exists()


def test_whoever_ends_a_restore_before_everything_is_paused_has_no_workspace(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("scheduler.bootstrap.restore.be_careful", end)
    with pytest.raises(KeyboardInterrupt):
        restore(file, tmp_path / "again", who="Ann")
    assert not (tmp_path / "again").exists()


def test_a_directory_that_was_there_stays(file: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    with pytest.raises(QuotidianError):
        restore(rewritten(file, HOSTILE["no JSON"]), tmp_path / "again", who="Ann")
    assert list((tmp_path / "again").iterdir()) == []


@pytest.mark.parametrize("cut", [0, 10, 1_000, -30])
def test_a_backup_that_was_cut_off_is_refused_whole(file: Path, tmp_path: Path, cut: int) -> None:
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(QuotidianError):
        restore(file, tmp_path / "again", who="Ann")
    assert not (tmp_path / "again").exists()


def refusal(file: Path, root: Path) -> QuotidianError | None:
    try:
        restore(file, root, who="Ann")
    except QuotidianError as error:
        return error
    return None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), other=st.binary(min_size=1, max_size=3))
def test_a_backup_with_other_bytes_is_refused_or_as_good(
    model: Path, tmp_path: Path, place: float, other: bytes
) -> None:
    file, root = tmp_path / "other.zip", tmp_path / "again"
    data = bytearray((model / "clinic.zip").read_bytes())
    at = int(place * len(data))
    data[at : at + len(other)] = other
    file.write_bytes(data)
    shutil.rmtree(root, ignore_errors=True)
    error = refusal(file, root)
    with ZipFile(model / "clinic.zip") as archive:
        good = {name: archive.read(name) for name in archive.namelist() if name not in (MANIFEST, DATABASE)}
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert (error.hint and not found) if error else good.items() <= found.items()


def test_settings_that_lead_out_of_the_workspace_are_put_in_their_usual_places(
    workspace: Workspace, clock: FakeClock, tmp_path: Path, again: Workspace
) -> None:
    outside = tmp_path / "outside"
    with (workspace.root / "settings.env").open("a", encoding="utf-8") as settings:
        settings.write(f"ASSETS_FOLDER={outside}\nDATABASE_URL=sqlite:///{outside}/other.db\n")
    told = workspace.run("backup", str(tmp_path / "clinic.zip"))
    assert f"Left out: {outside}: it lies outside of the workspace." in told.stderr
    shutil.rmtree(outside)
    assert again.run("restore", str(tmp_path / "clinic.zip")).exit_code == 0
    assert not outside.exists()
    assert "ASSETS_FOLDER=assets\n" in (again.root / "settings.env").read_text("utf-8")


def test_a_workspace_that_was_moved_still_sends_its_pictures(
    clock: FakeClock, workspace: Workspace, tmp_path: Path
) -> None:
    moved = Workspace(workspace.root.rename(tmp_path / "elsewhere"))
    for _ in range(9):
        spend(clock, moved, days=1)
    assert moved.sent()
    assert len(list(moved.outbox.glob("*/card.*"))) == len(moved.sent())
