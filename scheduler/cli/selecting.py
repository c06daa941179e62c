"""How the commands name what they are about: by ids, by a filter, or both; and how they ask before they change much."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from itertools import islice
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from scheduler.cli.common import Body, opened, who
from scheduler.cli.localtime import instant
from scheduler.domain.errors import NotFound, QuotidianError
from scheduler.usecases.select import STATUSES, Filter

if TYPE_CHECKING:
    from scheduler.bootstrap import App

TIMES = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
MOST_OFFERED = 50
Offers = Callable[["App", str], Iterator[tuple[str, str]]]
"""Names with what is told of them, from a workspace and the letters that a name may begin with."""
BY = click.option(
    "--by", metavar="NAME", default=who, show_default="your login", help="The name that stands in the audit log."
)


def _completing(offers: Offers) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """What the tab key offers, from the workspace; nothing where there is none."""

    def complete(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
        with suppress(QuotidianError), opened(ctx.params.get("workspace") or ".") as app:
            fitting = (CompletionItem(name, help=words) for name, words in offers(app, begun) if name.startswith(begun))
            return list(islice(fitting, MOST_OFFERED))
        return []

    return complete


def _ids(app: App, begun: str) -> Iterator[tuple[str, str]]:
    posts, deliveries = app.store.listing.named(begun, most=MOST_OFFERED)
    yield from ((str(post.id), post.words) for post in posts)
    yield from ((one.code, f"{one.promise.said} {one.channel}") for one in deliveries)


def _channels(app: App, _: str) -> Iterator[tuple[str, str]]:
    return ((name, "") for name in app.settings.channels)


def _campaigns(app: App, _: str) -> Iterator[tuple[str, str]]:
    return ((name, "") for name in campaigns_of(app))


complete_ids = _completing(_ids)


def _pausable(app: App, begun: str) -> Iterator[tuple[str, str]]:
    yield from _channels(app, begun)
    yield from _campaigns(app, begun)


complete_pausable = _completing(_pausable)
complete_channels = _completing(_channels)
complete_campaigns = _completing(_campaigns)
IDS = click.argument("ids", metavar="[ID…]", nargs=-1, shell_complete=complete_ids)
TIME = click.DateTime(TIMES)
FILTERS = (
    click.option(
        "--channel",
        "channels",
        metavar="NAME",
        multiple=True,
        shell_complete=complete_channels,
        help="Of one channel; may be said more than once.",
    ),
    click.option(
        "--campaign", metavar="NAME", default="", shell_complete=complete_campaigns, help="Planned by a campaign."
    ),
    click.option("--article", metavar="WORDS", default="", help="Of articles with these words in their title."),
    click.option("--category", metavar="NAME", default="", help="Of a category, or a kind such as `tip`."),
    click.option(
        "--status",
        "statuses",
        type=click.Choice(STATUSES),
        metavar="STATUS",
        multiple=True,
        help="In this state; may be said more than once.",
    ),
    click.option(
        "--since",
        type=TIME,
        metavar="WHEN",
        help="From this time on, as `2026-12-01` or `2026-12-01 08:30` in the workspace's zone.",
    ),
    click.option("--until", type=TIME, metavar="WHEN", help="Before this time."),
    click.option("--text", metavar="WORDS", default="", help="With these words in their text."),
)
ASKING = (
    click.option("--yes", is_flag=True, help="Don't ask, however many a filter finds."),
    click.option("--dry-run", is_flag=True, help="Only show what would be changed."),
    BY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for, in the words of the command line; times are those of the clock on the wall."""

    ids: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    campaign: str = ""
    article: str = ""
    category: str = ""
    statuses: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""

    @property
    def is_filter(self) -> bool:
        """Whether somebody may not know how many are meant."""
        return not self.ids

    def filter(self, app: App) -> Filter:
        """As the use cases know it. Raises NotFound for a channel or a campaign that is nowhere."""
        _refuse_unknown(self, app)
        return Filter(
            channels=frozenset(self.channels),
            statuses=frozenset(self.statuses),
            campaign=self.campaign,
            article=self.article,
            category=self.category,
            text=self.text,
            since=instant(self.since, app),
            until=instant(self.until, app),
        )


FIELDS = ("channels", "campaign", "article", "category", "statuses", "since", "until", "text")


def filtered(body: Callable[..., None], options: Sequence[Callable[[Body], Body]] = FILTERS) -> Body:
    """Gives a command the options of a filter; its body gets them as one `wanted`, with its ids if it takes some."""

    @wraps(body)
    def wrapped(*args: Any, **given: Any) -> None:
        named = {name: given.pop(name) for name in ("ids", *FIELDS) if name in given}
        body(*args, wanted=Wanted(**named), **given)

    return _with(options, wrapped)


def changing(body: Callable[..., None], options: Sequence[Callable[[Body], Body]] = FILTERS) -> Body:
    """The same for a command that changes what it finds; it needs an id or a filter, and asks."""

    @wraps(body)
    def wrapped(*args: Any, wanted: Wanted, **given: Any) -> None:
        if wanted == Wanted():
            raise click.UsageError("Name posts or deliveries, or say which by a filter such as --channel.")
        body(*args, wanted=wanted, **given)

    return filtered(_with(ASKING, wrapped), options)


def editing(body: Callable[..., None]) -> Body:
    """The same for a command whose --text is what a post shall say."""
    return changing(body, FILTERS[:-1])


def refuse_to_guess() -> None:
    """Where nobody can be asked. Raises UsageError."""
    if not sys.stdin.isatty():
        raise click.UsageError("Nobody can be asked here. Look with --dry-run, then say --yes.")


def _with(options: Sequence[Callable[[Body], Body]], body: Body) -> Body:
    for option in reversed(options):
        body = option(body)
    return body


def _refuse_unknown(wanted: Wanted, app: App) -> None:
    """A name with a slip of the pen finds nothing, which would look like good news."""
    for channel in wanted.channels:
        if channel not in app.settings.channels and not app.store.calendar.bookings(channel=channel):
            names = ", ".join(sorted(app.settings.channels))
            raise NotFound(f"There is no channel '{channel}'.", hint=f"There are {names}.")
    if wanted.campaign and wanted.campaign.casefold() not in map(str.casefold, campaigns_of(app)):
        hint = f"There are {', '.join(campaigns_of(app))}."
        raise NotFound(f"There is no campaign '{wanted.campaign}'.", hint=hint)


def campaigns_of(app: App) -> list[str]:
    """Those that can be joined, and those that planned something while they could."""
    return sorted({*app.campaigns.known, *app.store.selection.campaigns()})
