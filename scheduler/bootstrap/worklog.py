"""What a worker's log tells of files that it took in, and of posts that come again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from scheduler.ports import Log
from scheduler.usecases.comeback import USED_UP
from scheduler.usecases.ingest import Fate, Taken
from scheduler.usecases.plan import Plan
from scheduler.usecases.rotation import Over


@dataclass(frozen=True, kw_only=True)
class WorkLog:
    """One worker's."""

    log: Log
    _over: set[Over] = field(default_factory=set)

    def file(self, kept: Taken) -> None:
        """What became of it, and of its rows; nothing where it was known."""
        if kept.fate is not Fate.KNOWN:
            words = f"{kept.error.message} {kept.error.hint}" if kept.error else ""
            words = kept.revision.counts if kept.revision else words
            self.log("file", name=kept.name, fate=str(kept.fate), posts=len(kept.posts), words=words)
        for one in kept.complaints:
            self.log("row", name=kept.name, words=one.message, hint=one.hint, **asdict(one.cell))

    def runs(self, plan: Plan) -> None:
        """Later runs that were called off, and posts that ran out of words, each of these once."""
        for one in plan.withdrawn:
            self.log("called off", code=one.airing.code, post=one.airing.post_id, words=one.reason)
        for over in plan.over:
            if over.reason == USED_UP and over not in self._over:
                self._over.add(over)
                self.log("ended", post=over.post_id, channel=over.channel, words=over.reason)
