"""What every command shares: the workspace, --json, and how a mistake is told."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scheduler.domain.errors import QuotidianError

if TYPE_CHECKING:
    from scheduler.bootstrap import App

Item = TypeVar("Item")
Body = Callable[..., None]


class Command(click.Command):
    """A command with --workspace, --json and --debug, whose errors are one sentence, the place and a hint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += [
            click.Option(["--workspace"], type=click.Path(file_okay=False), default=".", help="Default: here."),
            click.Option(["as_json", "--json"], is_flag=True, help="One JSON document and nothing else."),
            click.Option(["--debug"], is_flag=True, expose_value=False, help="Show the traceback of an error."),
        ]

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a QuotidianError becomes words and an exit code."""
        try:
            return super().invoke(ctx)
        except QuotidianError as error:
            if "--debug" in sys.argv:
                raise
            tell(error, as_json=bool(ctx.params.get("as_json")))
            ctx.exit(error.exit_code)


def command(**options: Any) -> Callable[[Body], Command]:
    """A click command of the house."""
    return click.command(cls=Command, **options)


def tell(error: QuotidianError, *, as_json: bool = False) -> None:
    """One sentence, the place and a hint on standard error; with --json the document on standard output too."""
    lines = [f"Error: {error.message}"]
    lines += [f"  Where: {error.place}"] if error.place else []
    lines += [f"  Hint: {error.hint}"] if error.hint else []
    click.echo("\n".join(lines), err=True)
    if as_json:
        emit({"error": as_data(error)})


def as_data(error: QuotidianError) -> dict[str, object]:
    """An error as JSON."""
    return {"kind": type(error).__name__, "message": error.message, "place": error.place, "hint": error.hint}


def emit(document: object) -> None:
    """The one JSON document of a command."""
    from pydantic_core import to_jsonable_python

    click.echo(json.dumps(to_jsonable_python(document), ensure_ascii=False, indent=2))


@contextmanager
def opened(workspace: str, *, anywhere: bool = False) -> Iterator[App]:
    """The workspace, closed afterwards; `anywhere` takes the defaults where there is none."""
    from pathlib import Path

    from scheduler.bootstrap import open_app, open_or_default

    app = open_or_default(Path(workspace)) if anywhere else open_app(Path(workspace))
    try:
        yield app
    finally:
        app.close()


def who() -> str:
    """The person at the keyboard, for the audit log."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def progress(items: Iterable[Item], *, total: int, what: str) -> Iterator[Item]:
    """`items` with a bar on standard error while they come, on a terminal only and only when there are many."""
    if total < 3 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, total=total, description=what, console=Console(stderr=True), transient=True)


def table(columns: list[str], rows: Iterable[list[str]], *, empty: str) -> None:
    """Rows as a table that fits the terminal; tab-separated in a pipe, where nothing is cut."""
    lines = list(rows)
    if not lines:
        click.echo(empty)
        return
    if not sys.stdout.isatty():
        for line in [columns, *lines]:
            click.echo("\t".join(" ".join(cell.split()) for cell in line))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*columns, box=SIMPLE_HEAD, pad_edge=False)
    for line in lines:
        drawn.add_row(*(Text(cell) for cell in line))
    Console().print(drawn)
