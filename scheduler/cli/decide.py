"""quotidian approve, hold, release, cancel, retry, resolve."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.changing import Decide, act_on, finish
from scheduler.cli.common import Command, command, opened
from scheduler.cli.selecting import BY, IDS, Wanted, changing, complete_ids
from scheduler.domain import transitions
from scheduler.domain.delivery import LIVE, State
from scheduler.domain.errors import QuotidianError
from scheduler.domain.post import Post
from scheduler.usecases import decide as deciding
from scheduler.usecases import review
from scheduler.usecases.cancelling import cancelling
from scheduler.usecases.change import Verdict, stepping
from scheduler.usecases.select import Chosen, post_number

if TYPE_CHECKING:
    from scheduler.bootstrap import App

MEANT = """\
An ID is a post's number, which means all its deliveries that are still to come, or the code of one. A filter means \
every delivery that can be changed so, or those in the states that --status names; with IDs it narrows them. What a \
filter finds is shown first, and done after a yes, or with --yes. What can't be changed is told with the reason, the \
rest is done, and the exit code is 1.
"""
ASKED_AGAIN = "looked: not there, send again"


@command(example="quotidian approve 1 3")
@click.argument("ids", metavar="[ID…]", nargs=-1)
@click.option("every", "--all", is_flag=True, help="Every post that waits.")
@click.option("--confirm", is_flag=True, help="I have checked what the findings ask me to confirm.")
@click.option(
    "--override",
    metavar="REASON",
    default="",
    help="Let a blocked post pass, for this written reason; one post at a time.",
)
@BY
@click.pass_context
def approve(
    ctx: click.Context,
    ids: tuple[str, ...],
    every: bool,
    confirm: bool,
    override: str,
    by: str,
    workspace: str,
    as_json: bool,
) -> None:
    """Let posts go out as they are now, by post number or delivery code.

    Exit code 1 when one of them was not approved.
    """
    if bool(ids) == every:
        raise click.UsageError("Name the posts, or say --all.")
    if override and (every or len(ids) > 1):
        raise click.UsageError("An override takes one post at a time.")
    approved: list[Post] = []
    errors: list[QuotidianError] = []
    with opened(workspace) as app:
        posts = _waiting(app) if every else _named(app, ids, errors)
        mended = app.intake.mended(posts, who=by, now=app.clock.now())
        for before in posts:
            post, now = mended.get(before.id, before), app.clock.now()
            try:
                deciding.refuse_unseen(before, post)
                approved.append(
                    deciding.approve(post, posts=app.store.posts, by=by, confirm=confirm, override=override, now=now)
                )
            except QuotidianError as error:
                errors.append(error)
        if override or mended:
            app.intake.schedule(who=by, now=app.clock.now())
    finish(
        ctx,
        [f"Post {post.id} approved by {post.approval.by}." for post in approved if post.approval],
        errors,
        as_json,
        [p.id for p in approved],
    )


def _deed(name: str, line: str, decide: Decide, *, states: Collection[State], example: str) -> Command:
    """A command that does the same to every delivery meant."""

    @command(name=name, help=f"{line}\n\n{MEANT}", example=example)
    @IDS
    @changing
    @click.pass_context
    def deed(ctx: click.Context, /, wanted: Wanted, **given: Any) -> None:
        # What goes on again may lack a card that can be painted by now; the others need none.
        prepare = _mended if State.SCHEDULED not in states else _unprepared
        act_on(ctx, wanted, decide, states=states, prepare=prepare, **given)

    return deed


def _mended(app: App, chosen: Chosen, by: str) -> Chosen:
    return app.deciding.renewer.mended(chosen, who=by, now=app.clock.now())


def _unprepared(_: App, chosen: Chosen, __: str) -> Chosen:
    return chosen


def _held(_: App, chosen: Chosen, by: str) -> Verdict:
    return stepping(partial(transitions.hold, words=f"Held by {by}."), "held it")(chosen)


def _cancelled(_: App, chosen: Chosen, by: str) -> Verdict:
    return cancelling(by)(chosen)


def _released(app: App, chosen: Chosen, _: str) -> Verdict:
    return app.deciding.renewer.again(transitions.release, "released it", chosen, now=app.clock.now())


def _tried_anew(app: App, chosen: Chosen, _: str) -> Verdict:
    return app.deciding.renewer.again(transitions.retry, "asked for another try", chosen, now=app.clock.now())


hold = _deed(
    "hold",
    "Keep deliveries back until they are released; one that was cancelled comes back so, by its code.",
    _held,
    states=LIVE - {State.HELD},
    example="quotidian hold 3",
)
release = _deed(
    "release",
    "Give held deliveries the next free slots of their channels, in the present words of their posts.",
    _released,
    states={State.HELD},
    example="quotidian release 1",
)
cancel = _deed(
    "cancel",
    "Never send these deliveries.",
    _cancelled,
    states=LIVE,
    example="quotidian cancel --article sleep --status scheduled --dry-run",
)
retry = _deed(
    "retry",
    "Send failed deliveries in the next free slots of their channels.",
    _tried_anew,
    states={State.FAILED},
    example="quotidian retry 4",
)


@command(example="quotidian resolve 5 --there https://network.example/posts/12")
@click.argument("code", metavar="ID", shell_complete=complete_ids)
@click.option(
    "--there", metavar="[URL]", is_flag=False, flag_value="", default=None, help="It is there, at URL if you know it."
)
@click.option("--again", is_flag=True, help="It is not there: send it once more, in the next free slot.")
@BY
@click.pass_context
def resolve(
    ctx: click.Context, code: str, there: str | None, again: bool, by: str, workspace: str, as_json: bool
) -> None:
    """Say what became of a delivery that nobody could find."""
    if (there is not None) == again:
        raise click.UsageError("Say --there (with the address, if you know it) or --again.")

    def decide(app: App, chosen: Chosen, _: str) -> Verdict:
        if again:
            return app.deciding.renewer.same_again(transitions.resolve_again, ASKED_AGAIN, chosen, now=app.clock.now())
        return stepping(partial(transitions.resolve_there, url=there or ""), "looked: it is there")(chosen)

    wanted = Wanted(ids=(code,))
    act_on(ctx, wanted, decide, states=LIVE, by=by, yes=True, dry_run=False, workspace=workspace, as_json=as_json)


def _waiting(app: App) -> list[Post]:
    return review.waiting(app.store.listing, app.store.selection)


def post_named(app: App, name: str) -> Post:
    """By its number, or the code of one of its deliveries. Raises NotFound."""
    number = post_number(name)
    return app.store.posts.get(app.store.deliveries.get(name).post_id if number is None else number)


def _named(app: App, ids: Iterable[str], errors: list[QuotidianError]) -> list[Post]:
    found = []
    for name in ids:
        try:
            found.append(post_named(app, name))
        except QuotidianError as error:
            errors.append(error)
    return found
