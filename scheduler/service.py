"""The service: scans posts/, follows feeds, delivers what is due, tidies up, until it is told to stop."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from threading import Event

from scheduler import logs
from scheduler.bootstrap import App, open_app
from scheduler.bootstrap.following import Following
from scheduler.bootstrap.linkwatch import LinkWatch
from scheduler.bootstrap.renewal import Renewal
from scheduler.bootstrap.rereading import reread
from scheduler.bootstrap.signs import Signs
from scheduler.bootstrap.worklog import WorkLog
from scheduler.dispatch import signals, systemd
from scheduler.dispatch.lock import only_worker
from scheduler.dispatch.ticker import Ticker
from scheduler.domain.errors import NotAllowedNow, QuotidianError
from scheduler.domain.heartbeat import BEAT
from scheduler.usecases.ingest import Taken
from scheduler.usecases.pause import try_anew
from scheduler.web.beside import dashboard_beside, must_be_locked

FOLLOW_SECONDS = 60
"""How often is looked which feeds are due; each is asked once an hour."""
LINKS_SECONDS = 10 * 60
"""How often is looked which booking pages are due; each is looked at once a day."""
NOTICE_SECONDS = 30
SCAN_SECONDS, DELIVER_SECONDS = 5, 1
SWEEP_SECONDS = 60 * 60
RENEW_SECONDS = 24 * 60 * 60
"""How often posts that come again are planned, beside whenever something is taken in."""
TIDY_SECONDS = 30
SETTLE = timedelta(seconds=2)
"""A file younger than this may still be being saved."""
STOP_SECONDS = 25
WHO = "worker"


@dataclass(kw_only=True)
class Service:
    """One worker of one workspace, by one state of its settings. `stopping` is set by a signal.

    Where a `renewal` is given, it ends too when that has other settings. It `passes` where it won't stay.
    """

    app: App
    stopping: Event = field(default_factory=Event)
    renewal: Renewal | None = None
    passes: bool = False
    links: LinkWatch = field(default_factory=LinkWatch)
    _seen: dict[str, str] = field(default_factory=dict)
    _look: str = "unknown"
    _unfinished: bool = True
    _rechecked: bool = False
    _news: Event = field(default_factory=Event)

    def is_over(self) -> bool:
        """Whether nothing more is to be begun."""
        return self.stopping.is_set() or self._is_outdated()

    def _is_outdated(self) -> bool:
        return self.renewal is not None and self.renewal.app is not self.app

    @property
    def _signs(self) -> Signs:
        return Signs(app=self.app, passes=self.passes)

    @cached_property
    def _worklog(self) -> WorkLog:
        return WorkLog(log=self.app.log)

    def start(self, *, alone: bool = True) -> None:
        """Takes up whatever a worker that is gone left behind; asks the claim rules again, which may have changed, as
        may the rules of the zones. Not `alone` while something of this process is still under way."""
        self._safely(self.recheck)
        self._safely(self.app.retime)
        self._safely(self.clear)
        self._safely(self.try_anew)
        self.app.caretaker.start(alone=alone and not self._signs.another_lives())
        self.beat()
        self._safely(self.sweep)
        self._safely(self.app.herald.recover)

    def start_anew(self, *, alone: bool) -> None:
        """The same with new settings; a worker that runs goes on trying where the database doesn't answer."""
        self.app.log("settings", words="They have changed, and hold as they are now.")
        while not self.is_over():
            try:
                self.start(alone=alone)
                return
            except QuotidianError as error:
                self.app.log("trouble", words=error.message, place=error.place, hint=error.hint)
                self.stopping.wait(DELIVER_SECONDS)

    def clear(self) -> None:
        """What was planned into days and hours that the settings closed since."""
        self.app.clearer.clear(who=WHO, now=self.app.clock.now())

    def reread(self) -> None:
        """The calendar of closing days, when its file changed."""
        if reread(self.app):
            self.clear()
            self._unfinished = True

    def try_anew(self) -> None:
        """Accounts that the network refused: settings were read anew, and in them may be other keys."""
        channels = self.renewal.take_changed() if self.renewal else self.app.settings.channels
        try_anew(channels, pauses=self.app.store.pauses, now=self.app.clock.now())

    def recheck(self) -> None:
        """Once; where the rules can't be read it is tried again at every scan, and nothing new is taken in."""
        for again in self.app.rechecker.recheck(who=WHO, now=self.app.clock.now()):
            self.app.log("rechecked", post=again.after.id, words=again.words)
        self._rechecked = True

    def scan(self) -> None:
        """Takes in files that are new or changed since the last scan, paints missing cards, plans what lacks a slot."""
        now = self.app.clock.now()
        self.reread()
        if not self._rechecked:
            self.recheck()
        fresh = self._fresh()
        for taken in self.app.posts_folder.look(fresh, now=now):
            if self.is_over():
                return
            self._unfinished = True
            # Not before it is kept: what the database would not take, or not now, the next scan takes in.
            if not isinstance(self._keep(taken, now).error, NotAllowedNow):
                self._seen[taken.name] = fresh[taken.name]
        if self._news.is_set():
            self._news.clear()
            self._unfinished = True
        look = self.app.folders.look()
        if self._unfinished or look != self._look:
            self._finish(now, look)

    def _fresh(self) -> dict[str, str]:
        """New and changed files that nobody is still saving, each with its version."""
        inbox, before = self.app.inbox, self.app.clock.now() - SETTLE
        versions = {
            name: inbox.version(name) for name in self.app.posts_folder.names() if inbox.settled(name, before=before)
        }
        return {name: version for name, version in versions.items() if self._seen.get(name) != version}

    def _keep(self, taken: Taken, now: datetime) -> Taken:
        kept = self.app.posts_folder.keep(taken, who=WHO, now=now)
        self._worklog.file(kept)
        return kept

    def follow(self) -> None:
        """Feeds."""
        Following(app=self.app, worklog=self._worklog, news=self._news, is_over=self.is_over).follow(who=WHO)

    def look_at_links(self) -> None:
        """At the pages that posts lead to."""
        self.links.look_again(self.app.settings.booking, self.app.store, now=self.app.clock.now())

    def _finish(self, now: datetime, look: str) -> None:
        """Cards and slots for what was taken in; whatever stops it midway, the next scan goes on.

        Where the look is another than at the last time, cards that it was too broken for are tried again.
        """
        bare = self.app.intake.bare(again=look != self._look)
        for illustrated in self.app.intake.paint(bare, who=WHO, now=now):
            self.app.log("card", post=illustrated.post.id, refused=illustrated.refusal)
            if self.is_over():
                return
        self._worklog.runs(self.app.intake.schedule(who=WHO, now=now))
        self._unfinished, self._look = False, look

    def deliver(self) -> int:
        """Sends what is due; how many were tried."""
        return self.app.courier.deliver_due(stop=self.is_over)

    def tidy(self) -> None:
        """Expired leases, unknown outcomes, drafts and late ones."""
        self.app.caretaker.tidy()

    def sweep(self) -> None:
        """Cards that nobody needs."""
        if swept := self.app.sweeper.sweep(now=self.app.clock.now()):
            self.app.log("swept", cards=swept)

    def beat(self) -> None:
        """A sign of life."""
        self._signs.give()

    def tell(self) -> None:
        """Notices to people."""
        self.app.herald.tell(stop=self.is_over)

    def tick(self) -> int:
        """Everything once, in order."""
        self.beat()
        self.follow()
        self.scan()
        self.tidy()
        tried = self.deliver()
        self.tell()
        return tried

    def drain(self) -> int:
        """Ticks until nothing is due any more; how many deliveries were tried."""
        tried = 0
        while not self.is_over() and (more := self.tick()):
            tried += more
        return tried

    def run(self) -> bool:
        """Ticks until told to stop; False when something was still under way after STOP_SECONDS."""
        ticker = Ticker()
        ticker.every(FOLLOW_SECONDS, "follow", lambda: self._safely(self.follow))
        ticker.every(SCAN_SECONDS, "scan", lambda: self._safely(self.scan))
        ticker.every(RENEW_SECONDS, "renew", self._news.set)
        ticker.every(LINKS_SECONDS, "links", lambda: self._safely(self.look_at_links))
        ticker.every(SWEEP_SECONDS, "sweep", lambda: self._safely(self.sweep))
        ticker.every(TIDY_SECONDS, "tidy", lambda: self._safely(self.tidy))
        ticker.every(NOTICE_SECONDS, "notices", lambda: self._safely(self.tell))
        ticker.every(DELIVER_SECONDS, "deliver", lambda: self._safely(self.deliver))
        ticker.every(int(BEAT.total_seconds()), "beat", lambda: self._safely(self.beat))
        ticker.start()
        systemd.tell(systemd.READY)
        self.app.log("ready", workspace=str(self.app.folders.root), pid=os.getpid())
        signals.wait_for(self.stopping, or_until=self._has_changed)
        if self.stopping.is_set():
            systemd.tell(systemd.STOPPING)
            self.app.log("stopping")
        if finished := ticker.stop(within_seconds=STOP_SECONDS):
            # What the database did not take before; nothing more is begun.
            self._safely(self.deliver)
        return finished

    def _has_changed(self) -> bool:
        """Whether other settings hold now."""
        if self.renewal:
            self.renewal.follow()
        return self._is_outdated()

    def _safely(self, work: Callable[[], object]) -> None:
        """A mistake that has a sentence is told, and the next tick tries again."""
        try:
            work()
        except QuotidianError as error:
            self.app.log("trouble", words=error.message, place=error.place, hint=error.hint)


