"""A booking page that is gone is told on the first page, once it was looked at."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest

from scheduler.bootstrap import App, hostile
from scheduler.bootstrap.linkwatch import LinkWatch, gone, note
from scheduler.domain.errors import NoAnswer
from scheduler.service import Service
from tests.web.visitor import Visitor

PAGE = {"main": "https://clinic-of-ours.org/book"}
GONE = "There is no page at this address."


def looked(watch: LinkWatch, app: App, *, days: int = 0) -> bool:
    thread = watch.look_again(PAGE, app.store, now=app.clock.now() + timedelta(days=days))
    if thread:
        thread.join(5)
    return thread is not None


def test_a_page_that_is_gone_is_remembered_until_it_is_back(empty: App) -> None:
    answers = iter([GONE, GONE, ""])
    watch = LinkWatch(look=lambda _: next(answers))
    looked(watch, empty)
    looked(watch, empty, days=1)
    assert [entry.what for _, entry in gone(PAGE, empty.store)] == [f"looked at its page: {GONE}"]
    looked(watch, empty, days=2)
    assert list(gone(PAGE, empty.store)) == []
    assert len(empty.store.journal.audit()) == 2


def test_a_page_is_looked_at_once_a_day(empty: App) -> None:
    watch = LinkWatch(look=lambda _: "")
    assert [looked(watch, empty, days=day) for day in (0, 0, 1)] == [True, False, True]


def test_what_can_not_be_reached_is_not_called_gone(empty: App) -> None:
    def silent(_: str) -> str:
        raise NoAnswer("The site does not answer.")

    watch = LinkWatch(look=silent)
    looked(watch, empty)
    assert list(gone(PAGE, empty.store)) == []


def test_nobody_asks_for_an_example(empty: App) -> None:
    watch = LinkWatch(look=lambda _: GONE)
    assert watch.look_again({"main": "https://example.com/book"}, empty.store, now=empty.clock.now()) is None


def test_the_first_page_tells_of_it_and_looks_at_nothing_itself(
    clinic: App, ann: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(hostile, "is_gone", asked.append)
    clinic.settings = clinic.settings.model_copy(update={"booking": PAGE})
    assert "a page that is gone" not in ann.get("/").text
    note("main", PAGE["main"], GONE, clinic.store, now=clinic.clock.now())
    page = ann.get("/").text
    assert "Posts lead to a page that is gone" in page
    assert GONE in page
    assert asked == []


def test_a_worker_looks_beside_its_work_and_waits_for_no_page(empty: App) -> None:
    empty.settings = empty.settings.model_copy(update={"booking": PAGE})
    may_end, seen = Event(), []

    def slow(address: str) -> str:
        seen.append(address)
        may_end.wait(5)
        return GONE

    worker = Service(app=empty, links=LinkWatch(look=slow))
    worker.look_at_links()
    worker.look_at_links()
    assert list(gone(PAGE, empty.store)) == []
    may_end.set()
    assert worker.links._looking
    worker.links._looking.join(5)
    assert seen == [PAGE["main"]]
    assert [office for office, _ in gone(PAGE, empty.store)] == ["main"]
