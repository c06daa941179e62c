"""The command line: one file a group of commands, loaded only when called."""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "init": ("scheduler.cli.begin:init", "Make a workspace: settings, posts/ and assets/."),
    "demo": ("scheduler.cli.demo:demo", "The main job end to end in a scratch workspace."),
    "cut": ("scheduler.cli.cut:cut", "Show the excerpts and posts of an article; change nothing."),
    "card": ("scheduler.cli.card:card", "Paint quote cards."),
    "plan": ("scheduler.cli.intake:plan", "Show what queue would add; change nothing."),
    "queue": ("scheduler.cli.intake:queue", "Take in what is new under posts/."),
    "list": ("scheduler.cli.look:list_", "Posts and their deliveries."),
    "show": ("scheduler.cli.look:show", "One post: words, findings, card, deliveries."),
    "why": ("scheduler.cli.look:why", "A delivery's story in plain words."),
    "approve": ("scheduler.cli.decide:approve", "Let posts go out as they are now."),
    "hold": ("scheduler.cli.decide:hold", "Keep deliveries back."),
    "release": ("scheduler.cli.decide:release", "Give held deliveries the next free slot."),
    "cancel": ("scheduler.cli.decide:cancel", "Never send these deliveries."),
    "retry": ("scheduler.cli.decide:retry", "Send failed deliveries in the next free slot."),
    "resolve": ("scheduler.cli.decide:resolve", "Say what became of an unknown delivery."),
    "preview": ("scheduler.cli.preview:preview", "One HTML file with every coming post."),
    "worker": ("scheduler.cli.work:worker", "Run the service."),
    "log": ("scheduler.cli.look:log", "What went out, what failed, and why."),
    "doctor": ("scheduler.cli.doctor:doctor", "Check settings, fonts, database, links and disk."),
}


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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """From the table, so that help loads nothing."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="quotidian", prog_name="quotidian")
def main() -> None:
    """Turns articles into posts with quote cards, and publishes them on a schedule."""
