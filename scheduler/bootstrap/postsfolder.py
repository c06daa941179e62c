"""What lies under posts/: articles and tables of ready-made posts, each taken in by what knows its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from scheduler.bootstrap.folders import Folders
from scheduler.bootstrap.queued import is_queue_file, queue_inbox
from scheduler.ports import Library
from scheduler.readers.inbox import Inbox
from scheduler.usecases.ingest import Taken
from scheduler.usecases.intake import Intake
from scheduler.usecases.queueing import Queue


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsFolder:
    """Both kinds of files as one: `intake` takes in articles, `queue` ready-made posts."""

    folders: Folders
    inbox: Inbox
    library: Library
    intake: Intake
    queue: Queue

    def names(self, *, prune: bool = False) -> tuple[str, ...]:
        """Every file; with `prune` also the tables of posts that are there no more."""
        gone = self._gone() if prune else ()
        return (*self.inbox.names(), *queue_inbox(self.folders).names(), *gone)

    def look(self, names: Iterable[str], *, now: datetime, prune: bool = False) -> Iterator[Taken]:
        """What each file would bring or change; stores nothing. With `prune`, posts go whose rows are gone."""
        articles: list[str] = []
        tables: list[str] = []
        for name in names:
            (tables if is_queue_file(self.folders, name) else articles).append(name)
        yield from self.intake.look(articles, now=now)
        yield from self.queue.look(tables, now=now, prune=prune)

    def keep(self, taken: Taken, *, who: str, now: datetime) -> Taken:
        """Stores what a look found, and approves what needs nobody's yes."""
        if not is_queue_file(self.folders, taken.name):
            return self.intake.keep(taken, who=who, now=now)
        return self.intake.approve_kept(self.queue.keep(taken, who=who, now=now), now)

    def _gone(self) -> Iterator[str]:
        tables = (name for name in self.library.known() if is_queue_file(self.folders, name))
        return (name for name in tables if self.queue.is_gone(name))
