"""Campaigns from the article to the calendar and back: queued, followed, paused and taken up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from scheduler.bootstrap import App, open_app
from scheduler.domain.article import Excerpt, ExcerptKind, Wishes
from scheduler.domain.audit import AuditEntry
from scheduler.domain.campaign import ANNOUNCED
from scheduler.domain.delivery import Delivery
from scheduler.domain.post import Approval, Post, PostStatus
from scheduler.testing.clock import FakeClock
from scheduler.testing.samples import NINE, article
from scheduler.usecases import pause

SETTINGS = "TIME_ZONE=Europe/Madrid\nBOOKING__MAIN=https://book.example.com\nCHANNELS__FOLDER__SLOTS=daily 12:30\n"
SPRING = "posts = 6\n[[rhythm]]\nweeks = 6\nposts_a_week = 1\n"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    (tmp_path / "settings.env").write_text(SETTINGS, "utf-8")
    (tmp_path / "assets/campaigns").mkdir(parents=True)
    (tmp_path / "assets/campaigns/spring.toml").write_text(SPRING, "utf-8")
    opened = open_app(tmp_path)
    opened.clock = FakeClock()
    yield opened
    opened.close()


def again(app: App) -> App:
    """The same workspace, with its files read anew."""
    opened = open_app(app.folders.root)
    opened.clock = app.clock
    return opened


def add(app: App, number: int, *, campaign: str = "spring", count: int = 6) -> None:
    """An article of so many posts, each in words of its own."""
    whole = replace(article(f"Article {number}"), wishes=Wishes(campaign=campaign))
    cut = [
        Excerpt(text=f"Walk {number} of {place}.", kind=ExcerptKind.TIP, score=0.5, spans=((place * 9, place * 9 + 8),))
        for place in range(count)
    ]
    entry = AuditEntry(at=NINE, who="Ann", what="took it in", subject="article")
    app.store.library.add(whole, [Post(excerpt=one) for one in cut], entry)
    app.intake.schedule(who="Ann", now=app.clock.now())


def coming(app: App) -> list[Delivery]:
    return list(app.store.deliveries.select())


def days(deliveries: list[Delivery]) -> list[int]:
    return [(one.due_at - NINE).days for one in deliveries]


def test_an_article_is_kept_over_the_weeks_of_its_campaign(app: App) -> None:
    add(app, 1)
    assert days(coming(app)) == [0, 7, 14, 21, 28, 35]
    assert {one.campaign for one in coming(app)} == {"spring"}
    before = coming(app)
    app.intake.schedule(who="Ann", now=app.clock.now())
    assert coming(app) == before


def test_a_rhythm_that_changed_moves_what_is_not_announced_and_tells_the_audit_log(app: App) -> None:
    add(app, 1)
    before = coming(app)
    (app.folders.campaigns / "spring.toml").write_text(
        SPRING.replace("6\n[", "6\nstart = 2026-11-23\n[").replace("weeks = 6", "weeks = 12"), "utf-8"
    )
    fresh = again(app)
    plan = fresh.intake.plan(now=NINE)
    fresh.intake.schedule(who="Bo", now=NINE)
    after = coming(fresh)
    assert days(after)[:2] == days(before)[:2]
    assert days(after)[-1] > 60
    moves = {move.booking.code: move.slot.due_at for move in plan.moves if move.slot}
    assert {one.code: one.due_at for one in after if one.code in moves} == moves
    (told,) = fresh.store.journal.audit(f"delivery {after[-1].code}")
    assert (told.who, told.what.endswith("its campaign is another one than it was")) == ("Bo", True)
    assert fresh.intake.plan(now=NINE).moves == ()
    fresh.close()


def test_what_a_person_moved_stays_when_the_rhythm_changes(app: App) -> None:
    add(app, 1)
    last = coming(app)[-1]
    app.store.deliveries.write(last, replace(last, pinned=True))
    (app.folders.campaigns / "spring.toml").write_text(SPRING.replace("weeks = 6", "weeks = 12"), "utf-8")
    fresh = again(app)
    fresh.intake.schedule(who="Bo", now=NINE)
    assert fresh.store.deliveries.get(last.code).due_at == last.due_at
    fresh.close()


def test_the_setting_lets_planned_articles_join_beyond_what_is_announced(app: App) -> None:
    add(app, 1, campaign="", count=20)
    (app.folders.root / "settings.env").write_text(f"{SETTINGS}CAMPAIGN=spring\n", "utf-8")
    fresh = again(app)
    before = coming(app)
    fresh.intake.schedule(who="Bo", now=NINE)
    announced = [one.due_at for one in before if one.due_at <= NINE + ANNOUNCED]
    assert [one.due_at for one in coming(fresh)[: len(announced)]] == announced
    assert {one.campaign for one in coming(fresh)} == {"spring"}
    fresh.close()


def test_a_paused_campaign_sends_nothing_while_others_go_on(app: App) -> None:
    add(app, 1)
    add(app, 2, campaign="none", count=1)
    for post in app.store.posts.all():
        app.intake.posts.write(post, approved(post), AuditEntry(at=NINE, who="Bo", what="yes", subject="post"))
    stop(app, "spring")
    first, alone = coming(app)[:2]
    assert not app.store.due.claim(now=first.due_at, lease_seconds=60)
    claimed = app.store.due.claim(now=alone.due_at, lease_seconds=60)
    assert [(one.code, one.campaign) for one in claimed] == [(alone.code, "")]
    assert app.store.due.next_at() is None


def test_what_fell_due_in_a_pause_is_taken_up_no_denser_than_the_rhythm(app: App) -> None:
    add(app, 1)
    add(app, 2)
    stop(app, "spring")
    now = NINE + timedelta(days=16)
    before = {one.code: one.due_at for one in coming(app)}
    fell_due = [code for code, due in before.items() if due <= now]
    assert app.campaigner.take_up("spring", who="Bo", now=now) == len(fell_due) == 6
    after = coming(app)
    assert all(one.due_at > now for one in after)
    assert {one.code for one in after if one.due_at != before[one.code]} == set(fell_due)
    assert len({one.due_at for one in after}) == 12
    for number in (1, 2):
        own = [one.due_at for one in after if one.article == f"Article {number}"]
        assert all(later - sooner >= timedelta(days=3) for sooner, later in pairwise(own))


def stop(app: App, campaign: str) -> None:
    pauses = app.store.pauses
    pause.pause(campaign, channels=(), campaigns=[campaign], pauses=pauses, who="Bo", now=app.clock.now())


def approved(post: Post) -> Post:
    yes = Approval(by="Bo", at=NINE, content_hash=post.content_hash)
    return replace(post, status=PostStatus.APPROVED, approval=yes)
