"""A practice's autumn: three articles and a half, a month of posts that went out, and what stands before it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.bootstrap import App
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import NeedsConfirmation, Refused, Unknown
from scheduler.shipped import shipped
from scheduler.usecases import decide, review
from tests.web import clinic
from tests.web.rough import Rough

ARTICLES = Path(__file__).parents[1] / "data" / "practice"
BEGIN = datetime(2026, 9, 30, 9, tzinfo=UTC)
TODAY = datetime(2026, 10, 28, 13, 20, tzinfo=UTC)
"""A Wednesday, 09:20 in New York; the clocks go back on Sunday."""
SETTINGS = """\
BRAND=Linden Clinic
TIME_ZONE=America/New_York
LOCALE=en_US
BOOKING__MAIN=https://book.example.com/visit
POSTS_PER_ARTICLE=8
BLOCKED=2026-10-12, 2026-11-26
CHANNELS__BLUESKY__NETWORK=rough
CHANNELS__BLUESKY__SLOTS=mon 08:30, wed 12:15, fri 16:30, sat 10:00
CHANNELS__MASTODON__NETWORK=rough
CHANNELS__MASTODON__SLOTS=tue 08:30, thu 12:15, sun 01:30
CHANNELS__MASTODON__TOKEN_ENDS=2026-11-12
"""


def build(root: Path) -> App:
    """The workspace of some thirty posts, on its TODAY."""
    app = clinic.make(root, SETTINGS, now=BEGIN)
    shutil.copytree(shipped("assets/samples/linden"), app.folders.assets / "brand", dirs_exist_ok=True)
    for source in (*sorted(ARTICLES.iterdir()), *shipped("posts/articles").iterdir()):
        shutil.copy(source, app.folders.articles / source.name)
        take_in(app)
        clinic.clock_of(app).pass_by(hours=1)
    _approve(app, spare=6)
    _live(app, until=TODAY)
    _count(app)
    clinic.beat(app)
    return app


def _count(app: App) -> None:
    """What the booking page counted in October."""
    out = app.store.deliveries.select(states={State.PUBLISHED})
    rows = (f"{one.code},{7 + 5 * at % 23},{int(at % 3 == 0)}" for at, one in enumerate(out))
    app.folders.bookings.mkdir()
    (app.folders.bookings / "october.csv").write_text("\n".join(["utm_content,clicks,bookings", *rows]), "utf-8")


def take_in(app: App) -> None:
    """What a scan of the worker does."""
    now = app.clock.now()
    for taken in app.posts_folder.look(dict.fromkeys(app.posts_folder.names()), now=now):
        app.posts_folder.keep(taken, who="worker", now=now)
    list(app.intake.paint(app.intake.bare(again=True), who="worker", now=now))
    app.intake.schedule(who="worker", now=now)


def _approve(app: App, *, spare: int) -> None:
    waiting = review.waiting(app.store.listing, app.store.selection)
    for post in waiting[:-spare]:
        try:
            decide.approve(post, posts=app.store.posts, by="Ann", confirm=False, override="", now=app.clock.now())
        except NeedsConfirmation:
            continue


def _live(app: App, *, until: datetime) -> None:
    """From slot to slot; the last two posts of the month meet a network in a bad mood."""
    clock = clinic.clock_of(app)
    moods = [Unknown("The network did not answer."), Refused("The picture could not be read.", hint="Paint it anew.")]
    while instants := [one.due_at for one in _coming(app) if one.due_at < until]:
        clock.jump(min(instants) - clock.now())
        app.caretaker.tidy()
        Rough.mood[:] = moods[len(instants) - 1 :][:1] if len(instants) <= len(moods) else []
        app.courier.deliver_due()
        Rough.mood.clear()
        clock.pass_by(minutes=1)
    clock.jump(until - clock.now())
    assert clock.now() - until < timedelta(seconds=1)


def _coming(app: App) -> list[Delivery]:
    ready = {post.id for post in app.store.posts.all() if post.may_go_out}
    return [one for one in app.store.deliveries.select(states={State.SCHEDULED}) if one.post_id in ready]
