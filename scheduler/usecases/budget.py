"""What posts cost, what an account has spent in a month, and what would go over its cap.

A month is one of the workspace's zone. What may be out there counts as spent until somebody knows that it isn't.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from scheduler.domain.delivery import Delivery
from scheduler.domain.pricing import NOTHING, Price, dollars
from scheduler.usecases.plan import Outlet, price_of

CAP_WORDS = "The month's cap"
"""How the words of a delivery begin that was held for the money."""


class Ledger(Protocol):
    """What deliveries cost: each carries its price from its intent on, as long as it may be out there."""

    def spent(self, channel: str, *, since: datetime, until: datetime) -> float:
        """US dollars of what was sent between these (`until` is exclusive), known to be out or not."""
        ...

    def begun(self, channel: str) -> Sequence[Delivery]:
        """What is claimed and not sent yet, by due instant."""
        ...

    def rest(self, delivery: Delivery) -> Sequence[Delivery]:
        """The later parts of a thread that are to follow its first one."""
        ...

    def coming(self, channel: str) -> Iterator[Delivery]:
        """What is scheduled, by due instant, one by one: a long calendar would fill the memory."""
        ...


@dataclass(frozen=True, kw_only=True)
class Budget:
    """The accounts of a workspace as far as they cost; without outlets all is free."""

    ledger: Ledger
    find_outlets: Callable[[], Sequence[Outlet]]
    zone: str

    @cached_property
    def _outlets(self) -> Mapping[str, Outlet]:
        return {one.name: one for one in self.find_outlets() if not one.capabilities.prices.is_free}

    def price(self, delivery: Delivery, *, now: datetime) -> Price:
        """What it costs to send it now."""
        outlet = self._outlets.get(delivery.channel)
        if outlet is None:
            return NOTHING
        has_card = bool(delivery.alt_text)
        return price_of(outlet, delivery.text, delivery.link, has_card=has_card, day=now.astimezone(UTC).date())

    def refuses(self, delivery: Delivery, *, now: datetime) -> str:
        """Why a claimed delivery must not go out this month; empty where it may.

        Of several that are claimed at once the earlier ones come first, so that no two count on the same dollar. A
        thread is weighed as a whole when it begins, and never broken off for the money.
        """
        outlet = self._outlets.get(delivery.channel)
        if outlet is None or outlet.cap_usd is None or delivery.part:
            return ""
        usd = sum(self.price(one, now=now).usd for one in (delivery, *self.ledger.rest(delivery)))
        first = month_of(now, self.zone)
        spent = self.spent(delivery.channel, first)
        ahead = (one for one in self.ledger.begun(delivery.channel) if _turn(one) < _turn(delivery))
        taken = spent + sum(self.price(one, now=now).usd for one in ahead)
        if round(taken + usd, 4) <= outlet.cap_usd:
            return ""
        return (
            f"{CAP_WORDS} of {dollars(outlet.cap_usd)} doesn't allow it: {dollars(spent)} are spent in {first:%B}, "
            f"and it costs {dollars(usd)}."
        )

    def spent(self, channel: str, month: date) -> float:
        """US dollars of a month, which is named by its first day."""
        return self.ledger.spent(channel, since=starts(month, self.zone), until=starts(following(month), self.zone))

    def outlook(self, *, now: datetime, adding: Sequence[Delivery] = ()) -> tuple[Spending, ...]:
        """Each account that costs, this month and every later one with plans, `adding` deliveries that aren't kept."""
        return tuple(each for outlet in self._outlets.values() for each in self._of(outlet, now, adding))

    def of_month(self, month: date, *, now: datetime) -> tuple[Spending, ...]:
        """Each account that costs, in one month."""
        months = self.outlook(now=now)
        empty = (self._month(outlet, month, ()) for outlet in self._outlets.values())
        named = {one.channel: one for one in months if one.month == f"{month:%Y-%m}"}
        return tuple(named.get(one.channel, one) for one in empty)

    def _of(self, outlet: Outlet, now: datetime, adding: Sequence[Delivery]) -> list[Spending]:
        this = month_of(now, self.zone)
        months: dict[date, list[tuple[datetime, float]]] = {this: []}
        added = sorted((one for one in adding if one.channel == outlet.name), key=_turn)
        for delivery in heapq.merge(self.ledger.coming(outlet.name), added, key=_turn):
            month = max(month_of(delivery.due_at, self.zone), this)
            months.setdefault(month, []).append((delivery.due_at, self.price(delivery, now=delivery.due_at).usd))
        return [self._month(outlet, month, planned) for month, planned in sorted(months.items())]

    def _month(self, outlet: Outlet, month: date, planned: Sequence[tuple[datetime, float]]) -> Spending:
        spent = self.spent(outlet.name, month)
        prices = [usd for _, usd in planned]
        over = _over(prices, room=None if outlet.cap_usd is None else outlet.cap_usd - spent)
        return Spending(
            channel=outlet.name,
            month=f"{month:%Y-%m}",
            spent_usd=spent,
            planned_usd=round(sum(prices), 4),
            cap_usd=outlet.cap_usd,
            over=len(over),
            reached_at=planned[over[0]][0] if over else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """One account in one month (`2026-11`), in US dollars; `cap_usd` is None where there is none.

    From `reached_at` on, `over` of the planned posts would go over the cap and be held.
    """

    channel: str
    month: str
    spent_usd: float
    planned_usd: float
    cap_usd: float | None
    over: int
    reached_at: datetime | None

    @property
    def words(self) -> str:
        """Spent, planned and cap in one sentence."""
        cap = "no cap" if self.cap_usd is None else f"of {dollars(self.cap_usd)}"
        held = f"; {self.over} planned posts would go over it and be held" if self.over else ""
        return f"{dollars(self.spent_usd)} spent and {dollars(self.planned_usd)} planned, {cap}{held}"


def month_of(at: datetime, zone: str) -> date:
    """The first day of the month in which an instant lies, in a zone."""
    return at.astimezone(ZoneInfo(zone)).date().replace(day=1)


def following(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def starts(month: date, zone: str) -> datetime:
    """The instant at which a month begins in a zone."""
    return datetime(month.year, month.month, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _turn(delivery: Delivery) -> tuple[datetime, int]:
    return delivery.due_at, delivery.id


def _over(prices: Sequence[float], *, room: float | None) -> list[int]:
    """Which of them find no room any more, as they come; a cheaper one may still find some."""
    over: list[int] = []
    for index, price in enumerate(prices):
        if room is None or round(room - price, 4) >= 0:
            room = None if room is None else room - price
        else:
            over.append(index)
    return over
