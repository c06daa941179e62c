"""Who changed what, and when, as a table, a spreadsheet or a document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from scheduler.cli.common import emit, table
from scheduler.cli.localtime import local
from scheduler.cli.sheet import print_sheet
from scheduler.domain.audit import AuditEntry

if TYPE_CHECKING:
    from scheduler.bootstrap import App

COLUMNS = ["at", "who", "subject", "what"]


def print_changes(app: App, since: datetime | None, until: datetime | None, *, as_csv: bool, as_json: bool) -> None:
    """Oldest first; `since` is inclusive, `until` exclusive."""
    found = app.store.journal.audit(since=since, until=until)
    if as_csv:
        print_sheet([COLUMNS, *_cells(found, app)])
    elif as_json:
        emit(found)
    else:
        rows = [[at[:16], *rest] for at, *rest in _cells(found, app)]
        table(COLUMNS, rows, empty="Nothing was changed.", folded=True)


def _cells(found: Sequence[AuditEntry], app: App) -> list[list[str]]:
    return [[local(one.at, app), one.who, one.subject, one.what] for one in found]
