"""quotidian pause and resume."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import command, emit, opened, say
from scheduler.cli.localtime import instant, local
from scheduler.cli.selecting import BY, TIME, campaigns_of, complete_pausable
from scheduler.domain.pause import Pause
from scheduler.usecases import pause as pausing

if TYPE_CHECKING:
    from scheduler.bootstrap import App

NAME = click.argument(
    "name", metavar="[CHANNEL|CAMPAIGN]", required=False, default=None, shell_complete=complete_pausable
)
EVERY = click.option("every", "--all", is_flag=True, help="Everything at once.")


@command(example='quotidian pause folder --until "2028-12-28 08:00" --why "Closed for the holidays"')
@NAME
@EVERY
@click.option(
    "--until",
    type=TIME,
    metavar="WHEN",
    help="Go on by itself then, as `2026-12-28` or `2026-12-28 08:00` in the workspace's zone.",
)
@click.option("--why", metavar="WORDS", default="", help="The reason, for whoever looks.")
@BY
def pause(
    name: str | None, every: bool, until: datetime | None, why: str, by: str, workspace: str, as_json: bool
) -> None:
    """Let nothing of a channel or a campaign go out until it is resumed; with --all, of no channel.

    It holds at once, for a worker that runs too; only what is already on its way ends. Deliveries keep their times.
    """
    with opened(workspace) as app:
        names = _chosen(name, every, app.settings.channels)
        end = instant(until, app)
        done = [
            name
            for name in names
            if pausing.pause(
                name,
                channels=app.settings.channels,
                campaigns=campaigns_of(app),
                pauses=app.store.pauses,
                who=by,
                now=app.clock.now(),
                until=end,
                why=why,
            )
        ]
        _tell(app, done, as_json, nothing="It was paused before.")


@command(example="quotidian resume --all")
@NAME
@EVERY
@BY
def resume(name: str | None, every: bool, by: str, workspace: str, as_json: bool) -> None:
    """Let a channel or a campaign go on; with --all, everything that is paused.

    What fell due meanwhile never comes in a burst. Of a campaign, it goes into the next free slots, no denser than
    the campaign's rhythm. Of a channel, up to 15 minutes late it is sent, up to 24 hours it is spread out, and what is
    later is held with a notice, unless its post, its campaign or the settings say otherwise.
    """
    with opened(workspace) as app:
        names = _chosen(name, every, [one.name for one in _standing(app)])
        for campaign in set(names) & set(app.store.pauses.campaigns()):
            app.campaigner.take_up(campaign, who=by, now=app.clock.now())
        done = [
            name
            for name in names
            if pausing.resume(
                name,
                channels=app.settings.channels,
                campaigns=campaigns_of(app),
                pauses=app.store.pauses,
                who=by,
                now=app.clock.now(),
            )
        ]
        _tell(app, done, as_json, nothing="Nothing was paused.")


def paused_lines(app: App) -> list[str]:
    """What stands still, who stopped it, since when and why, one sentence each."""
    return [f"{one.name} is {said(one, app)}. `quotidian resume {one.name}` ends it." for one in _standing(app)]


def said(one: Pause, app: App) -> str:
    """`paused by Ann since … until …, “the reason”`, and the way out where the network gave the reason."""
    until = f" until {local(one.until, app)}" if one.until else ""
    why = f" ({' '.join(part for part in (one.why, one.hint) if part)})" if one.by_network else f", “{one.why}”"
    return f"paused by {one.by} since {local(one.since, app)}{until}{why if one.why else ''}"


def pause_of(channel: str, campaign: str, app: App) -> Pause | None:
    """What keeps a delivery of a channel and a campaign back."""
    pauses = app.store.pauses
    return pauses.all().get(channel) or (pauses.campaigns().get(campaign) if campaign else None)


def _standing(app: App) -> Iterator[Pause]:
    yield from app.store.pauses.all().values()
    yield from app.store.pauses.campaigns().values()


def _chosen(name: str | None, every: bool, all_of_them: Collection[str]) -> list[str]:
    if every == (name is not None):
        raise click.UsageError("Name a channel or a campaign, or say --all.")
    return list(all_of_them) if name is None else [name]


def _tell(app: App, done: list[str], as_json: bool, *, nothing: str) -> None:
    standing = list(_standing(app))
    if as_json:
        emit({"done": done, "paused": standing})
        return
    still = {one.name for one in standing}
    going = [f"{name} goes on." for name in done if name not in still]
    say("\n".join([*([] if done else [nothing]), *going, *paused_lines(app)]))
