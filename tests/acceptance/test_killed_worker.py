"""kill -9 of the real worker in the middle of a hundred deliveries: each goes out once, and what happened is told."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import App, open_app
from scheduler.domain.audit import AuditEntry
from scheduler.domain.card import PaintedCard
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.post import Approval, Post, PostStatus
from scheduler.testing.clock import FakeClock
from scheduler.testing.samples import article, delivery, picture, post
from scheduler.usecases.lanes import AHEAD
from tests.acceptance.walk import Workspace, make_workspace

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("killed-worker")]

DELIVERIES = 100
KILL_AFTER = (0, 7, 24, 51, 80)
"""Posts in the outbox at which the worker is killed; the next one goes on."""
PATIENCE_SECONDS = 30
EVERY_CODE = [f"code{number:03}" for number in range(1, DELIVERIES + 1)]


def plan_a_hundred(workspace: Workspace) -> None:
    """Approved posts with cards, all due a little while ago."""
    app = open_app(workspace.root)
    app.folders.make()
    now = datetime.fromtimestamp(time.time(), UTC)
    entry = AuditEntry(at=now, who="Ann", what="planned", subject="calendar")
    posts = [approved(app, number) for number in range(1, DELIVERIES + 1)]
    app.store.library.add(article(), posts, entry)
    app.store.deliveries.add([planned(each, now) for each in app.store.posts.all()], entry)
    app.close()


def approved(app: App, number: int) -> Post:
    data = picture(shade=number)
    path = app.folders.cards / f"{number}.png"
    path.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    form = {"template": "editorial", "size": "square", "format": "png", "width": 64, "height": 64, "bytes": len(data)}
    card = PaintedCard(path=str(path), alt_text="A card.", spec_hash=sha256, sha256=sha256, **form)  # type: ignore[arg-type]
    bare = replace(post(approved=False), card=card)
    yes = Approval(by="Ann", at=datetime(2026, 1, 1, tzinfo=UTC), content_hash=bare.content_hash)
    return replace(bare, status=PostStatus.APPROVED, approval=yes)


def planned(each: Post, now: datetime) -> Delivery:
    due_at = now - timedelta(minutes=3) + timedelta(seconds=each.id)
    bare = delivery(code=f"code{each.id:03}", channel="folder", due_at=due_at, post_id=each.id)
    assert each.card is not None
    return replace(bare, card_path=each.card.path, card_sha256=each.card.sha256, alt_text="A card.")


def worker(workspace: Workspace) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "scheduler", "worker", "--workspace", str(workspace.root)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.002)


def out(workspace: Workspace) -> int:
    """Complete posts in the outbox."""
    return sum(not name.startswith(".") for name in os.listdir(workspace.outbox)) if workspace.outbox.exists() else 0


def states(workspace: Workspace) -> Counter[State]:
    app = open_app(workspace.root)
    found = Counter(each.state for each in app.store.deliveries.select())
    app.close()
    return found


def kill_again_and_again(workspace: Workspace) -> list[Counter[State]]:
    """What the table said after each kill."""
    found = []
    for posts in KILL_AFTER:
        process = worker(workspace)
        until(lambda posts=posts: out(workspace) > posts)  # type: ignore[misc]
        process.kill()
        assert process.wait() == -signal.SIGKILL
        found.append(states(workspace))
    return found


def finish(workspace: Workspace) -> None:
    """The next worker, two minutes later; a delivery that died with its worker waits for a minute more."""
    app = open_app(workspace.root)
    app.clock = clock = FakeClock(datetime.fromtimestamp(time.time(), UTC) + timedelta(minutes=2))
    app.caretaker.start()
    app.courier.deliver_due()
    clock.pass_by(minutes=2)
    app.courier.deliver_due()
    app.close()


@dataclass(frozen=True, slots=True)
class Aftermath:
    """The workspace when all is over, and what its table said after each kill."""

    workspace: Workspace
    after_kills: list[Counter[State]]


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    workspace = make_workspace(tmp_path_factory.mktemp("killed") / "clinic")
    plan_a_hundred(workspace)
    after_kills = kill_again_and_again(workspace)
    finish(workspace)
    return Aftermath(workspace, after_kills)


def test_every_delivery_goes_out_exactly_once_however_often_the_worker_is_killed(aftermath: Aftermath) -> None:
    posts = [each["code"] for each in aftermath.workspace.sent()]
    published = [each["code"] for each in aftermath.workspace.json("log", "--status", "published")]
    assert sorted(published) == sorted(posts) == EVERY_CODE
    assert states(aftermath.workspace) == {State.PUBLISHED: DELIVERIES}
    assert [name for name in os.listdir(aftermath.workspace.outbox) if name.startswith(".")] == []


def test_a_kill_leaves_at_most_one_delivery_of_which_nobody_knows_whether_it_went_out(aftermath: Aftermath) -> None:
    assert max(found[State.SENDING] for found in aftermath.after_kills) == 1
    assert max(found[State.CLAIMED] for found in aftermath.after_kills) <= AHEAD
    assert sum(found[State.UNKNOWN] for found in aftermath.after_kills) == 0
    assert aftermath.after_kills[-1][State.PUBLISHED] < DELIVERIES


def test_what_a_killed_worker_left_is_told_in_the_log_and_in_the_story_of_the_delivery(aftermath: Aftermath) -> None:
    log = aftermath.workspace.json("log")
    left = [each["code"] for each in log if each["words"].startswith("The worker stopped")]
    assert 1 <= len(left) <= len(KILL_AFTER)
    for code in left:
        assert "The worker stopped while it" in aftermath.workspace.run("why", code).stdout
