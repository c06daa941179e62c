"""One commit for all who write at the same moment: fewer syncs, and each still gets its own answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from scheduler.domain.errors import DatabaseUnusable
from scheduler.store.commits import Commits
from scheduler.store.database import Database

WRITERS = 12
Work = Callable[[sqlite3.Connection], object]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(f"sqlite:///{tmp_path / 'test.db'}")
    with made.durable() as connection:
        connection.execute("CREATE TABLE told (who INTEGER PRIMARY KEY)")
    return made


def told(database: Database) -> list[int]:
    with database.ask() as connection:
        return [who for (who,) in connection.execute("SELECT who FROM told ORDER BY who")]


def commits(database: Database) -> int:
    return int.from_bytes(database.path.read_bytes()[24:28], "big")


def tell(who: int) -> Work:
    return lambda connection: connection.execute("INSERT INTO told VALUES (?)", (who,)).rowcount


def all_at_once(database: Database, works: list[Work]) -> list[object]:
    """What each writer got, an error included; they all wait while somebody else has the turn."""
    shared, answers = Commits(database), [object()] * len(works)

    def run(number: int) -> None:
        try:
            answers[number] = shared.run(works[number])
        except (sqlite3.IntegrityError, DatabaseUnusable) as error:
            answers[number] = error

    threads = [Thread(target=run, args=(number,)) for number in range(len(works))]
    with database.turn:
        for thread in threads:
            thread.start()
        while len(shared._waiting) < len(works):
            pass
    for thread in threads:
        thread.join()
    return answers


def test_writers_that_wait_share_one_commit(database: Database) -> None:
    before = commits(database)
    answers = all_at_once(database, [tell(number) for number in range(WRITERS)])

    assert answers == [1] * WRITERS
    assert told(database) == list(range(WRITERS))
    assert commits(database) == before + 1
    database.close()


def test_who_breaks_a_rule_is_told_so_and_nobody_else_is_harmed(database: Database) -> None:
    answers = all_at_once(database, [tell(number % (WRITERS - 1)) for number in range(WRITERS)])

    refused = [answer for answer in answers if isinstance(answer, sqlite3.IntegrityError)]
    assert len(refused) == 1
    assert told(database) == list(range(WRITERS - 1))
    database.close()


def test_when_the_database_refuses_all_are_told_and_nothing_is_there(database: Database) -> None:
    def refuse(connection: sqlite3.Connection) -> object:
        return connection.execute("INSERT INTO nowhere VALUES (1)")

    answers = all_at_once(database, [*(tell(number) for number in range(3)), refuse])

    assert [type(answer) for answer in answers] == [DatabaseUnusable] * 4
    assert told(database) == []
    assert Commits(database).run(tell(7)) == 1
    assert told(database) == [7]
    database.close()
