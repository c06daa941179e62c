"""Taking in on a page what `quotidian queue` takes in: read, keep, paint, plan."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from scheduler.bootstrap import App
from scheduler.domain.errors import FileUnusable
from scheduler.domain.post import Post
from scheduler.usecases.ingest import Fate, Taken


def take_in(app: App, name: str, *, who: str) -> Taken:
    """One file or address; what is wrong with it is its `error`."""
    now = app.clock.now()
    (taken,) = app.posts_folder.look([name], now=now)
    kept = app.posts_folder.keep(taken, who=who, now=now)
    if kept.fate in (Fate.NEW, Fate.CHANGED):
        app.intake.mended(posts_of(app, kept), who=who, now=app.clock.now())
        app.intake.schedule(who=who, now=app.clock.now())
    return kept


def take_in_sent(app: App, path: Path, *, who: str) -> Taken:
    """A file that was just sent: it doesn't stay where it holds no article, or one that is known."""
    taken = take_in(app, app.inbox.named(path), who=who)
    if taken.fate in (Fate.REFUSED, Fate.KNOWN):
        with suppress(FileNotFoundError):
            path.unlink()
    return taken


def posts_of(app: App, taken: Taken) -> Sequence[Post]:
    """All posts of its article, as they are stored."""
    number = article_of(app, taken)
    return app.store.posts.of(number) if number else ()


def article_of(app: App, taken: Taken) -> int:
    """The number of its article; 0 where there is none."""
    source = taken.article.source if taken.article else taken.name
    return app.store.articles_screen.known([source]).get(source, 0)


def may_read(app: App, name: str) -> str:
    """A name that may be read again: a file under posts/, or where an article came from. Raises FileUnusable."""
    if name in app.posts_folder.names() or app.store.articles_screen.known([name]):
        return name
    raise FileUnusable("There is no such file under posts/.", hint="Look at the list again.", path=name[:200])
