"""quotidian pause and resume."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import command, emit, opened, say
from scheduler.cli.decide import BY
from scheduler.cli.log import local
from scheduler.domain.pause import Pause
from scheduler.usecases import pause as pausing

if TYPE_CHECKING:
    from scheduler.bootstrap import App


@command(example="quotidian pause folder")
@click.argument("channel", metavar="[CHANNEL]", required=False)
@click.option("every", "--all", is_flag=True, help="Every channel.")
@BY
def pause(channel: str | None, every: bool, by: str, workspace: str, as_json: bool) -> None:
    """Let nothing go out on a channel until it is resumed.

    It holds at once, for a worker that runs too; only what is already on its way ends. Deliveries keep their times.
    """
    with opened(workspace) as app:
        names = _chosen(channel, every, app.settings.channels)
        done = [name for name in names if _pause(app, name, by)]
        _tell(app, done, as_json, nothing="It was paused before.")


@command(example="quotidian resume --all")
@click.argument("channel", metavar="[CHANNEL]", required=False)
@click.option("every", "--all", is_flag=True, help="Every channel.")
@BY
def resume(channel: str | None, every: bool, by: str, workspace: str, as_json: bool) -> None:
    """Let a channel go on.

    What fell due meanwhile never comes in a burst: up to 15 minutes late it is sent, up to 24 hours it is spread out,
    and what is later is held with a notice.
    """
    with opened(workspace) as app:
        names = _chosen(channel, every, app.store.pauses.all())
        done = [name for name in names if _resume(app, name, by)]
        _tell(app, done, as_json, nothing="Nothing was paused.")


def paused_lines(app: App) -> list[str]:
    """Which channels stand still, who stopped them and since when, one sentence each."""
    return [
        f"{one.channel} is {paused_in_words(one, app)}. `quotidian resume {one.channel}` ends it."
        for one in app.store.pauses.all().values()
    ]


def paused_in_words(pause: Pause, app: App) -> str:
    """Who stopped a channel, since when and until when, and why."""
    until = f" until {local(pause.until, app)}" if pause.until else ""
    why = f" ({' '.join(part for part in (pause.why, pause.hint) if part)})" if pause.why else ""
    return f"paused by {pause.by} since {local(pause.since, app)}{until}{why}"


def _chosen(channel: str | None, every: bool, all_of_them: Collection[str]) -> list[str]:
    if every == (channel is not None):
        raise click.UsageError("Name a channel, or say --all.")
    return list(all_of_them) if channel is None else [channel]


def _pause(app: App, channel: str, by: str) -> bool:
    return pausing.pause(channel, channels=app.settings.channels, pauses=app.store.pauses, who=by, now=app.clock.now())


def _resume(app: App, channel: str, by: str) -> bool:
    return pausing.resume(channel, channels=app.settings.channels, pauses=app.store.pauses, who=by, now=app.clock.now())


def _tell(app: App, done: list[str], as_json: bool, *, nothing: str) -> None:
    if as_json:
        emit({"done": done, "paused": list(app.store.pauses.all().values())})
        return
    going = [f"{name} goes on." for name in done if name not in app.store.pauses.all()]
    say("\n".join([*([] if done else [nothing]), *going, *paused_lines(app)]))
