"""quotidian approve, hold, release, cancel, retry, resolve."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import Command, as_data, command, emit, opened, post_number, say, tell, who
from scheduler.domain import transitions
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import NotFound, QuotidianError
from scheduler.domain.post import Post
from scheduler.domain.slots import SlotTime
from scheduler.usecases import decide, review

if TYPE_CHECKING:
    from scheduler.bootstrap import App

Act = Callable[[Delivery], Delivery]
Choice = Callable[["App", Delivery, str], Act]
"""From the app, a delivery and who decides to what is done with it."""
Deed = Callable[["App", Delivery, str], Delivery]
"""The same, done and stored."""
BY = click.option(
    "--by", metavar="NAME", default=who, show_default="your login", help="The name that stands in the audit log."
)


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
                decide.refuse_unseen(before, post)
                approved.append(
                    decide.approve(post, posts=app.store.posts, by=by, confirm=confirm, override=override, now=now)
                )
            except QuotidianError as error:
                errors.append(error)
        if override or mended:
            app.intake.schedule(who=by, now=app.clock.now())
    _tell(
        ctx,
        [f"Post {post.id} approved by {post.approval.by}." for post in approved if post.approval],
        errors,
        as_json,
        [p.id for p in approved],
    )


def _next_slot(app: App, delivery: Delivery) -> SlotTime:
    return app.channels.next_slot(delivery, app.clock.now())


def _into_next_slot(act: Callable[..., Delivery]) -> Choice:
    return lambda app, delivery, _: partial(act, slot=_next_slot(app, delivery))


def _changing(choose: Choice, what: str) -> Deed:
    def do(app: App, delivery: Delivery, by: str) -> Delivery:
        act, now = choose(app, delivery, by), app.clock.now()
        return decide.change(delivery, act, deliveries=app.store.deliveries, who=by, what=what, now=now)

    return do


def _tried_anew(app: App, delivery: Delivery, by: str) -> Delivery:
    return app.editor.retry(delivery, _next_slot(app, delivery), who=by, now=app.clock.now())


def _released(app: App, delivery: Delivery, by: str) -> Delivery:
    return app.editor.release(delivery, _next_slot(app, delivery), who=by, now=app.clock.now())


def _deed(name: str, line: str, do: Deed, *, example: str) -> Command:
    """A command that does the same to every delivery named."""

    @command(name=name, help=line, example=example)
    @click.argument("ids", metavar="ID…", nargs=-1, required=True)
    @BY
    @click.pass_context
    def deed(ctx: click.Context, ids: tuple[str, ...], by: str, workspace: str, as_json: bool) -> None:
        act_on(ctx, ids, workspace, as_json, do, by)

    return deed


hold = _deed(
    "hold",
    "Keep deliveries back until they are released.",
    _changing(lambda app, delivery, by: partial(transitions.hold, words=f"Held by {by}."), "held it"),
    example="quotidian hold 3",
)
release = _deed(
    "release",
    "Give held deliveries the next free slot of their channel, in the present words of their posts.",
    _released,
    example="quotidian release 1",
)
cancel = _deed(
    "cancel",
    "Never send these deliveries.",
    _changing(lambda app, delivery, by: partial(transitions.cancel, words=f"Cancelled by {by}."), "cancelled it"),
    example="quotidian cancel 3",
)
retry = _deed(
    "retry",
    "Send failed deliveries in the next free slot of their channel.",
    _tried_anew,
    example="quotidian retry 4",
)


@command(example="quotidian resolve 5 --there https://network.example/posts/12")
@click.argument("code", metavar="ID")
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
    seen = partial(transitions.resolve_there, url=there or "")
    choose = _into_next_slot(transitions.resolve_again) if again else lambda app, delivery, by: seen
    what = "looked: not there, send again" if again else "looked: it is there"
    act_on(ctx, (code,), workspace, as_json, _changing(choose, what), by)


def act_on(ctx: click.Context, ids: Sequence[str], workspace: str, as_json: bool, do: Deed, by: str) -> None:
    """Does the same to every delivery named, tells what became of each, and ends with the exit code."""
    done: list[Delivery] = []
    errors: list[QuotidianError] = []
    with opened(workspace) as app:
        for name in ids:
            for delivery in _found(app, name, errors):
                try:
                    done.append(do(app, delivery, by))
                except QuotidianError as error:
                    errors.append(_placed(error, delivery.code))
        lines = [f"{d.code} on {d.channel}: {d.state}{_when(d)}.{_lacks(app, d)}" for d in done]
    _tell(ctx, lines, errors, as_json, [d.code for d in done])


def _when(delivery: Delivery) -> str:
    return f", {delivery.wall_time.replace('T', ' ')}" if delivery.state is State.SCHEDULED else ""


def _lacks(app: App, delivery: Delivery) -> str:
    if delivery.state is not State.SCHEDULED or app.store.posts.get(delivery.post_id).may_go_out:
        return ""
    return f" It waits for a yes: `quotidian approve {delivery.post_id}`."


def _placed(error: QuotidianError, code: str) -> QuotidianError:
    error.path = error.path or f"delivery {code}"
    return error


def _found(app: App, name: str, errors: list[QuotidianError]) -> Sequence[Delivery]:
    try:
        return _deliveries(app, name)
    except QuotidianError as error:
        errors.append(error)
        return []


def _deliveries(app: App, name: str) -> Sequence[Delivery]:
    """A post's number means its deliveries that are not over."""
    number = post_number(name)
    if number is None:
        return [app.store.deliveries.get(name)]
    post = app.store.posts.get(number)
    over = (State.PUBLISHED, State.CANCELLED)
    found = [d for d in app.store.deliveries.select(post_id=post.id) if d.state not in over]
    if not found:
        raise NotFound(f"Post {post.id} has no delivery that is still to come.")
    return found


def _waiting(app: App) -> list[Post]:
    return review.waiting(review.entries(app.store.posts, app.store.deliveries, app.store.library))


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


def _tell(
    ctx: click.Context, lines: list[str], errors: list[QuotidianError], as_json: bool, done: Sequence[object]
) -> None:
    for error in errors:
        tell(error)
    if as_json:
        emit({"done": done, "errors": [as_data(error) for error in errors]})
    else:
        say("\n".join(lines) or "Nothing was changed.")
    ctx.exit(1 if errors else 0)
