"""What is told of each account, in the same order on each card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from scheduler.domain.audit import AuditEntry
from scheduler.domain.channel import Capabilities, Measure
from scheduler.domain.errors import QuotidianError
from scheduler.domain.slots import SlotTime, WeeklySlot, parse_slots
from scheduler.web.dashboard.accounts import Account, accounts_of
from scheduler.web.dashboard.agenda import Cost, costs
from scheduler.web.dashboard.slotwords import slots_in_words
from scheduler.web.dashboard.visit import Visit

TESTED, LETS_IN = "tested it: ", "tested it: it lets us in"
MOST_TIMES, MOST = 12, 1_000
AMONG_FIRST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCard:
    """One account. `slots` is in words, `times` are the next ones; `after` counts what is planned after its login ends.

    `who` is what the network calls us, or where the folder is; empty where that is not known yet.
    """

    account: Account
    slots: str
    weekly: int
    link: str
    length: str
    next_at: datetime | None
    last_out: datetime | None
    planned: int
    after: int
    times: tuple[SlotTime, ...]
    cost: Cost | None
    tested_at: datetime | None
    lets_in: bool
    who: str


def cards_of(visit: Visit) -> list[ChannelCard]:
    """All of the settings, those that need a person first."""
    spent = {one.channel: one for one in costs(visit.app, now=visit.now)}
    return [_card(visit, one, spent.get(one.name)) for one in accounts_of(visit.app, now=visit.now)]


def _card(visit: Visit, one: Account, cost: Cost | None) -> ChannelCard:
    screen, channel = visit.app.store.today_screen, visit.app.settings.channels[one.name]
    slots = parse_slots(channel.slots)
    tested = visit.app.store.remarks.last(f"channel {one.name}", beginning=TESTED)
    return ChannelCard(
        account=one,
        slots=slots_in_words(slots, locale=visit.app.settings.locale),
        weekly=sum(isinstance(slot, WeeklySlot) for slot in slots),
        link=_link(channel.link),
        length=_length(visit.app.channels.capabilities.get(one.name)),
        next_at=None if one.pause else screen.next_ready(one.name, most=AMONG_FIRST),
        last_out=screen.last_out(one.name, before=visit.now + timedelta(minutes=1)),
        planned=screen.after(one.name, visit.now, most=MOST),
        after=screen.after(one.name, one.ends, most=MOST) if one.ends else 0,
        times=_times(visit, one.name),
        cost=cost,
        tested_at=tested.at if tested else None,
        lets_in=bool(tested and tested.what.startswith(LETS_IN)),
        who=_who(visit, one, tested),
    )


def _who(visit: Visit, one: Account, tested: AuditEntry | None) -> str:
    if one.network == "folder":
        folder, root = visit.app.folders.outbox(one.name), visit.app.folders.root
        return str(folder.relative_to(root) if folder.is_relative_to(root) else folder)
    return tested.what.removeprefix(LETS_IN).removeprefix(": ") if tested and tested.what.startswith(LETS_IN) else ""


def _link(rule: str) -> str:
    every = rule.partition("every:")[2]
    return f"one post of {every}" if every else {"card": "on the picture alone"}.get(rule, rule)


def _length(takes: Capabilities | None) -> str:
    if takes is None:
        return "not known yet"
    return f"{takes.text_limit:,}{', a link counts as 23' if takes.measure is Measure.WEIGHTED else ''}"


def _times(visit: Visit, name: str) -> tuple[SlotTime, ...]:
    try:
        table = visit.app.channels.calendar(name)
    except QuotidianError:
        return ()
    return tuple(islice(table.times(after=visit.now), MOST_TIMES))
