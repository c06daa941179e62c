"""Files that are replaced, copied, renamed, refused or read again, and what a look at them shows."""

from __future__ import annotations

from scheduler.domain.article import Wishes
from scheduler.domain.delivery import State
from scheduler.domain.revision import Effect
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


def test_a_file_that_becomes_quite_another_article_keeps_nothing_and_begins_anew(desk: Desk) -> None:
    desk.put(3, State.PUBLISHED)
    taken = desk.queue(STAIRS, SHOES, title="Legs")
    assert effects(taken) == [Effect.DROPPED, Effect.DROPPED, Effect.FLAGGED]
    assert [post.words for post in taken.posts] == [STAIRS, SHOES]
    assert desk.scene.store.library.titles() == {1: "Legs"}


def test_a_file_that_comes_to_say_what_another_says_makes_no_copies(desk: Desk) -> None:
    desk.queue(STAIRS, SHOES, title="Legs", file="legs.md")
    desk.files["legs.md"] = written(WALKS, SLEEP, WATER, source="legs.md")
    taken = desk.look_and_keep("legs.md")
    assert (effects(taken), taken.posts) == ([Effect.DROPPED] * 2, ())
    assert [desk.look_and_keep(file).fate for file in ("legs.md", FILE)] == [Fate.KNOWN, Fate.KNOWN]
    assert effects(desk.queue(STAIRS, title="Legs", file="legs.md"))[0] is Effect.RESTORED


def test_a_renamed_file_takes_its_article_along(desk: Desk) -> None:
    desk.files["renamed.md"] = written(WALKS, SLEEP, WATER, source="renamed.md")
    del desk.files[FILE]
    assert desk.look_and_keep("renamed.md").fate is Fate.KNOWN
    assert effects(desk.queue(WALKS_NOW, SLEEP, WATER, file="renamed.md"))[0] is Effect.REWORDED
    assert len(desk.posts) == 3


def test_a_file_that_is_renamed_and_edited_at_once_is_no_second_article(desk: Desk) -> None:
    del desk.files[FILE]
    taken = desk.queue(WALKS_NOW, SLEEP, WATER, file="renamed.md")
    assert (taken.fate, effects(taken)) == (Fate.CHANGED, [Effect.REWORDED, Effect.KEPT, Effect.KEPT])
    assert list(desk.scene.store.library.known()) == ["renamed.md"]
    assert desk.queue(STAIRS, title="Legs", file="legs.md").fate is Fate.NEW


def test_what_a_deleted_file_said_stays_its_own_where_a_new_one_says_other_things(desk: Desk) -> None:
    del desk.files[FILE]
    assert desk.queue(WALKS, STAIRS, SHOES, title="Legs", file="legs.md").fate is Fate.NEW


def test_a_look_shows_what_keeping_does_and_changes_nothing(desk: Desk) -> None:
    before = desk.posts
    desk.files[FILE] = written(WALKS_NOW, WATER, SHOES)
    (looked,) = desk.intake.look([FILE], now=NINE)
    assert desk.posts == before
    shown = desk.intake.plan(now=NINE, coming=[looked]).planned
    kept = desk.look_and_keep()
    assert (effects(looked), len(looked.posts)) == (effects(kept), len(kept.posts))
    assert [(one.delivery.code, one.delivery.text) for one in shown] == [(d.code, d.text) for d in [desk.delivery(4)]]


def test_what_a_file_holds_is_read_once(desk: Desk) -> None:
    desk.digests, desk.readings = True, 0
    fates = [desk.look_and_keep().fate for _ in range(3)]
    assert (fates, desk.readings) == ([Fate.KNOWN] * 3, 1)
    assert [desk.queue(WALKS_NOW, SLEEP, WATER).fate, desk.look_and_keep().fate] == [Fate.CHANGED, Fate.KNOWN]
    assert (desk.look_and_keep().title, desk.readings) == ("Backs", 2)
    assert desk.queue(WALKS, SLEEP, WATER).fate is Fate.CHANGED


def test_a_refused_version_changes_nothing(desk: Desk) -> None:
    before = desk.posts
    taken = desk.queue(WALKS_NOW, wishes=Wishes(office="Atlantis"))
    assert taken.fate is Fate.REFUSED
    assert desk.posts == before
