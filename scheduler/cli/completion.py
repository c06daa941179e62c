"""quotidian completion."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from scheduler.cli.common import command, emit, say

SHELLS = ("bash", "zsh", "fish")
PROGRAM, VARIABLE = "quotidian", "_QUOTIDIAN_COMPLETE"


@command(example="quotidian completion bash")
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str, workspace: str, as_json: bool) -> None:
    """Print a script that lets SHELL (bash, zsh or fish) complete commands and options.

    For bash, put `eval "$(quotidian completion bash)"` into ~/.bashrc; for zsh, `eval "$(quotidian completion zsh)"`
    into ~/.zshrc; for fish, `quotidian completion fish | source` into ~/.config/fish/config.fish.
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"{shell} is not known.")
    script = kind(ctx.find_root().command, {}, PROGRAM, VARIABLE).source()
    if as_json:
        emit({"shell": shell, "script": script})
    else:
        say(script)
