"""A worker's signs of life, and whether another one gave the last of them."""

from __future__ import annotations

import os
from dataclasses import dataclass

from scheduler.bootstrap.app import App
from scheduler.dispatch import systemd
from scheduler.dispatch.lock import is_alive
from scheduler.domain.heartbeat import Heartbeat, with_runs


@dataclass(frozen=True, kw_only=True)
class Signs:
    """One worker's; it `passes` where it doesn't stay, as one that cron calls."""

    app: App
    passes: bool = False

    def give(self) -> None:
        """For people in the database; systemd's watchdog is fed only when the database took it."""
        mark, table = self.app.clock.mark(), self.app.store.heartbeat
        sign = Heartbeat(at=self.app.clock.now(), boot=mark.boot, pid=os.getpid())
        table.beat(with_runs(sign, table.last()) if self.passes else sign)
        systemd.tell(systemd.ALIVE)

    def another_lives(self) -> bool:
        """Whether the process that gave the last sign of life is still there: then the lock has failed."""
        sign = self.app.store.heartbeat.last()
        is_other = sign is not None and sign.boot == self.app.clock.mark().boot and sign.pid != os.getpid()
        return sign is not None and is_other and is_alive(sign.pid)
