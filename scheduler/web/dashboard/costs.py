"""What a month of the calendar costs as planned, where its networks take money."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.bootstrap import App
from scheduler.domain.delivery import State
from scheduler.domain.pricing import dollars
from scheduler.domain.standing import Standing
from scheduler.web.dashboard.days import CalendarDay

MOST_WEIGHED = 300
PLANNED = (Standing.DRAFT, Standing.CONFIRM, Standing.SCHEDULED)


def month_cost(app: App, days: Sequence[CalendarDay], *, channels: Sequence[str]) -> str:
    """What was spent and what is planned, in dollars; empty where nothing costs, or too much is planned to weigh it."""
    priced = [one.name for one in app.channels.priced if not one.capabilities.prices.is_free and one.name in channels]
    if not priced or sum(day.counts[one] for day in days for one in PLANNED) > MOST_WEIGHED:
        return ""
    since, until = days[0].span.start, days[-1].span.end
    states = frozenset({State.SCHEDULED})
    coming = app.store.selection.deliveries(
        states=states, channels=frozenset(priced), campaign="", since=since, until=until
    )
    planned = sum(app.budget.price(one, now=one.due_at).usd for one in coming)
    return dollars(planned + sum(app.budget.spent(name, days[0].date) for name in priced))