@contextmanager
def serving(app: App, renewal: Renewal | None = None, *, passes: bool = False) -> Iterator[Service]:
    """The workspace's one worker, recovered and listening to signals. Raises WorkerAlreadyRuns."""
    app.folders.make()
    with only_worker(app.folders.lock):
        service = Service(app=app, renewal=renewal, passes=passes)
        with signals.heard_by(service.stopping):
            service.start()
            yield service


def serve(app: App) -> None:
    """Runs until SIGTERM or Ctrl+C; begins anew, still holding the lock, when its settings change. What is still being
    sent after STOP_SECONDS is left to its lease."""
    logs.configure()
    app.log = logs.event
    renewal, finished = Renewal(app=app, check=must_be_locked), True
    with serving(app, renewal) as service, dashboard_beside(renewal) as beside:
        while True:
            finished = service.run() and finished
            if service.stopping.is_set():
                break
            service = Service(app=renewal.app, stopping=service.stopping, renewal=renewal, links=service.links)
            beside.show()
            service.start_anew(alone=finished)
    app.log("stopped", clean=finished)
    if not finished:
        os._exit(0)


def main(workspace: Path = Path()) -> int:
    """Serves a workspace; the exit code."""
    try:
        app = open_app(workspace)
        try:
            serve(app)
        finally:
            app.close()
    except QuotidianError as error:
        print(error.told, file=sys.stderr)  # noqa: T201 - there is no command line here
        return error.exit_code
    return 0
