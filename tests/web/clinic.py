"""A clinic's workspace in the last days of October, with posts in every state, some of them by hostile hands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from click.testing import CliRunner

from scheduler.bootstrap import App, open_app
from scheduler.cli.group import quotidian
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import NeedsConfirmation, NotSent, Refused, Unknown
from scheduler.domain.heartbeat import Heartbeat
from scheduler.shipped import shipped
from scheduler.testing.clock import FakeClock
from scheduler.usecases import decide, review
from tests.web.rough import Rough

NOW = datetime(2026, 10, 28, 12, 0, tzinfo=UTC)
"""Eight in the morning in New York, four days before the clocks go back."""
SETTINGS = """\
BRAND=Linden Clinic
TIME_ZONE=America/New_York
BOOKING__MAIN=https://book.example.com/visit
POSTS_PER_ARTICLE=6
CHANNELS__MAIN__NETWORK=folder
CHANNELS__MAIN__SLOTS=daily 08:30, daily 12:15
CHANNELS__ROUGH__NETWORK=rough
CHANNELS__ROUGH__SLOTS=daily 09:00
CHANNELS__ROUGH__OPTIONS__KEY=hidden-key-4711
"""
SECRET = "hidden-key-4711"
MARK = '<script>document.title="taken"</script>'
IMAGE = '"><img src=x onerror=document.title="taken">'
HOSTILE = f"""---
title: '{MARK} rests'
author: '{IMAGE}'
role: '{MARK}'
hashtags: [Sleep]
---

Rest is a treatment that {MARK} only you can give yourself, every single night of the week.

A warm room & a <b onmouseover=alert(1)>quiet bed</b> help most people sleep longer than eight hours.

[Our sleep cures insomnia](javascript:document.title='taken') and snoring for everybody, guaranteed in 3 days.
"""
HOSTILE_TEXT = f"""\
Why {MARK} a dark room helps

A dark bedroom is the cheapest {MARK} remedy that we know of, and it works from the very first night.

Whoever goes to bed at the same hour every night falls asleep <b onmouseover=alert(1)>more easily</b> than others.
"""
HOSTILE_ROWS = f"""
[[post]]
text = '''A calm evening {MARK} begins with less light in every room.'''
alt_text = '{IMAGE}'
link = "https://example.com/?q=%3Cscript%3E"
channels = "main"

[[post]]
text = '''=HYPERLINK(1) is what one of our patients wrote before the night {MARK}'''
template = "editorial"
"""
HOSTILE_NAME = "'><img src=x onerror=document.title='taken'>.md"
NASTY_ANSWER = f"422 {MARK} =HYPERLINK(1) {IMAGE}"


def make(root: Path, settings: str = SETTINGS, *, now: datetime = NOW) -> App:
    """An empty workspace, opened, where the time is what we say."""
    assert CliRunner().invoke(quotidian, ["init", str(root)]).exit_code == 0
    (root / "settings.env").write_text(settings, "utf-8")
    (root / "settings.env").chmod(0o600)
    return opened(root, now=now)


def opened(root: Path, *, now: datetime = NOW) -> App:
    """A workspace that is there already."""
    app = open_app(root)
    app.clock = FakeClock(now)
    return app


def clock_of(app: App) -> FakeClock:
    assert isinstance(app.clock, FakeClock)
    return app.clock


def fill(app: App) -> None:
    """Articles, honest and hostile, cut, painted and planned."""
    folder = app.folders.articles
    for source in sorted(shipped("posts/articles").iterdir()):
        shutil.copy(source, folder / source.name)
    (folder / "hostile.md").write_text(HOSTILE, "utf-8")
    (folder / HOSTILE_NAME).write_text(HOSTILE.replace("[Sleep]", f"['{MARK}']"), "utf-8")
    (folder / "hostile.txt").write_text(HOSTILE_TEXT, "utf-8")
    (folder.parent / "queue").mkdir(exist_ok=True)
    (folder.parent / "queue" / "rows.toml").write_text(HOSTILE_ROWS, "utf-8")
    now = app.clock.now()
    for taken in app.posts_folder.look(dict.fromkeys(app.posts_folder.names()), now=now):
        app.posts_folder.keep(taken, who="Ann", now=now)
    list(app.intake.paint(app.intake.bare(again=True), who="Ann", now=now))
    app.intake.schedule(who="Ann", now=now)


def approve(app: App, most: int) -> None:
    """Says yes to the first posts that nobody has to confirm anything of."""
    waiting = review.waiting(app.store.listing, app.store.selection)
    done = 0
    for post in waiting:
        if done == most:
            return
        try:
            decide.approve(post, posts=app.store.posts, by="Ann", confirm=False, override="", now=app.clock.now())
            done += 1
        except NeedsConfirmation:
            continue


def live(app: App) -> None:
    """Deliveries in every state: the last one of the rough network is refused, the one before it lost."""
    beat(app)
    approve(app, 6)
    send_next(app, "main")
    send_next(app, "rough", Unknown(f"The connection broke. {MARK}"))
    send_next(app, "rough", Refused(NASTY_ANSWER, hint=f"Ask {MARK}."))
    scheduled = app.store.deliveries.select(states={State.SCHEDULED})
    held = scheduled[-1]
    app.store.deliveries.write(held, replace(held, state=State.HELD))


def send_next(app: App, channel: str, mood: NotSent | None = None) -> Delivery:
    """The channel's next approved delivery falls due and is tried."""
    clock = clock_of(app)
    due = next(one for one in app.store.deliveries.select(states={State.SCHEDULED}) if _is_next(app, one, channel))
    clock.jump(max(due.due_at - clock.now(), timedelta(0)))
    Rough.mood[:] = [mood] if mood else []
    try:
        app.courier.deliver_due()
    finally:
        Rough.mood.clear()
    return app.store.deliveries.get(due.code)


def _is_next(app: App, one: Delivery, channel: str) -> bool:
    return one.channel == channel and app.store.posts.get(one.post_id).may_go_out


def beat(app: App) -> None:
    """The worker lives."""
    mark = app.clock.mark()
    app.store.heartbeat.beat(Heartbeat(at=app.clock.now(), boot=mark.boot, pid=1))


Build = Callable[[Path], App]
