"""quotidian plan and quotidian queue: the same look at posts/, once without and once with keeping it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli import again, moves
from scheduler.cli.common import as_data, command, count, emit, opened, progress, say, table, tell, who
from scheduler.cli.complaints import errors_of
from scheduler.cli.icsfile import ICS, as_planned, write_ics
from scheduler.cli.news import news
from scheduler.cli.rechecked import tell_rechecked
from scheduler.cli.revised import as_lists, in_words, lines
from scheduler.domain.brief import brief, part_in_brief
from scheduler.domain.findings import Severity
from scheduler.usecases.budget import Spending
from scheduler.usecases.ingest import Fate, Taken
from scheduler.usecases.plan import LeftOut, Plan, Planned

if TYPE_CHECKING:
    from scheduler.bootstrap import App


PRUNE = "Cancel ready-made posts whose rows are gone from their file, or whose file is gone."


@command(example="quotidian plan --ics coming.ics")
@click.option("--prune", is_flag=True, help=PRUNE)
@ICS
@click.pass_context
def plan(ctx: click.Context, prune: bool, calendar: Path | None, workspace: str, as_json: bool) -> None:
    """Show what queue would add, change or hold back, with times, costs and findings; change nothing.

    Feeds are not asked. With --ics, the calendar file holds what is planned already and what would be added. Exit code
    1 when a post is left out, or a file or a row of one refused.
    """
    with opened(workspace) as app:
        names = app.posts_folder.names(prune=prune)
        now = app.clock.now()
        taken = list(progress(app.posts_folder.look(names, now=now, prune=prune), total=len(names), what="Reading"))
        result, zone = app.intake.plan(now=now, coming=taken), app.settings.time_zone
        money = app.budget.outlook(now=now, adding=[planned.delivery for planned in result.planned])
        if calendar:
            write_ics(calendar, as_planned(app, result), app)
    _report(taken, result, money, zone, as_json=as_json, done=False)
    ctx.exit(1 if result.left_out or _refused(taken) else 0)


@command(example="quotidian queue posts/articles/sleep.md")
@click.argument("files", metavar="[FILE|URL…]", nargs=-1)
@click.option("--prune", is_flag=True, help=PRUNE)
@click.pass_context
def queue(ctx: click.Context, files: tuple[str, ...], prune: bool, workspace: str, as_json: bool) -> None:
    """Take in what is new under posts/ and in the feeds, paint the cards and plan the posts into free slots.

    With FILES or URLs, only these: a page of the web is an article as a file is, where its site lets programs read it.
    Of a file that was edited since, the posts that aren't out yet follow it, those that are out are flagged, and none
    is made twice. So do ready-made posts follow the rows of their tables. The files stay as they are. Queueing twice
    changes nothing. Exit code 1 when a file or a row is refused or a card can't be painted.
    """
    with opened(workspace) as app:
        tell_rechecked(app)
        names = [app.named(file) for file in files] or app.posts_folder.names(prune=prune)
        taken = list(progress(_kept(app, names, prune=prune), total=len(names), what="Reading"))
        taken += [] if files else news(app)
        bare = app.intake.bare(again=True)
        painted = app.intake.paint(bare, who=who(), now=app.clock.now())
        for _ in progress(painted, total=len(bare), what="Painting"):
            pass
        result, zone = app.intake.schedule(who=who(), now=app.clock.now()), app.settings.time_zone
        money = app.budget.outlook(now=app.clock.now())
    _report(taken, result, money, zone, as_json=as_json, done=True)
    without_card = [left for left in result.left_out if left.post.card_refusal]
    ctx.exit(1 if _refused(taken) or without_card else 0)


def _kept(app: App, names: Iterable[str], *, prune: bool) -> Iterable[Taken]:
    for taken in app.posts_folder.look(names, now=app.clock.now(), prune=prune):
        yield app.posts_folder.keep(taken, who=who(), now=app.clock.now())


def _refused(taken: Iterable[Taken]) -> list[Taken]:
    """Files that are refused, as a whole or some of their rows."""
    return [each for each in taken if each.error or each.complaints]


def _report(taken: list[Taken], plan: Plan, money: Sequence[Spending], zone: str, *, as_json: bool, done: bool) -> None:
    for each in taken:
        for error in (*([each.error] if each.error else ()), *errors_of(each)):
            tell(error)
    if as_json:
        emit(_document(taken, plan) | {"spending": money})
        return
    for each in taken:
        if each.fate in (Fate.NEW, Fate.CHANGED) or each.notes:
            say(_words(each))
    table(
        ["when", "channel", "post", "findings", "words"],
        [_row(planned) for planned in plan.planned],
        empty="Nothing is planned anew." if plan.left_out or plan.moves else "Nothing new to plan.",
    )
    if cost := sum(planned.cost_usd for planned in plan.planned):
        say(f"These posts cost about {cost:.2f} US dollars.")
    tell_money(money)
    for line in (*moves.lines(plan, zone, done=done), *_left_lines(plan), *again.lines(plan)):
        say(line)
    if done and plan.planned:
        say(f"{len(plan.planned)} planned. Look at them with `quotidian preview`, then `quotidian approve`.")


def _left_lines(plan: Plan) -> Iterator[str]:
    for (channel, reason), left_out in _by_reason(plan.left_out).items():
        yield f"Left out on {channel}: {count(len(left_out), 'post')}. {reason}"
        for left in left_out:
            yield f"  {f'{left.post.id}: ' if left.post.id else ''}“{brief(left.post.words)}”"


def tell_money(money: Iterable[Spending]) -> None:
    """What each account that costs has spent, what is planned, and its cap, a line a month."""
    for month in money:
        cap = f"; CHANNELS__{month.channel.upper()}__MONTHLY_CAP sets one" if month.cap_usd is None else ""
        say(f"{month.channel} in {month.month}: {month.words}{cap}.", fg="yellow" if month.over else None)


def _by_reason(left_out: Iterable[LeftOut]) -> dict[tuple[str, str], list[LeftOut]]:
    """By channel and what can be done about it."""
    found: dict[tuple[str, str], list[LeftOut]] = {}
    for left in left_out:
        reason = f"{left.reason} {'' if left.post.blocked else left.hint}".strip()
        found.setdefault((left.channel, reason), []).append(left)
    return found


def _words(taken: Taken) -> str:
    notes = [f"  {note}" for note in (taken.cut.notes if taken.cut else taken.notes)]
    if taken.revision:
        return "\n".join([f"{taken.name} changed: {in_words(taken.revision)}.", *lines(taken.revision), *notes])
    if taken.fate not in (Fate.NEW, Fate.CHANGED):
        return "\n".join([f"{taken.name}:", *notes])
    title = taken.article.title if taken.article else ""
    return "\n".join([f"{taken.name}: “{title}”, {count(len(taken.posts), 'post')}.", *notes])


def _row(planned: Planned) -> list[str]:
    delivery = planned.delivery
    findings = [f"{finding.severity}: {finding.rule}" for finding in planned.post.findings]
    if run := again.run_of(planned):
        findings.insert(0, run)
    post = str(planned.post.id) if planned.post.id else "new"
    return [
        delivery.wall_time.replace("T", " "),
        delivery.channel,
        post,
        ", ".join(findings),
        part_in_brief(planned.post, delivery.part),
    ]


def _document(taken: list[Taken], plan: Plan) -> dict[str, Any]:
    return {
        "files": [
            {
                "file": each.name,
                "fate": each.fate,
                "title": each.title or None,
                "posts": len(each.posts),
                "error": as_data(each.error) if each.error else None,
                "notes": each.cut.notes if each.cut else each.notes,
                "complaints": [as_data(error) for error in errors_of(each)],
                **as_lists(each.revision),
            }
            for each in taken
        ],
        "planned": [_planned(planned) for planned in plan.planned],
        "left_out": [_left_out(left) for left in plan.left_out],
        **moves.as_lists(plan),
        **again.as_lists(plan),
    }


def _planned(planned: Planned) -> dict[str, Any]:
    delivery = planned.delivery
    return {
        "code": delivery.code,
        "post": planned.post.id or None,
        "article": delivery.article,
        "channel": delivery.channel,
        "due_at": delivery.due_at,
        "wall_time": delivery.wall_time,
        "run": delivery.run,
        "last_run": planned.again.last if planned.again else None,
        "zone": delivery.zone,
        "text": delivery.text,
        "length": planned.composed.length,
        "limit": planned.composed.limit,
        "link": delivery.link,
        "cost_usd": planned.cost_usd,
        "findings": planned.post.findings,
    }


def _left_out(left: LeftOut) -> dict[str, Any]:
    return {
        "post": left.post.id or None,
        "channel": left.channel,
        "text": left.post.words,
        "reason": left.reason,
        "hint": left.hint,
        "blocked": left.post.has(Severity.BLOCK),
        "findings": left.post.findings,
    }
