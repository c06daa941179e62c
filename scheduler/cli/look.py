"""quotidian list, show, why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli import again
from scheduler.cli.common import command, emit, indented, opened, say
from scheduler.cli.decide import post_named
from scheduler.cli.icsfile import ICS, write_ics
from scheduler.cli.localtime import local
from scheduler.cli.pause import pause_of, paused_lines, said
from scheduler.cli.selecting import Wanted, complete_ids, filtered
from scheduler.cli.streaming import array_of, table_of
from scheduler.domain.brief import brief, part_in_brief
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.post import Post
from scheduler.domain.revision import is_stale, of_source
from scheduler.usecases import review
from scheduler.usecases.happened import EXPLAINED
from scheduler.usecases.review import Entry, Story
from scheduler.usecases.select import post_number

if TYPE_CHECKING:
    from scheduler.bootstrap import App

LINE = 70


@command(name="list", example="quotidian list --channel folder --status scheduled --until 2027-01-01")
@filtered
@ICS
def list_(wanted: Wanted, calendar: Path | None, workspace: str, as_json: bool) -> None:
    """Posts with their deliveries, the soonest first: number, time, channel, code, state, words.

    All of them, or those that fit the filter: what is `scheduled` goes out at its time, of which a `draft` still needs
    a yes; `blocked` posts are stopped by a finding, `unplanned` ones have no delivery.
    """
    with opened(workspace) as app:
        fits = wanted.filter(app)
        if calendar:
            found = app.deciding.selector.entries(fits)
            write_ics(calendar, ((entry.post, one) for entry in found for one in entry.deliveries), app)
        found = app.deciding.selector.entries(fits)
        if as_json:
            array_of(map(as_document, found))
            return
        rows = (row for entry in found for row in _rows(entry))
        empty = "There are no posts yet." if wanted == Wanted() else "Nothing fits."
        table_of(["post", "when", "channel", "code", "state", "words"], rows, empty=empty)
        for line in paused_lines(app):
            say(line, fg="yellow")


@command(example="quotidian show 4")
@click.argument("name", metavar="ID", shell_complete=complete_ids)
def show(name: str, workspace: str, as_json: bool) -> None:
    """One post by its number, or by the code of one of its deliveries.

    Tells its words, what the article says if they were edited, why they were chosen, findings, who approved it, its
    card, and the text of each delivery.
    """
    with opened(workspace) as app:
        entry = entry_of(app, post_named(app, name))
        comes_again = again.about(entry.post, app)
    if as_json:
        emit(as_document(entry))
        return
    show_entry(entry)
    for line in comes_again:
        say(line)


def entry_of(app: App, post: Post) -> Entry:
    """A post with its article's title and its deliveries."""
    return Entry(
        post=post,
        article=app.store.library.titles().get(post.article_id, ""),
        deliveries=tuple(app.store.deliveries.select(post_id=post.id)),
    )


@command(example="quotidian why 4")
@click.argument("name", metavar="ID", shell_complete=complete_ids)
def why(name: str, workspace: str, as_json: bool) -> None:
    """A delivery's story in plain words, by its code or its post's number.

    Where it stands, what was promised, who did what, and every try.
    """
    with opened(workspace) as app:
        number = post_number(name)
        found = [app.store.deliveries.get(name)] if number is None else app.store.deliveries.select(post_id=number)
        stories = [review.story(delivery, posts=app.store.posts, journal=app.store.journal) for delivery in found]
        alone = None if stories or number is None else app.store.posts.get(number)
        comes_again = again.about(stories[0].post, app) if stories else []
    if as_json:
        emit(stories)
        return
    if alone:
        say(f"Post {alone.id} has no delivery: {_why_not(alone)}. `quotidian show {alone.id}` tells more.")
    for each in stories:
        _tell(each, app)
    for line in comes_again:
        say(line)


def _rows(entry: Entry) -> list[list[str]]:
    post = entry.post
    if not entry.deliveries:
        return [[str(post.id), "", "", "", _why_not(post), brief(post.words, LINE)]]
    return [
        [str(post.id), _promised(d), d.channel, d.code, _state(post, d), part_in_brief(post, d.part, LINE)]
        for d in entry.deliveries
    ]


