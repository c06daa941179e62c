"""quotidian move."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.changing import act_on
from scheduler.cli.common import Command
from scheduler.cli.selecting import IDS, Wanted, changing
from scheduler.domain.delivery import LIVE, State
from scheduler.usecases.change import Verdict
from scheduler.usecases.select import Chosen

if TYPE_CHECKING:
    from scheduler.bootstrap import App

BACK = re.compile(r"-\d+(min|h|d|w)")


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
