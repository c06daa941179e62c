"""The reference page of the commands, written from the commands themselves: `make docs` prints it into docs/."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

import click

from scheduler.cli import COMMANDS
from scheduler.cli.common import Command
from scheduler.cli.group import quotidian

HEAD = """\
# Commands

<!-- Written by `make docs` from the commands' own help; edit that. -->

`quotidian COMMAND`, or `python -m scheduler COMMAND` from a checkout. `python worker.py` is `quotidian worker` in the \
current directory.

An ID is a post's number (`4`) or a delivery's code (`k3f9x2a`). A number stands for all deliveries of the post that \
are still to come.

## Every command

| option | meaning |
|---|---|
| `--workspace DIR` | the workspace; default: the current directory |
| `--json` | one JSON document on standard output and nothing else; its shape is told in \
[files](files.md#json-documents) |
| `--debug` | show the traceback of an error |
| `--help`, `-h` | what the command does |

`quotidian --version` tells the version.

Progress bars are drawn on standard error, and only in a terminal. Tables are drawn in a terminal; in a pipe they are \
lines with tabs, and nothing is cut.

## Exit codes

| code | meaning |
|---|---|
| 0 | done |
| 1 | something that was asked for failed; standard error says which |
| 2 | wrong usage |
| 3 | the settings, the workspace or the database can't be used |

An error is one sentence, the place (`Where:`) and a way out (`Hint:`), on standard error. With `--json` the document \
on standard output says so too.
"""
HEADINGS = {
    "init": "Begin",
    "cut": "Look at what would come",
    "queue": "Take in",
    "list": "See",
    "approve": "Decide",
    "channels": "Accounts",
    "worker": "Run",
}
"""Each stands before its command."""
SEE = {
    "approve": "[Approve and confirm](../how-to/approve-and-confirm.md) tells more.",
    "edit": "[Change what is planned](../how-to/change-what-is-planned.md) tells more.",
    "resolve": "[When something went wrong](../how-to/when-something-went-wrong.md) tells more.",
    "restore": "[Back a workspace up](../how-to/back-up.md) tells more.",
    "service": "[Run it as a service](../how-to/run-as-a-service.md) tells more.",
}
SHARED = {"workspace", "as_json", "debug"}


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([HEAD, *(part for name in COMMANDS for part in _entry(name))])


def leaves(name: str) -> Iterator[tuple[str, Command]]:
    """A command of the table with its name; those below it, with their full names, if it is a group."""
    found = quotidian.get_command(click.Context(quotidian), name)
    if isinstance(found, click.Group):
        yield from ((f"{name} {inner}", below) for inner, below in found.commands.items() if isinstance(below, Command))
    elif isinstance(found, Command):
        yield name, found


def _entry(name: str) -> Iterator[str]:
    if name in HEADINGS:
        yield f"## {HEADINGS[name]}\n"
    yield f"### {name}\n"
    for full_name, command in leaves(name):
        if full_name != name:
            yield f"#### {full_name}\n"
        yield f"`quotidian {full_name}{_arguments(command)}`\n"
        yield from (f"{paragraph}\n" for paragraph in _paragraphs(command))
        if options := [option for option in command.params if isinstance(option, click.Option)][: -len(SHARED)]:
            yield "\n".join(["| option | meaning |", "|---|---|", *map(_row, options)]) + "\n"
        yield f"```sh\n{command.example}\n```\n"
    if name in SEE:
        yield f"{SEE[name]}\n"


def _arguments(command: click.Command) -> str:
    arguments = [
        each.metavar or f"[{each.name or ''}]".upper() for each in command.params if each.param_type_name == "argument"
    ]
    return "".join(f" {argument}" for argument in arguments)


def _paragraphs(command: click.Command) -> list[str]:
    return [" ".join(part.split()) for part in inspect.cleandoc(command.help or "").split("\n\n")]


def _row(option: click.Option) -> str:
    metavar = "" if option.is_flag else f" {option.metavar}"
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    meaning = [option.help or "", f"One of {', '.join(f'`{choice}`' for choice in choices)}." if choices else ""]
    default = f"Default: {option.show_default}." if isinstance(option.show_default, str) else ""
    cells = f"`{option.opts[-1]}{metavar}`", " ".join(filter(None, [*meaning, default]))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def main() -> None:
    """Prints the page."""
    sys.stdout.write(page())


if __name__ == "__main__":
    main()
