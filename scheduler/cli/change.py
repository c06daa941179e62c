"""quotidian edit and move."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.changing import act_on
from scheduler.cli.common import Command, command, emit, opened, say
from scheduler.cli.decide import post_named
from scheduler.cli.look import as_document, entry_of, show_entry
from scheduler.cli.selecting import BY, IDS, Wanted, changing, complete_ids
from scheduler.domain.delivery import LIVE, State
from scheduler.domain.errors import WordsUnusable
from scheduler.domain.post import Post
from scheduler.usecases.change import Verdict
from scheduler.usecases.select import Chosen
from scheduler.usecases.typed import read_hashtags, read_words

if TYPE_CHECKING:
    from scheduler.bootstrap import App

BACK = re.compile(r"-\d+(min|h|d|w)")


@command(example='quotidian edit 3 --text "Go to bed and get up at the same hour." --hashtags "sleep, good habits"')
@click.argument("name", metavar="ID", shell_complete=complete_ids)
@click.option("--text", metavar="WORDS", help="The new words; without it, an editor opens in a terminal.")
@click.option("--hashtags", metavar="TAGS", help='Such as "neck pain, sleep"; "" for none.')
@BY
def edit(name: str, text: str | None, hashtags: str | None, by: str, workspace: str, as_json: bool) -> None:
    """Change what a post says, by its number or the code of one of its deliveries.

    The new words are checked for claims, get a new card, and every delivery that has not gone out is composed anew in
    its place. An earlier yes is void. Words that are too long for a channel change nothing. The article's own words
    are kept: `show` tells them.
    """
    with opened(workspace) as app:
        post = post_named(app, name)
        words = _asked(post) if text is None and hashtags is None else text
        edited = app.editor.edit(
            post,
            words=post.words if words is None else read_words(words),
            hashtags=post.hashtags if hashtags is None else read_hashtags(hashtags),
            who=by,
            now=app.clock.now(),
        )
        entry = entry_of(app, edited)
    if as_json:
        emit(as_document(entry))
        return
    say("Nothing was changed.\n" if edited == post else f"Edited by {by}.{_void(post, edited)}\n")
    show_entry(entry)


def _asked(post: Post) -> str | None:
    """What somebody makes of the words in their editor; None when they leave them."""
    if not sys.stdin.isatty():
        raise click.UsageError("Say --text or --hashtags; an editor opens only in a terminal.")
    try:
        return click.edit(post.words)
    except click.ClickException as error:
        hint = "Set EDITOR to an editor that is there, or say --text."
        raise WordsUnusable(error.format_message(), hint=hint) from None


def _void(before: Post, after: Post) -> str:
    if after.may_go_out:
        return ""
    return f" {'Its yes is void: ' if before.may_go_out else 'It waits for a yes: '}`quotidian approve {after.id}`."


class Move(Command):
    """Takes `-3h` as a time."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """With a true minus, which begins no option."""
        return super().parse_args(ctx, [f"\u2212{word[1:]}" if BACK.fullmatch(word) else word for word in args])


@click.command(cls=Move, example='quotidian move 3 "2027-03-01 08:30"')
@IDS
@click.argument("when", metavar="WHEN")
@changing
@click.pass_context
def move(ctx: click.Context, /, wanted: Wanted, when: str, **given: Any) -> None:
    """Give deliveries another time.

    WHEN is `now`, `next` (the next free slot of its channel), a date and time in the workspace's zone, as
    `2026-12-01 08:30` or `2026-12-01T08:30`, or by how much: `+2d`, `-1w`, `+3h`, `-30min`. Days and weeks keep what
    the clock on the wall says, through every clock change. A time that a clock change skips is shifted forward by the
    gap; of one that happens twice the first is meant. Two posts never share an account and a time; spacing, quiet hours
    and blocked days hold here too.

    IDs and filters are as for `hold`.
    """

    def decide(app: App, chosen: Chosen, _: str) -> Verdict:
        return app.deciding.movers.moved(when, chosen, now=app.clock.now())

    act_on(ctx, wanted, decide, states=LIVE - {State.HELD}, **given)
