"""Whether the pages still exist that posts lead to: a worker looks once a day, others read what it saw."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

from scheduler.bootstrap import hostile
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import AddressRefused, ChildFailed, DatabaseUnusable, NoAnswer
from scheduler.domain.pause import WORKER
from scheduler.usecases.preflight import Verdict, booking

if TYPE_CHECKING:
    from scheduler.store import Store

EVERY = timedelta(days=1)
LOOKED, THERE = "looked at its page: ", "it is there"
Look = Callable[[str], str]


@dataclass(kw_only=True)
class LinkWatch:
    """One worker's. `look` says why a page is gone, empty where it isn't."""

    look: Look = hostile.is_gone
    _at: dict[str, datetime] = field(default_factory=dict)
    _looking: Thread | None = None

    def look_again(self, addresses: Mapping[str, str], store: Store, *, now: datetime) -> Thread | None:
        """At those that nobody has looked at for a day, in a thread of its own for which nothing waits, not even an
        end; None where there is none, or one is under way."""
        due = [one for one, address in addresses.items() if self._is_due(one, address, now)]
        if not due or (self._looking and self._looking.is_alive()):
            return None
        self._at |= {addresses[one]: now for one in due}
        self._looking = Thread(target=self._note, args=(due, addresses, store, now), name="links", daemon=True)
        self._looking.start()
        return self._looking

    def _is_due(self, office: str, address: str, now: datetime) -> bool:
        """Examples lead nowhere, and need no looking."""
        if any(each.verdict is not Verdict.GOOD for each in booking({office: address})):
            return False
        return address not in self._at or now - self._at[address] >= EVERY

    def _note(self, offices: list[str], addresses: Mapping[str, str], store: Store, now: datetime) -> None:
        """Keeps what is new only. What can't be reached now is not called gone."""
        for office in offices:
            try:
                note(office, addresses[office], self.look(addresses[office]) or THERE, store, now=now)
            except (AddressRefused, NoAnswer, ChildFailed, DatabaseUnusable):
                continue


def note(office: str, address: str, seen: str, store: Store, *, now: datetime) -> None:
    """Into the audit log, where it is another finding than the last one."""
    subject = _subject(office, address)
    last = store.remarks.last(subject, beginning=LOOKED)
    if LOOKED + seen != (last.what if last else LOOKED + THERE):
        store.remarks.add(AuditEntry(at=now, who=WORKER, what=LOOKED + seen, subject=subject))


def gone(addresses: Mapping[str, str], store: Store) -> Iterator[tuple[str, AuditEntry]]:
    """The offices whose page was gone when it was last looked at, each with what was seen."""
    for office, address in addresses.items():
        seen = store.remarks.last(_subject(office, address), beginning=LOOKED)
        if seen and seen.what != LOOKED + THERE:
            yield office, seen


def _subject(office: str, address: str) -> str:
    return f"booking {office} {address}"
