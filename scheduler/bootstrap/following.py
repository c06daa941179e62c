"""A worker follows the feeds of its workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from scheduler.bootstrap.app import App
from scheduler.bootstrap.worklog import WorkLog
from scheduler.domain.errors import QuotidianError


@dataclass(frozen=True, kw_only=True)
class Following:
    """One worker's. `news` is set where something was taken in; nothing more is begun once `is_over()` says so."""

    app: App
    worklog: WorkLog
    news: Event
    is_over: Callable[[], bool]

    def follow(self, *, who: str) -> None:
        """Asks the feeds whose time has come, and takes in what is new."""
        for address in self.app.subscriptions.due(now=self.app.clock.now()):
            if self.is_over():
                return
            self._follow(address, who, self.app.clock.now())

    def _follow(self, address: str, who: str, now: datetime) -> None:
        """A feed that fails is told; it is asked again later."""
        subscriptions = self.app.subscriptions
        try:
            news = subscriptions.ask(address, now=now)
        except QuotidianError as error:
            self.app.log("feed", address=address, words=error.message, hint=error.hint)
            return
        if news.items or news.passed:
            self.app.log("feed", address=address, new=len(news.items), passed=news.passed)
        for taken in subscriptions.take(news, who=who, now=now):
            self.worklog.file(taken)
            self.news.set()
            if self.is_over():
                return
