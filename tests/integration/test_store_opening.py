"""Opening a database: made, upgraded or refused, always in words, and never left half done."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from pydantic import TypeAdapter

from scheduler.domain.article import Excerpt
from scheduler.domain.errors import DatabaseUnusable
from scheduler.store import Store, database, open_store
from scheduler.store.schema import REVISIONS, VERSION_TABLE
from scheduler.store.upgrade import configuration
from scheduler.testing.samples import article, post
from tests.integration.scene import entry

VERSIONS = f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"


@pytest.fixture(scope="module", autouse=True)
def quick_databases() -> None:
    """Here every database is made in earnest."""


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def schema(path: Path) -> dict[str, list[str]]:
    """Every table, index and trigger; the order of a table's columns and constraints says nothing."""
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with closing(sqlite3.connect(path)) as connection:
        found = dict(connection.execute(query).fetchall())
    return {name: parts(sql) for name, sql in found.items()}


def parts(sql: str) -> list[str]:
    """A statement's head, and what stands between the commas of its outermost brackets."""
    head, _, body = " ".join(sql.split()).partition("(")
    inside = re.split(r",(?![^()]*\))", body.rpartition(")")[0])
    return [head.strip(), *sorted(part.strip() for part in inside)]


def open_and_close(path: Path) -> None:
    open_store(f"sqlite:///{path}").close()


def test_the_migrations_lead_to_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    fresh, old = tmp_path / "fresh.db", tmp_path / "old.db"
    run(old, VERSIONS)
    open_and_close(fresh)
    open_and_close(old)

    upgraded = schema(old)
    upgraded.pop(VERSION_TABLE)
    made = schema(fresh)
    made.pop(VERSION_TABLE)
    assert upgraded == made


def test_a_database_of_the_first_version_keeps_its_posts(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    first = database.Database(f"sqlite:///{path}")
    with first.write() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    first.close()
    excerpt = TypeAdapter(Excerpt).dump_json(post().excerpt).decode()
    run(path, ARTICLE, f"INSERT INTO excerpts VALUES (1, 1, '{excerpt}')", POST)

    store = open_store(f"sqlite:///{path}")
    assert store.posts.get(1) == replace(post(approved=False), id=1, article_id=1)
    assert store.posts.get(1).words == post().excerpt.text
    store.close()


ARTICLE = "INSERT INTO articles VALUES (1, 'f', 's', 't', 0, '{}')"
POST = "INSERT INTO posts VALUES (1, 1, 1, '[]', '[]', 'draft', NULL, '', 0)"


def test_the_program_knows_every_migration() -> None:
    steps = ScriptDirectory.from_config(configuration()).walk_revisions()

    assert tuple(step.revision for step in steps)[::-1] == REVISIONS


def test_an_older_database_is_copied_before_it_is_upgraded(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    run(old, VERSIONS, "CREATE TABLE witness (word TEXT)")
    open_and_close(old)

    assert list(schema(tmp_path / f"old.db.before-{REVISIONS[-1]}")) == [VERSION_TABLE, "witness"]


def test_an_upgrade_that_fails_changes_nothing_and_says_why(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    run(old, VERSIONS, "CREATE TABLE deliveries (in_the_way TEXT)")
    before = schema(old)

    with pytest.raises(DatabaseUnusable, match="could not be upgraded"):
        open_and_close(old)
    assert schema(old) == before


def test_a_database_of_a_newer_program_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    open_and_close(path)
    run(path, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")

    with pytest.raises(DatabaseUnusable, match="newer version") as refusal:
        open_and_close(path)
    assert refusal.value.hint.startswith("Upgrade Quotidian")
    assert refusal.value.path == str(path)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    run(path, "CREATE TABLE songs (title TEXT)")

    with pytest.raises(DatabaseUnusable, match="another program"):
        open_and_close(path)
    assert list(schema(path)) == ["songs"]


def garbage(path: Path) -> None:
    path.write_bytes(b"this is not a database, " * 200)


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(("make", "sentence"), [(garbage, "not a database"), (a_folder, "can't be opened")])
def test_a_file_that_is_no_database_is_told_in_words(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    make(tmp_path / "test.db")

    with pytest.raises(DatabaseUnusable, match=sentence) as refusal:
        open_and_close(tmp_path / "test.db")
    assert refusal.value.hint


@pytest.mark.parametrize("url", ["nonsense", "sqlite://", "sqlite:///:memory:", "postgresql://localhost/posts"])
def test_only_an_sqlite_file_is_taken(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match=r"database URL|Only an SQLite file"):
        open_store(url)


def test_a_folder_that_can_not_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in its place")

    with pytest.raises(DatabaseUnusable, match="folder"):
        open_store(f"sqlite:///{tmp_path / 'var' / 'test.db'}")


def test_a_locked_database_is_told_in_words_and_works_again_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    store = open_store(f"sqlite:///{tmp_path / 'test.db'}")
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseUnusable, match="locked by another program"):
            store.library.add(article(), [post()], entry())
        other.execute("ROLLBACK")
    assert store.library.add(article(), [post()], entry()) == 1
    store.close()


def fill(store: Store) -> None:
    for number in range(100):
        store.library.add(article(f"Article {number}"), [post()] * 10, entry())


def test_a_full_disk_is_told_in_words_and_loses_nothing(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'test.db'}")
    with store.library._database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseUnusable, match="disk is full"):
        fill(store)
    assert len(store.posts.all()) == 10 * len(store.library.titles())
    store.close()


def test_a_commit_reaches_the_disk_before_it_returns(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'test.db'}")
    with store.library._database.read() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    store.close()

    assert found == ["delete", 3, 1]


def test_an_open_database_needs_no_alembic(tmp_path: Path) -> None:
    program = f"import sys; from scheduler.store import open_store; open_store('sqlite:///{tmp_path / 'a.db'}').close()"
    loaded = subprocess.run(
        [sys.executable, "-c", f"{program}; print('alembic' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert loaded.stdout.strip() == "False"
