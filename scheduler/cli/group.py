"""The group of all commands, in Click's terms."""

from __future__ import annotations

import importlib

import click
from click.shell_completion import CompletionItem

from scheduler.cli import COMMANDS, help_text


class Commands(click.Group):
    """Knows every command's name and one line of help, and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a working day rather than of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Loads the command's file."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """From the table too, so that the tab key loads no command."""
        names = [CompletionItem(name, help=line) for name, (_, line) in COMMANDS.items() if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def get_help(self, ctx: click.Context) -> str:
        """From the table, so that help loads no command."""
        return help_text()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="quotidian", prog_name="quotidian")
def quotidian() -> None:
    """Turns articles into posts with quote cards, and publishes them on a schedule."""