def _why_not(post: Post) -> str:
    if post.blocked:
        return "blocked"
    return f"no card: {post.card_refusal}".rstrip(".") if post.card_refusal else "not planned"


def _state(post: Post, delivery: Delivery) -> str:
    return f"{_standing(post, delivery)}{again.run_in(delivery)}"


def _standing(post: Post, delivery: Delivery) -> str:
    if delivery.state is State.PUBLISHED and is_stale(post):
        return "published; its article changed since"
    if delivery.state is not State.SCHEDULED or post.may_go_out:
        return delivery.state.value
    return "needs your yes" if post.findings else "draft"


def _promised(delivery: Delivery) -> str:
    return delivery.wall_time.replace("T", " ")


def show_entry(entry: Entry) -> None:
    """A post in words."""
    post = entry.post
    row = f", row {post.ready.row}" if post.ready else ""
    say(f"Post {post.id}, from “{entry.article}”{row}", bold=True)
    say(f"  {post.words}")
    if post.edited:
        say(f"Edited. The article says: “{post.excerpt.words}”")
    if post.ready is None:
        say(f"Why it was chosen: {', '.join(post.excerpt.reasons) or 'no reason given'}")
    for finding in post.findings:
        say(f"{finding.severity.value}: {finding.message} {finding.hint}")
    if post.approval:
        say(f"Approved by {post.approval.by}{'' if post.may_go_out else ', but it changed since'}.")
    lack = post.card_refusal or ("not painted yet" if post.lacks_card else "none, as its row asks for none")
    say(f"Card: {post.card.path if post.card else lack}")
    if post.card:
        say(f"Alt text: {post.card.alt_text}")
    for delivery in entry.deliveries:
        say(f"\n{delivery.code}, {delivery.channel}, {_promised(delivery)} {delivery.zone}: {_state(post, delivery)}")
        if delivery.state is State.HELD:
            say(f"  {delivery.words}")
        say(indented(delivery.text))


def _tell(story: Story, app: App) -> None:
    delivery = story.delivery
    say(f"{delivery.code} on {delivery.channel}, from “{delivery.article}”", bold=True)
    waits = delivery.state is State.SCHEDULED and not story.post.may_go_out
    now = "It waits for your yes; without one it moves to the next free slot." if waits else EXPLAINED[delivery.state]
    if delivery.state is State.SCHEDULED and (pause := pause_of(delivery.channel, delivery.campaign, app)):
        kind = "channel" if pause.channel else "campaign"
        resume = "" if pause.until else ": it waits for `quotidian resume`"
        now = f"Its {kind} is {said(pause, app)}{resume}."
    say(f"{delivery.state.value.capitalize()}. {now} {delivery.words}".rstrip())
    for finding in of_source(story.post):
        say(f"{finding.message} {finding.hint}")
    run = f"Run {delivery.run}. " if delivery.run > 1 else ""
    say(f"{run}Promised for {_promised(delivery)} ({delivery.zone}).")
    if delivery.url:
        say(f"It is at {delivery.url}")
    lines = [(entry.at, f"{entry.who} {entry.what}") for entry in story.audit]
    lines += [(a.started_at, f"try {a.number}: {a.outcome.value}. {a.words} {a.hint}".rstrip()) for a in story.attempts]
    for at, words in sorted(lines):
        say(f"  {local(at, app)}  {words}")


def as_document(entry: Entry) -> dict[str, Any]:
    """A post as JSON; `text` is what it says, `excerpt` what the article says."""
    post = entry.post
    return {
        "id": post.id,
        "article": entry.article,
        "text": post.words,
        "edited": bool(post.edited),
        "excerpt": post.excerpt.words,
        "kind": post.excerpt.kind,
        "score": post.excerpt.score,
        "reasons": post.excerpt.reasons,
        "status": post.status,
        "blocked": post.blocked,
        "may_go_out": post.may_go_out,
        "findings": post.findings,
        "approval": post.approval,
        "hashtags": post.hashtags,
        "card": post.card,
        "card_refusal": post.card_refusal,
        "deliveries": entry.deliveries,
    }
