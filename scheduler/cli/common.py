"""What every command shares: the workspace, --json, how words are printed and how a mistake is told."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scheduler.domain.errors import QuotidianError
from scheduler.domain.shown import STEERING, shown

if TYPE_CHECKING:
    from types import TracebackType

    from scheduler.bootstrap import App

Item = TypeVar("Item")
Body = Callable[..., None]
HERE = "The workspace; default: the current directory."
LONG_CELL, GAP = 24, 2


class Command(click.Command):
    """A command with --workspace, --json and --debug, whose errors are one sentence, the place and a hint.

    Its docstring and its example are its page in the reference too; a test types the example.
    """

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example
        self.epilog = f"Example: {example}"
        self.params += [
            click.Option(
                ["--workspace"], type=click.Path(file_okay=False), metavar="DIR", default=".", help="Default: here."
            ),
            click.Option(["as_json", "--json"], is_flag=True, help="One JSON document and nothing else."),
            click.Option(
                ["--debug"], is_flag=True, expose_value=False, callback=_debug, help="Show the traceback of an error."
            ),
        ]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """With --json, wrong usage is a document too."""
        as_json = "--json" in args
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            _tell_usage(error, ctx, as_json=as_json)
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a QuotidianError becomes words and an exit code."""
        as_json = bool(ctx.params.get("as_json"))
        if not ctx.obj:
            sys.excepthook = partial(_unexpected, as_json=as_json)
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _tell_usage(error, ctx, as_json=as_json)
            raise
        except QuotidianError as error:
            if ctx.obj:
                raise
            tell(error, as_json=as_json)
            ctx.exit(error.exit_code)


def command(**options: Any) -> Callable[[Body], Command]:
    """A click command of the house."""
    return click.command(cls=Command, **options)


def _debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.obj = value


def _tell_usage(error: click.UsageError, ctx: click.Context, *, as_json: bool) -> None:
    """Only the document: click itself prints the words."""
    if as_json:
        hint = f"Try `{ctx.command_path} --help`."
        wrong = QuotidianError(error.format_message(), hint=hint, path=ctx.command_path)
        emit({"error": as_data(wrong) | {"kind": "WrongUsage"}})


def _unexpected(
    kind: type[BaseException], error: BaseException, _: TracebackType | None, *, as_json: bool = False
) -> None:
    """The machine's refusal or our own mistake, told as every other. Where a disk is full, no document fits either."""
    if isinstance(error, OSError):
        hint = "Look at the disk and at the rights."
        tell(QuotidianError(f"The machine refused: {error.strerror}.", hint=hint, path=str(error.filename or "")))
    else:
        hint = "Run it again with --debug, and send us what it prints."
        tell(QuotidianError(f"This should not have happened ({kind.__name__}: {error}).", hint=hint), as_json=as_json)


def say(words: str = "", *, err: bool = False, end: str = "\n", **style: Any) -> None:
    """The one mouth of the command line: nothing from outside reaches the terminal raw. `style` as click.style's."""
    stream = sys.stderr if err else sys.stdout
    printable = shown(words).encode(stream.encoding or "utf-8", "replace").decode(stream.encoding or "utf-8")
    click.echo((click.style(printable, **style) if style else printable) + end, nl=False, err=err)


def tell(error: QuotidianError, *, as_json: bool = False) -> None:
    """One sentence, the place and a hint on standard error; with --json the document on standard output too."""
    say(error.told, err=True)
    if as_json:
        emit({"error": as_data(error)})


def as_data(error: QuotidianError) -> dict[str, object]:
    """An error as JSON."""
    place = {"place": error.place, "path": error.path, "line": error.line, "setting": error.setting}
    return {"kind": type(error).__name__, "message": error.message, **place, "hint": error.hint}


def emit(document: object) -> None:
    """The one JSON document of a command; what could steer a terminal is written as `\\u….`"""
    _emit(document, indent=2)


def emit_line(document: object) -> None:
    """One document of many, on a line of its own, for a command that doesn't end by itself."""
    _emit(document, indent=None)


def _emit(document: object, indent: int | None) -> None:
    from pydantic_core import to_jsonable_python

    text = json.dumps(to_jsonable_python(document), ensure_ascii=False, indent=indent)
    say(STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def count(number: int, thing: str, things: str = "") -> str:
    """`1 post`, `2 posts`; `things` are more than one where an s is not enough."""
    return f"{number} {thing}" if number == 1 else f"{number} {things or f'{thing}s'}"


def indented(text: str) -> str:
    """Two blanks before every line that has words."""
    return "\n".join(f"  {line}".rstrip() for line in text.splitlines())


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


def table(columns: list[str], rows: Iterable[list[str]], *, empty: str, folded: bool = False) -> None:
    """Rows as a table that fits the terminal; tab-separated in a pipe, where nothing is cut.

    Long cells end in an ellipsis where there is no room; those of the last column are `folded` instead if asked.
    """
    lines = [[shown(" ".join(cell.split())) for cell in line] for line in rows]
    if not lines:
        say(empty)
    elif sys.stdout.isatty():
        draw(columns, lines, folded=folded)
    else:
        say("\n".join("\t".join(line) for line in [columns, *lines]))


def terminal_width() -> int:
    """In characters."""
    from rich.console import Console

    return Console().width


def draw(
    columns: list[str], lines: list[list[str]], *, folded: bool, widths: Sequence[int] = (), head: bool = True
) -> None:
    """A table on a terminal; with `widths` of the columns, so that several fit below each other."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold", show_header=head)
    for index, column in enumerate(columns):
        is_short = max(len(line[index]) for line in lines) <= LONG_CELL
        width = widths[index] if widths else None
        drawn.add_column(column, no_wrap=is_short, overflow="ellipsis", width=width)
    for line in lines:
        cut = [Text(cell, no_wrap=True, overflow="ellipsis") for cell in line]
        drawn.add_row(*cut[:-1], Text(line[-1], overflow="fold") if folded else cut[-1])
    Console().print(drawn)
