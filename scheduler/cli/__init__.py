"""The command line: one file a group of commands, loaded only when called; help needs not even Click."""

from __future__ import annotations

import sys

COMMANDS = {
    "init": ("scheduler.cli.begin:init", "Make a workspace: settings, posts/ and assets/."),
    "demo": ("scheduler.cli.demo:demo", "The main job end to end in a scratch workspace."),
    "cut": ("scheduler.cli.cut:cut", "Show the excerpts and posts of an article; change nothing."),
    "card": ("scheduler.cli.card:card", "Paint quote cards."),
    "plan": ("scheduler.cli.intake:plan", "Show what queue would add or change; change nothing."),
    "queue": ("scheduler.cli.intake:queue", "Take in what is new under posts/."),
    "list": ("scheduler.cli.look:list_", "Posts and their deliveries."),
    "show": ("scheduler.cli.look:show", "One post: words, findings, card, deliveries."),
    "why": ("scheduler.cli.look:why", "A delivery's story in plain words."),
    "preview": ("scheduler.cli.preview:preview", "One HTML file with every coming post."),
    "log": ("scheduler.cli.log:log", "What went out, what failed, and why."),
    "report": ("scheduler.cli.report:report", "A month: what went out, failed, was held, and why."),
    "status": ("scheduler.cli.status:status", "At a glance: worker, overdue, waiting, next."),
    "doctor": ("scheduler.cli.doctor:doctor", "Check settings, fonts, database, links and disk."),
    "approve": ("scheduler.cli.decide:approve", "Let posts go out as they are now."),
    "edit": ("scheduler.cli.edit:edit", "Change what a post says."),
    "move": ("scheduler.cli.change:move", "Give a delivery another time."),
    "hold": ("scheduler.cli.decide:hold", "Keep deliveries back."),
    "release": ("scheduler.cli.decide:release", "Give held deliveries the next free slot."),
    "cancel": ("scheduler.cli.decide:cancel", "Never send these deliveries."),
    "retry": ("scheduler.cli.decide:retry", "Send failed deliveries in the next free slot."),
    "resolve": ("scheduler.cli.decide:resolve", "Say what became of an unknown delivery."),
    "pause": ("scheduler.cli.pause:pause", "Let nothing go out on a channel."),
    "resume": ("scheduler.cli.pause:resume", "Let a channel go on."),
    "campaigns": ("scheduler.cli.campaigns:campaigns", "What each campaign has coming."),
    "channels": ("scheduler.cli.channels:channels", "Accounts: list, test, login."),
    "selftest": ("scheduler.cli.selftest:selftest", "Crash the engine on purpose, and count what came of it."),
    "dashboard": ("scheduler.cli.dashboard:dashboard", "What is coming and what went out, in the browser."),
    "worker": ("scheduler.cli.work:worker", "Run the service."),
    "backup": ("scheduler.cli.backup:backup", "The whole workspace in one file."),
    "restore": ("scheduler.cli.backup:restore", "A workspace from such a file; nothing goes out at first."),
    "service": ("scheduler.cli.service:service", "Install a systemd unit for this workspace."),
    "completion": ("scheduler.cli.completion:completion", "Let the shell complete commands."),
}


def main() -> None:
    """The console script. Help is what everybody asks for first, so it comes at once."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        sys.stdout.write(f"{help_text()}\n")
        return
    from scheduler.cli.group import quotidian

    quotidian(prog_name="quotidian")


def help_text() -> str:
    """What `quotidian --help` says, within 80 columns."""
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:{width}}  {line}" for name, (_, line) in COMMANDS.items())
    return f"""\
Usage: quotidian [OPTIONS] COMMAND [ARGS]...

  Turns articles into posts with quote cards, and publishes them on a schedule.

Options:
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Commands:
{lines}

`quotidian COMMAND --help` tells what a command takes."""
