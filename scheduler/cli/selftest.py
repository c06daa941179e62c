"""quotidian selftest: the crash test of the delivery engine, on this machine, with its numbers."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import command, count, emit, say, table, tell
from scheduler.domain.errors import PromiseBroken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scheduler.testing.plan import Result
    from scheduler.testing.tally import Tally

    Clocks = tuple[Tally, int] | None

LEAST_KILLS = 12
PER_KILL, PER_STOP = 40, 4
"""Deliveries for each kill, and for each time that a worker is stopped."""


@command(example="quotidian selftest --kill --deliveries 40 --seed 7")
@click.option("--kill", is_flag=True, help="Kill workers with -9; stop and continue them where several race.")
@click.option(
    "--deliveries",
    metavar="N",
    type=click.IntRange(1, 1_000_000),
    default=1000,
    show_default=True,
    help="How many there are.",
)
@click.option(
    "--seed",
    metavar="S",
    type=int,
    default=1,
    show_default=True,
    help="The same seed, the same plan of what goes wrong.",
)
@click.option(
    "--workers",
    metavar="W",
    type=click.IntRange(1, 16),
    default=1,
    show_default=True,
    help="More than one race without the lock that else keeps a second one away.",
)
def selftest(kill: bool, deliveries: int, seed: int, workers: int, workspace: str, as_json: bool) -> None:
    """Try the promise on this machine: never lost, never knowingly twice.

    Real workers publish to simulated networks in a scratch workspace, while one request of twenty fails and workers are
    killed at every step. Then the networks' own record is counted against the program's. Where libfaketime is
    installed, the clocks of a few more workers jump. Your workspace is left alone.

    There is a kill for every 40 deliveries; 1,000 take about a minute.
    """
    from scheduler.bootstrap.jumping import try_jumps
    from scheduler.bootstrap.trial import run
    from scheduler.testing.plan import Plan

    kills = max(LEAST_KILLS, deliveries // PER_KILL) if kill else 0
    stops = deliveries // PER_STOP if kill and workers > 1 else 0
    plan = Plan(deliveries=deliveries, seed=seed, workers=workers, kills=kills, stops=stops)
    with _bar(deliveries) as told:
        result = run(plan, told=told)
    clocks = try_jumps(plan) if kill else None
    if as_json:
        emit(_document(result) | _clock_document(clocks))
    else:
        _tell(result, clocks)
    if not (result.total.conserved and (clocks is None or clocks[0].conserved)):
        tell(PromiseBroken(hint=f"Please report it, with --deliveries {deliveries} --seed {seed} --workers {workers}."))
        click.get_current_context().exit(PromiseBroken.exit_code)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """On a terminal only. It is drawn when it is told something: a thread of its own would end up in the forks."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("Publishing", total=total)
        yield lambda done: bar.update(task, completed=done, refresh=True)


def _document(result: Result) -> dict[str, Any]:
    return {
        **_numbers(result.total),
        "kills": sum(result.kills.values()),
        "stops": result.stopped,
        "workers": result.plan.workers,
        "seed": result.plan.seed,
        "seconds": result.seconds,
        "kills_by_step": result.kills,
        "networks": {kind: _numbers(tally) for kind, tally in result.by_kind.items()},
    }


def _clock_document(clocks: Clocks) -> dict[str, Any]:
    return {"clocks": {"jumps": clocks[1], **_numbers(clocks[0])} if clocks else None}


def _numbers(tally: Tally) -> dict[str, int]:
    names = ("deliveries", "accepted", "published", "held", "failed", "lost", "duplicated", "falsely_published")
    return {name: getattr(tally, name) for name in names}


def _tell(result: Result, clocks: Clocks) -> None:
    heads = ["network", *_numbers(result.total)]
    rows = [[kind, *map(str, _numbers(tally).values())] for kind, tally in result.by_kind.items()]
    rows.append(["all", *map(str, _numbers(result.total).values())])
    table([head.replace("_", " ") for head in heads], rows, empty="")
    steps = ", ".join(f"{number} {step}" for step, number in sorted(result.kills.items()))
    say(f"\n{count(sum(result.kills.values()), 'kill')} with -9{f' ({steps})' if steps else ''}, ", end="")
    say(f"{count(result.stopped, 'stop')}, {count(result.plan.workers, 'worker')}, ", end="")
    say(f"seed {result.plan.seed}, {result.seconds} s.")
    if clocks:
        told = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in _numbers(clocks[0]).items())
        say(f"{count(clocks[1], 'jump')} of clocks by hours and days: {told}.")
    if result.total.conserved:
        say("Every post that a network has is known to be there, or held for a person to look; none is there twice.")
