"""Later runs get their own pictures, where their turn is another card template's than the first run's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from scheduler.domain.card import CardRequest
from scheduler.domain.fitting import misfit
from scheduler.domain.post import Post
from scheduler.ports import Painter
from scheduler.usecases.illustrate import paint_all, with_card
from scheduler.usecases.plan import Outlet, Plan, Planned, outlet_of


def in_their_looks(
    plan: Plan, outlets: Sequence[Outlet], *, painter: Painter, request: Callable[[Post], CardRequest]
) -> Plan:
    """The plan with the pictures of its later runs painted; where one can't be, it keeps its post's."""
    other = [(one, replace(one.again.look, card=None)) for one in plan.planned if one.again and _is_other(one)]
    results = paint_all(painter, (request(look) for _, look in other))
    dressed = {
        one.delivery.code: _dressed(one, with_card(look, result), outlets)
        for (one, look), result in zip(other, results, strict=True)
    }
    return replace(plan, planned=tuple(dressed.get(one.delivery.code, one) for one in plan.planned))


def _is_other(planned: Planned) -> bool:
    """A picture that somebody gave, or none at all, stays."""
    return (
        planned.again is not None
        and planned.post.card is not None
        and planned.again.look.template != planned.post.template
    )


def _dressed(planned: Planned, look: Post, outlets: Sequence[Outlet]) -> Planned:
    card = look.card
    if card is None or misfit(card, outlet_of(outlets, planned.delivery.channel).capabilities):
        return planned
    delivery = replace(planned.delivery, card_path=card.path, card_sha256=card.sha256, alt_text=card.alt_text)
    return replace(planned, delivery=delivery)
