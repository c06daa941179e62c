"""What the commands that change deliveries share: they work it out, show it where many are meant, ask, and tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import as_data, count, emit, opened, say, tell
from scheduler.cli.selecting import Wanted, refuse_to_guess
from scheduler.domain.brief import brief
from scheduler.domain.change import Change
from scheduler.domain.delivery import State
from scheduler.domain.errors import QuotidianError
from scheduler.usecases.change import Verdict, carry_out
from scheduler.usecases.decide import named
from scheduler.usecases.select import Chosen
from scheduler.usecases.threaded import heads, with_parts

if TYPE_CHECKING:
    from scheduler.bootstrap import App

SHOWN, LINE = 5, 40
Decide = Callable[["App", Chosen, str], Verdict]
"""What becomes of the deliveries chosen; the name is that of who decides."""
Prepare = Callable[["App", Chosen, str], Chosen]
"""What has to be done before."""


def act_on(
    ctx: click.Context,
    wanted: Wanted,
    decide: Decide,
    *,
    states: Collection[State],
    by: str,
    yes: bool,
    dry_run: bool,
    workspace: str,
    as_json: bool,
    prepare: Prepare = lambda _, chosen, __: chosen,
) -> None:
    """Does the same to every delivery meant, tells what became of each, and ends with the exit code.

    `states` are those that a filter means. One that finds several asks first.
    """
    named(by)
    with opened(workspace) as app:
        selector = app.deciding.selector
        chosen = heads(selector.choose(wanted.ids, wanted.filter(app), states=states))
        if dry_run or (wanted.is_filter and len(chosen.deliveries) > 1 and not yes):
            verdict = decide(app, chosen, by)
            if dry_run:
                _show(verdict, as_json=as_json)
                ctx.exit(1 if verdict.refused else 0)
            say("\n".join(_preview(verdict)), err=True)
            confirm(ctx)
            chosen = selector.again(chosen)
        verdict = with_parts(decide(app, prepare(app, chosen, by), by), chosen, app.store.deliveries)
        verdict = carry_out(verdict, changes=app.store.changes, who=by, now=app.clock.now())
    lines = [f"{_line(change)}.{_lacks(change, chosen)}" for change in verdict.changes]
    finish(ctx, lines, verdict.refused, as_json, [change.before.code for change in verdict.changes])


def confirm(ctx: click.Context) -> None:
    """Asks on a terminal; a no ends the command with exit code 1."""
    refuse_to_guess()
    if not click.confirm("Go on?", err=True):
        say("Nothing was changed.")
        ctx.exit(1)


def finish(
    ctx: click.Context, lines: Sequence[str], errors: Sequence[QuotidianError], as_json: bool, done: Sequence[object]
) -> None:
    """Tells what was done and what wasn't, and ends with the exit code."""
    for error in errors:
        tell(error)
    if as_json:
        emit({"done": done, "errors": [as_data(error) for error in errors]})
    else:
        say("\n".join(lines) or "Nothing was changed.")
    ctx.exit(1 if errors else 0)


def _show(verdict: Verdict, *, as_json: bool) -> None:
    if as_json:
        emit(
            {
                "would_change": [_as_data(change) for change in verdict.changes],
                "errors": [as_data(error) for error in verdict.refused],
            }
        )
        return
    for error in verdict.refused:
        tell(error)
    say("\n".join(_preview(verdict)))


def _preview(verdict: Verdict) -> Iterator[str]:
    changes = verdict.changes
    yield f"This changes {count(len(changes), 'delivery', 'deliveries')}{':' if changes else '.'}"
    for change in changes[:SHOWN]:
        was = f"{change.before.promise.said} → " if change.moves else ""
        yield f"  {_line(change, was=was)}: “{brief(change.before.text, LINE)}”"
    if len(changes) > SHOWN:
        yield f"  and {len(changes) - SHOWN} more"
    if verdict.refused:
        first = verdict.refused[0]
        yield f"This can't be: {len(verdict.refused)}, such as {first.place or 'one'}: {first.message}"


def _line(change: Change, *, was: str = "") -> str:
    """`was` stands before the new time."""
    after = change.after
    when = f", {was}{after.promise.said}" if after.state is State.SCHEDULED else ""
    return f"{after.code} on {after.channel}: {after.state}{when}"


def _as_data(change: Change) -> dict[str, Any]:
    return {
        "code": change.before.code,
        "channel": change.before.channel,
        "post": change.before.post_id,
        "from": {"state": change.before.state, "due_at": change.before.due_at},
        "to": {"state": change.after.state, "due_at": change.after.due_at},
    }


def _lacks(change: Change, chosen: Chosen) -> str:
    post = change.post or chosen.posts[change.before.post_id]
    if change.after.state is not State.SCHEDULED or post.may_go_out:
        return ""
    return f" It waits for a yes: `quotidian approve {post.id}`."
