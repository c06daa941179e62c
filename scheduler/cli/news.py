"""What feeds bring when somebody asks for it at the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.cli.common import count, say, who
from scheduler.domain.errors import QuotidianError
from scheduler.usecases.ingest import Fate, Taken

if TYPE_CHECKING:
    from scheduler.bootstrap import App


def news(app: App) -> Iterator[Taken]:
    """Asks every feed and takes in what is new; a feed that fails is told like a file that is refused."""
    for address in app.subscriptions.addresses:
        now = app.clock.now()
        try:
            found = app.subscriptions.ask(address, now=now)
        except QuotidianError as error:
            error.path = error.path or address
            yield Taken(name=address, fate=Fate.REFUSED, error=error)
            continue
        if found.passed:
            say(f"{address}: {count(found.passed, 'older item')} passed by.", err=True)
        yield from app.subscriptions.take(found, who=who(), now=now)
