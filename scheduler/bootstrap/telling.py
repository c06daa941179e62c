"""Notices of one workspace: settings and tables bound to the use cases, and a child process that sends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from scheduler.bootstrap.linkwatch import LOOKED, gone
from scheduler.dispatch.children import InChild, Limits
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import ChildFailed, SettingsUnusable
from scheduler.domain.notice import BUSINESS, Ending, Telling
from scheduler.ports import Expiring
from scheduler.settings.fields import addresses
from scheduler.usecases.forecast import Forecast, Planned, forecasts
from scheduler.usecases.notices import Herald
from scheduler.usecases.watch import Watch, summary

if TYPE_CHECKING:
    from scheduler.bootstrap.app import App

SEND = ("scheduler.notices.work:send",)
# Shorter than a worker that is told to stop waits for what is under way.
SENDING = Limits(seconds=15, cpu_seconds=10, memory_mib=768, file_mib=1)


def herald_of(app: App) -> Herald:
    """Who tells people of what happens in this workspace."""
    settings, store = app.settings, app.store
    digest = time.fromisoformat(settings.notify_digest) if settings.notify_digest else None
    return Herald(
        outbox=store.notices,
        addresses=addresses(settings.notify),
        watch=Watch(behind=store.behind, pauses=store.pauses, foresee=partial(_urgent, app), gone=partial(_gone, app)),
        summary=partial(summary, store.journal),
        send=lambda *telling: send(*telling) is Ending.SENT,
        clock=app.clock,
        log=app.log,
        zone=settings.time_zone,
        digest=digest,
    )


def send(address: str, title: str, body: str) -> Ending:
    """One try, bounded in time; what a child says when it fails may hold the address, so nobody reads it."""
    work = InChild(functions=SEND, returns=TypeAdapter(tuple[Ending]), limits=SENDING)
    try:
        (ending,) = work(Telling(address=address, title=title, body=body))
    except ChildFailed:
        return Ending.FAILED
    return ending


def send_a_test(app: App) -> list[tuple[str, Ending]]:
    """A message to every address of the settings; each by its kind and place in the list, never by its words."""
    body = "This is a test. Here you are told when a post fails or is held, and when an account stands still."
    found = addresses(app.settings.notify)
    named = [f"{number} ({address.partition('://')[0]})" for number, address in enumerate(found, start=1)]
    title = f"{BUSINESS}: a test"
    return [(name, send(address, title, body)) for name, address in zip(named, found, strict=True)]


def forecasts_of(app: App, planned: Iterable[Planned]) -> tuple[Forecast, ...]:
    """What comes if nobody does anything."""
    now = app.clock.now()
    return forecasts(
        planned,
        channels=tuple(app.settings.channels),
        token_ends=token_ends(app),
        spending=app.budget.outlook(now=now),
        zone=app.settings.time_zone,
        now=now,
    )


def token_ends(app: App) -> dict[str, datetime]:
    """When the keys of each channel end, by its settings or by what the channel knows, where they do."""
    found: dict[str, datetime] = {}
    for name, channel in app.settings.channels.items():
        if channel.token_ends:
            found[name] = datetime.fromisoformat(channel.token_ends).replace(tzinfo=ZoneInfo(app.settings.time_zone))
            continue
        with suppress(SettingsUnusable):
            publisher = app.channels.publisher(name)
            if isinstance(publisher, Expiring) and (end := publisher.token_ends()):
                found[name] = end
    return found


def _gone(app: App) -> Iterator[tuple[str, AuditEntry]]:
    for office, seen in gone(app.settings.booking, app.store):
        yield app.settings.booking[office], replace(seen, what=seen.what.removeprefix(LOOKED))


def _urgent(app: App, _: datetime) -> tuple[Forecast, ...]:
    """The calendar is read only where keys end: for what is told it matters nowhere else."""
    return forecasts_of(app, app.store.status_screen.planned() if token_ends(app) else ())
