"""What a worker and the tables have to complain of, told as every other error: one sentence, the place, the way out."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.cli.common import tell
from scheduler.domain.errors import QuotidianError, RowUnusable
from scheduler.usecases.ingest import Fate, Taken

COMPLAINTS = {
    "feed": "address",
    "file": "name",
    "row": "name",
    "calendar": "place",
    "card": "post",
    "settings": "place",
    "trouble": "place",
}
"""What a worker's log tells of with words where something is wrong, and which of its fields says where."""


def errors_of(taken: Taken) -> Iterator[RowUnusable]:
    """One for each complaint about a file's rows, from the first row on."""
    for one in taken.complaints:
        cell = one.cell
        column = _column(cell.column, cell.header)
        yield RowUnusable(one.message, hint=one.hint, path=taken.name, row=cell.row, column=column, value=cell.value)


def _column(letter: str, header: str) -> str:
    return " ".join(part for part in (letter, f"“{header}”" if header else "") if part)


def complain(event: str, /, **fields: object) -> None:
    """The log of a worker that doesn't stay: only what went wrong, on standard error."""
    said = {name: str(value) for name, value in fields.items()}
    words, place = said.get("words") or said.get("refused", ""), said.get(COMPLAINTS.get(event, ""), "")
    if not words or not place or said.get("fate", Fate.REFUSED) != Fate.REFUSED:
        return
    hint = said.get("hint", "")
    if event == "row":
        column = _column(said["column"], said["header"])
        tell(RowUnusable(words, hint=hint, path=place, row=int(said["row"]), column=column, value=said["value"]))
    else:
        tell(QuotidianError(words, hint=hint, path=f"post {place}" if event == "card" else place))
