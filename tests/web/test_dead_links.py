"""A booking page that is gone is told on the first page, once it was looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.bootstrap import App
from scheduler.bootstrap.linkwatch import LinkWatch
from scheduler.domain.errors import NoAnswer
from scheduler.web.dashboard import needs
from tests.web.visitor import Visitor

PAGE = {"main": "https://clinic-of-ours.org/book"}
GONE = "There is no page at this address."


def looked(watch: LinkWatch, app: App, *, days: int = 0) -> list[None]:
    return [one.result(5) for one in watch.look_again(PAGE, app.store, now=app.clock.now() + timedelta(days=days))]


def test_a_page_that_is_gone_is_remembered_until_it_is_back(empty: App) -> None:
    answers = iter([GONE, GONE, ""])
    watch = LinkWatch(look=lambda _: next(answers))
    looked(watch, empty)
    looked(watch, empty, days=1)
    assert [entry.what for _, entry in watch.gone(PAGE, empty.store)] == [f"looked at its page: {GONE}"]
    looked(watch, empty, days=2)
    assert list(watch.gone(PAGE, empty.store)) == []
    assert len(empty.store.journal.audit()) == 2


def test_a_page_is_looked_at_once_a_day(empty: App) -> None:
    watch = LinkWatch(look=lambda _: "")
    assert [len(looked(watch, empty, days=day)) for day in (0, 0, 1)] == [1, 0, 1]


def test_what_can_not_be_reached_is_not_called_gone(empty: App) -> None:
    def silent(_: str) -> str:
        raise NoAnswer("The site does not answer.")

    watch = LinkWatch(look=silent)
    looked(watch, empty)
    assert list(watch.gone(PAGE, empty.store)) == []


def test_nobody_asks_for_an_example(empty: App) -> None:
    watch = LinkWatch(look=lambda _: GONE)
    assert watch.look_again({"main": "https://example.com/book"}, empty.store, now=empty.clock.now()) == []


def test_the_first_page_tells_of_it(clinic: App, ann: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = LinkWatch(look=lambda _: GONE)
    monkeypatch.setattr(needs, "linkwatch_of", lambda _: watch)
    clinic.settings = clinic.settings.model_copy(update={"booking": PAGE})
    looked(watch, clinic)
    page = ann.get("/").text
    assert "Posts lead to a page that is gone" in page
    assert GONE in page
