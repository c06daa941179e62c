"""A desk with tables of ready-made posts on it: rows are written, queued, approved, sent, and changed again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import FileUnusable
from scheduler.domain.post import Post
from scheduler.domain.readymade import Cell, Complaint, QueueFile
from scheduler.readers.queuefiles.files import read
from scheduler.testing.samples import NINE
from scheduler.usecases.ingest import Taken
from scheduler.usecases.plan import Plan
from scheduler.usecases.queueing import Queue
from scheduler.usecases.rowcheck import RowCheck
from scheduler.usecases.rowfollow import RowFollower
from scheduler.usecases.rowmove import Mover
from scheduler.usecases.rowrevise import RowReviser
from tests.integration.desk import Desk

FILE = "posts/queue/december.csv"
HEAD = "text;when;channels;link"
FIRST, SECOND = "2026-12-01 09:00", "2026-12-02 09:00"


@dataclass
class QueueDesk:
    """One marketer's doings with tables; `desk` has the store and the channels."""

    desk: Desk
    files: dict[str, str] = field(default_factory=dict)
    pictures: frozenset[str] = frozenset()
    now: datetime = NINE

    @classmethod
    def make(cls, folder: Path, *channels: str) -> QueueDesk:
        return cls(Desk.make(folder, limits=dict.fromkeys(channels or ("account",), 280)))

    @property
    def queue(self) -> Queue:
        intake, store = self.desk.intake, self.desk.scene.store
        return Queue(
            library=store.library,
            posts=store.posts,
            deliveries=store.deliveries,
            revisions=store.revisions,
            read=self._read,
            digest=lambda name: hashlib.sha256(self.files.get(name, "").encode()).hexdigest(),
            is_gone=lambda name: name not in self.files,
            check=RowCheck(outlets=intake.outlets, templates=("editorial",), picture_at=self._picture_at),
            reviser=RowReviser(
                follower=RowFollower(check=intake.check, card_of=intake.card_of),
                recomposer=intake.recomposer,
                mover=Mover(outlets=intake.outlets, calendar=store.calendar),
                zone="Etc/UTC",
            ),
            painter=intake.painter,
        )

    def _read(self, names: Sequence[str]) -> Iterator[QueueFile]:
        for name in names:
            try:
                yield read(name, self.files[name].encode())
            except FileUnusable as error:
                refusal = Complaint(cell=Cell(row=error.line or 0), message=error.message, hint=error.hint)
                yield QueueFile(name=name, rows=(), refusal=refusal)
            except KeyError:
                yield QueueFile(name=name, rows=(), refusal=Complaint(cell=Cell(row=0), message="Gone.", hint="Look."))

    def _picture_at(self, file: str, words: str) -> str:
        if words not in self.pictures:
            raise FileUnusable(f"There is no picture “{words}”.", hint="Put it there.")
        return words

    def write(self, *rows: str, file: str = FILE, head: str = HEAD) -> None:
        """The table as it is now."""
        self.files[file] = "\n".join((head, *rows)) + "\n"

    def look(self, *names: str, prune: bool = False) -> list[Taken]:
        return list(self.queue.look(names or tuple(self.files), now=self.now, prune=prune))

    def plan(self) -> Plan:
        """What `plan` shows."""
        return self.desk.intake.plan(now=self.now, coming=self.look())

    def take(self, *rows: str, file: str = FILE, head: str = HEAD, prune: bool = False) -> Taken:
        """The table is written anew and queued."""
        self.write(*rows, file=file, head=head)
        return self.keep(file, prune=prune)

    def keep(self, file: str = FILE, *, prune: bool = False) -> Taken:
        (taken,) = self.look(file, prune=prune)
        kept = self.queue.keep(taken, who="Ann", now=self.now)
        intake = self.desk.intake
        list(intake.paint(intake.bare(again=False), who="Ann", now=self.now))
        intake.schedule(who="Ann", now=self.now)
        return kept

    @property
    def posts(self) -> Sequence[Post]:
        return self.desk.posts

    @property
    def deliveries(self) -> Sequence[Delivery]:
        return self.desk.scene.store.deliveries.select()

    @property
    def calendar(self) -> list[tuple[str, str]]:
        """What is still to come: when, and the words."""
        live = (State.SCHEDULED, State.HELD)
        return [
            (one.wall_time.replace("T", " "), one.text.split("\n")[0]) for one in self.deliveries if one.state in live
        ]

    def sent(self, number: int, channel: str = "account") -> None:
        """As if it had gone out."""
        self.desk.put(number, State.PUBLISHED, channel)

    def later(self, days: int) -> None:
        self.now += timedelta(days=days)
