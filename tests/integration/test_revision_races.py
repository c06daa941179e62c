"""An article is revised as a whole or not at all, whoever does what meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import pytest

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import State
from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.revision import Effect, Revision
from scheduler.testing.samples import NINE
from scheduler.usecases.ingest import Fate
from tests.integration.desk import (
    FILE,
    SHOES,
    SLEEP,
    STAIRS,
    WALKS,
    WALKS_NOW,
    WATER,
    Desk,
    effects,
    written,
)


def meanwhile(desk: Desk, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch, times: int = 1) -> None:
    """`act` comes between the decision and the database, the first `times` that somebody revises."""
    write, left = desk.scene.store.revisions.write, [act] * times

    def late(revision: Revision, entries: Sequence[AuditEntry]) -> Sequence[int] | None:
        if left:
            left.pop()()
        return write(revision, entries)

    monkeypatch.setattr(desk.scene.store.revisions, "write", late)


def test_what_a_person_does_meanwhile_is_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(desk, lambda: desk.edit(1, "Walk a little every day."), monkeypatch)
    desk.queue(WALKS_NOW, SLEEP, WATER)
    assert (desk.post(1).words, desk.post(1).may_go_out) == ("Walk a little every day.", False)
    assert desk.delivery(1).text.startswith("Walk a little every day.")


def test_a_renamed_file_is_followed_as_well_when_a_person_is_quicker(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    del desk.files[FILE]
    meanwhile(desk, lambda: desk.edit(3, "Drink."), monkeypatch)
    assert desk.queue(WALKS_NOW, SLEEP, WATER, file="renamed.md").fate is Fate.CHANGED
    assert [post.words for post in desk.posts] == [WALKS_NOW, SLEEP, "Drink."]


def test_what_goes_out_meanwhile_is_flagged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(desk, lambda: desk.put(1, State.PUBLISHED), monkeypatch)
    assert effects(desk.queue(WALKS_NOW, SLEEP, WATER))[0] is Effect.FLAGGED
    assert desk.delivery(1).text.startswith(WALKS)


def test_when_two_hands_queue_the_same_change_the_second_one_finds_it_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.wanted = 4
    meanwhile(desk, lambda: desk.look_and_keep(), monkeypatch)
    assert desk.queue(WALKS_NOW, SLEEP, WATER, SHOES).fate is Fate.KNOWN
    assert [post.words for post in desk.posts] == [WALKS_NOW, SLEEP, WATER, SHOES]


def test_a_file_that_never_comes_to_rest_is_left_for_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    words = iter(("One more word.", "Two more words.", "Three more words."))
    meanwhile(desk, lambda: desk.edit(3, next(words)), monkeypatch, times=3)
    taken = desk.queue(WALKS_NOW, SLEEP, WATER)
    assert (taken.fate, type(taken.error), desk.post(1).words) == (Fate.REFUSED, NotAllowedNow, WALKS)


def test_two_hands_take_a_new_file_in_once(desk: Desk) -> None:
    desk.files["legs.md"] = written(STAIRS, title="Legs", source="legs.md")
    (first,) = desk.intake.look(["legs.md"], now=NINE)
    (second,) = desk.intake.look(["legs.md"], now=NINE)
    fates = [desk.intake.keep(one, who="Ann", now=NINE).fate for one in (first, second)]
    assert (fates, len(desk.posts)) == ([Fate.NEW, Fate.KNOWN], 4)


def test_a_revision_that_breaks_off_midway_leaves_nothing_and_is_made_whole_the_next_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.wanted = 4
    before, deliveries = desk.posts, desk.scene.store.deliveries.select()
    with monkeypatch.context() as patch:
        patch.setattr("scheduler.store.revisions.insert_post", lambda *_: sys.exit("killed"))
        with pytest.raises(SystemExit):
            desk.queue(WALKS_NOW, WATER, SHOES)
    assert (desk.posts, desk.scene.store.deliveries.select()) == (before, deliveries)
    assert effects(desk.look_and_keep()) == [Effect.REWORDED, Effect.DROPPED, Effect.KEPT]
    assert desk.post(4).words == SHOES
