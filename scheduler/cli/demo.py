"""quotidian demo: the main job end to end on a sample article, with a clock that jumps from slot to slot."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.begin import make_workspace
from scheduler.cli.common import command, count, emit, progress, say, tell, who
from scheduler.cli.log import print_log
from scheduler.cli.preview import write_preview
from scheduler.domain.delivery import State
from scheduler.domain.errors import NeedsConfirmation, NothingWorthPosting
from scheduler.settings import FILE
from scheduler.shipped import shipped
from scheduler.usecases import decide, review

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.bootstrap import App
    from scheduler.domain.delivery import Delivery
    from scheduler.testing.clock import FakeClock

SETTINGS = """\
TIME_ZONE=Europe/London
BOOKING__MAIN=https://linden-clinic.example/book
CHANNELS__FOLDER__NETWORK=folder
CHANNELS__FOLDER__SLOTS=mon 08:30, wed 12:15, fri 16:30
"""


@command(example="quotidian demo")
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def demo(files: tuple[Path, ...], workspace: str, as_json: bool) -> None:
    """Turn a sample article (or your FILES) into published posts in a scratch workspace; seconds instead of weeks.

    The clock jumps from slot to slot. Posts without findings are approved; the others are kept back and named.
    Prints the log and where outbox and preview are.
    """
    from scheduler.bootstrap import open_app
    from scheduler.testing.clock import FakeClock

    started = time.monotonic()
    root = Path(tempfile.mkdtemp(prefix="quotidian-demo-"))
    _furnish(root, files)
    app = open_app(root)
    clock = FakeClock(app.clock.now())
    app.clock = clock
    try:
        _take_in(app, as_json=as_json)
        preview, *_ = write_preview(app)
        _live_through(app, clock)
        result = {
            "workspace": str(root),
            "outbox": str(app.folders.outbox("folder")),
            "preview": str(preview),
            **_counts(app.store.deliveries.select()),
            "seconds": round(time.monotonic() - started, 1),
        }
        _tell(app, result, as_json=as_json)
    finally:
        app.close()


def _furnish(root: Path, files: Sequence[Path]) -> None:
    make_workspace(root)
    (root / FILE).write_text(SETTINGS, "utf-8")
    shutil.copytree(shipped("assets/samples/linden"), root / "assets" / "brand", dirs_exist_ok=True)
    for source in files or sorted(shipped("posts/articles").iterdir()):
        shutil.copy(source, root / "posts" / "articles" / source.name)


def _take_in(app: App, *, as_json: bool) -> None:
    names = app.inbox.names()
    stored = 0
    for taken in progress(app.intake.look(names, now=app.clock.now()), total=len(names), what="Reading"):
        if taken.error:
            tell(taken.error)
        stored += len(app.intake.keep(taken, who=who(), now=app.clock.now()).posts)
    if not stored:
        raise NothingWorthPosting("None of the files gave a post.")
    bare = app.intake.bare(again=True)
    for _ in progress(app.intake.paint(bare, who=who(), now=app.clock.now()), total=len(bare), what="Painting"):
        pass
    plan = app.intake.schedule(who=who(), now=app.clock.now())
    left = _approve_unflagged(app)
    if not as_json:
        say(f"{count(stored, 'post')} cut from {count(len(names), 'article')}, {len(plan.planned)} planned.")
        say("".join(f"  Kept back: {error.message}\n" for error in left), end="")


def _approve_unflagged(app: App) -> list[NeedsConfirmation]:
    left = []
    for post in review.waiting(app.store.listing, app.store.selection):
        try:
            now = app.clock.now()
            decide.approve(post, posts=app.store.posts, by=who(), confirm=False, override="", now=now)
        except NeedsConfirmation as error:
            left.append(error)
    return left


def _live_through(app: App, clock: FakeClock) -> None:
    """Jumps to each due instant in turn, and does there what a worker does."""
    while instants := [delivery.due_at for delivery in _approved(app)]:
        clock.jump(min(instants) - clock.now())
        app.caretaker.tidy()
        app.courier.deliver_due()


def _approved(app: App) -> list[Delivery]:
    posts = {post.id for post in app.store.posts.all() if post.may_go_out}
    return [d for d in app.store.deliveries.select(states={State.SCHEDULED}) if d.post_id in posts]


def _counts(deliveries: Sequence[Delivery]) -> dict[str, int]:
    return {
        state.value: sum(delivery.state is state for delivery in deliveries)
        for state in (State.PUBLISHED, State.HELD, State.UNKNOWN)
    }


def _tell(app: App, result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        emit(result)
        return
    print_log(app.store.journal.attempts(), app, empty="Nothing went out.")
    say(f"\n{result['published']} published, {result['held']} held, {result['unknown']} unknown, ", end="")
    say(f"in {result['seconds']} s (the clock jumped from slot to slot).")
    say(f"Outbox:  {result['outbox']}\nPreview: {result['preview']}")
