"""No account says the same twice: a plan without what is there or was there before, word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from scheduler.domain.wording import wording
from scheduler.usecases.plan import Plan, Said

Ask = Callable[[str, Collection[int]], Mapping[int, str]]
"""Which of these texts (as domain.wording) a channel has, each with the code of the delivery that says it."""


def unsaid(arrange: Callable[[Said], Plan], ask: Ask) -> Plan:
    """What `arrange` plans when it knows what was said; of those that would say the same, the first does."""
    known: dict[str, dict[int, str]] = defaultdict(dict)
    while True:
        plan = arrange(known)
        first: dict[str, dict[int, str]] = defaultdict(dict)
        twins: dict[str, dict[int, str]] = defaultdict(dict)
        for one in plan.planned:
            delivery = one.delivery
            body = wording(delivery.text, delivery.link)
            if first[delivery.channel].setdefault(body, delivery.code) != delivery.code:
                twins[delivery.channel][body] = first[delivery.channel][body]
        for channel, mine in first.items():
            twins[channel].update(ask(channel, mine))
        if not any(twins.values()):
            return plan
        for channel, found in twins.items():
            known[channel].update(found)
