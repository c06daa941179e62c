"""quotidian edit and move."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import command, emit, opened, say
from scheduler.cli.decide import BY, act_on, post_named
from scheduler.cli.look import as_document, entry_of, show_entry
from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import WordsUnusable
from scheduler.domain.post import Post
from scheduler.usecases import move as moving
from scheduler.usecases.typed import read_hashtags, read_words

if TYPE_CHECKING:
    from scheduler.bootstrap import App


@command(example='quotidian edit 3 --text "Go to bed and get up at the same hour." --hashtags "sleep, good habits"')
@click.argument("name", metavar="ID")
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


@command(example='quotidian move 3 "2027-03-01 08:30"')
@click.argument("name", metavar="ID")
@click.argument("when", metavar="WHEN")
@BY
@click.pass_context
def move(ctx: click.Context, name: str, when: str, by: str, workspace: str, as_json: bool) -> None:
    """Give a delivery another time.

    WHEN is `now`, `next` (the next free slot of its channel), or a date and time in the workspace's zone, as
    `2026-12-01 08:30` or `2026-12-01T08:30`. A time that a clock change skips is shifted forward by the gap; of one
    that happens twice the first is meant. Exit code 1 when it can't be moved there.
    """
    act_on(ctx, (name,), workspace, as_json, partial(_moved, when), by)


def _moved(when: str, app: App, delivery: Delivery, by: str) -> Delivery:
    now = app.clock.now()
    next_free = partial(app.channels.next_free, delivery)
    slot = moving.slot_at(when, zone=app.settings.time_zone, now=now, next_free=next_free)
    return moving.move(
        delivery,
        slot,
        deliveries=app.store.deliveries,
        calendar=app.store.calendar,
        timetable=app.channels.timetable(delivery.channel),
        who=by,
        now=now,
    )
