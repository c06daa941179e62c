"""Hints on a page: where one names a command that has a screen, the page names that screen and leads there."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

CODE = "[a-z0-9]{3,12}"
SCREENS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(command), address, words)
    for command, address, words in (
        (rf"(?:why|resolve) (?P<at>{CODE})", "/log/{at}", "its story"),
        (r"resolve", "/log?state=unknown", "its story"),
        (r"(?:why ID|list|log|status)", "/log", "the log"),
        (rf"move (?P<at>{CODE}) \w+", "/calendar/move/{at}", "move it"),
        (r"show (?P<at>\d{1,18})", "/review/{at}", "its page"),
        (r"approve (?P<at>\d{1,18}) --confirm", "/review/{at}", "confirm it in Review"),
        (r"approve (?P<at>\d{1,18}) --override .*", "/review/{at}?do=override#override", "override it in writing"),
        (r"resume(?: [\w-]+)?", "/channels", "“Resume”"),
        (r"queue", "/articles", "Articles"),
        (r"hold", "", "“Hold”"),
        (r"retry", "", "“Send it in the next free slot”"),
    )
)
"""Each command as hints write it, the address of its screen, empty for the one on which it is read, and its words."""
COMMAND = re.compile(
    r"(?P<run>Run )?`quotidian (?P<ticked>[^`]+)`|quotidian (?P<bare>approve \d+ --\w+.*)|`(?P<code>[^`]+)`"
)


def onscreen(text: str) -> Markup:
    """Safe HTML. A command that has no screen stays as it is to be typed."""
    parts, at = [], 0
    for found in COMMAND.finditer(text):
        before = text[: found.start()].rstrip()
        parts += [escape(text[at : found.start()]), _said(found, begins=not before or before.endswith("."))]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])


def _said(found: re.Match[str], *, begins: bool) -> Markup:
    command = found["ticked"] or found["bare"] or ""
    for pattern, address, words in SCREENS:
        if meant := pattern.fullmatch(command):
            words = f"{words[0].upper()}{words[1:]}" if begins and not found["run"] else words
            link = Markup('<a href="{}">{}</a>').format(address.format(**meant.groupdict()), words)
            return Markup("{}{}").format("See " if found["run"] else "", link if address else words)
    return Markup("{}<code>{}</code>").format(found["run"] or "", found["code"] or f"quotidian {command}")
