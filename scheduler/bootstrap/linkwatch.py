"""Whether the pages still exist that posts lead to: looked at once a day while somebody watches, beside the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.bootstrap import hostile
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import AddressRefused, ChildFailed, NoAnswer
from scheduler.domain.pause import WORKER
from scheduler.usecases.preflight import Verdict, booking

if TYPE_CHECKING:
    from scheduler.store import Store

EVERY = timedelta(days=1)
LOOKED, THERE = "looked at its page: ", "it is there"
Look = Callable[[str], str]


@dataclass(kw_only=True)
class LinkWatch:
    """One workspace's. `look` says why a page is gone, empty where it isn't."""

    look: Look = hostile.is_gone
    _at: dict[str, datetime] = field(default_factory=dict)
    _crew: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="links"))

    def gone(self, addresses: Mapping[str, str], store: Store) -> Iterator[tuple[str, AuditEntry]]:
        """The offices whose page was gone when it was last looked at, each with what was seen."""
        for office, address in addresses.items():
            seen = store.remarks.last(_subject(office, address), beginning=LOOKED)
            if seen and seen.what != LOOKED + THERE:
                yield office, seen

    def look_again(self, addresses: Mapping[str, str], store: Store, *, now: datetime) -> list[Future[None]]:
        """At those that nobody has looked at for a day; nothing waits for it."""
        real = [
            one for one in addresses if all(each.verdict is Verdict.GOOD for each in booking({one: addresses[one]}))
        ]
        due = [one for one in real if addresses[one] not in self._at or now - self._at[addresses[one]] >= EVERY]
        self._at |= {addresses[one]: now for one in due}
        return [self._crew.submit(self._note, one, addresses[one], store, now) for one in due]

    def _note(self, office: str, address: str, store: Store, now: datetime) -> None:
        """Keeps what is new only."""
        try:
            what = LOOKED + (self.look(address) or THERE)
        except (AddressRefused, NoAnswer, ChildFailed):
            return
        subject = _subject(office, address)
        last = store.remarks.last(subject, beginning=LOOKED)
        if what != (last.what if last else LOOKED + THERE):
            store.remarks.add(AuditEntry(at=now, who=WORKER, what=what, subject=subject))


def _subject(office: str, address: str) -> str:
    return f"booking {office} {address}"


@cache
def linkwatch_of(_: Path) -> LinkWatch:
    """The one of a workspace."""
    return LinkWatch()
