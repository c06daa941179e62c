"""What a person does with deliveries on a page, one by its code or a post's by its number, as the commands do it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from scheduler.domain import transitions
from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.domain.errors import NotAllowedNow
from scheduler.usecases.cancelling import Cancelled, cancelling
from scheduler.usecases.change import Act, Verdict, carry_out, stepping
from scheduler.usecases.seats import Pick, Seats
from scheduler.usecases.select import Chosen, Filter
from scheduler.usecases.threaded import heads, with_parts
from scheduler.web.dashboard.naming import called
from scheduler.web.dashboard.visit import Visit

ASKED_AGAIN = "looked: not there, send again"


def hold(visit: Visit, name: str) -> Verdict:
    """Kept back until it is released."""
    step = partial(transitions.hold, words=f"Held by {visit.who}.")
    return _done(visit, name, stepping(step, "held it"), LIVE - {State.HELD})


def cancel(visit: Visit, name: str) -> Verdict:
    """Never sent."""
    return _done(visit, name, cancelling(visit.who), LIVE)


def take_back(visit: Visit, ended: Sequence[Cancelled]) -> None:
    """What was cancelled is as before: held, or scheduled where it was. Raises NotAllowedNow when that can't be."""
    if why := cannot_take_back(visit, ended):
        raise NotAllowedNow(why)
    step = stepping(partial(transitions.hold, words=f"Taken back by {visit.who}."), "took back the cancelling")
    for one in ended:
        if not one.delivery.part:
            _done(visit, one.delivery.code, step, {State.CANCELLED})
            if not one.was_held:
                put_back(visit, one.delivery.code)


def cannot_take_back(visit: Visit, ended: Sequence[Cancelled]) -> str:
    """Why what was cancelled stays so, as a sentence; empty when it can be as before."""
    if not ended:
        return "There is nothing to take back."
    if any(one.delivery.due_at <= visit.now for one in ended):
        return "Its time has passed."
    held = visit.app.store.calendar.held
    taken = [one for one in (each.delivery for each in ended) if one.due_at in held(one.channel, since=visit.now)]
    return f"Its time on {called(visit.app, taken[0].channel)} has another post by now." if taken else ""


def release(visit: Visit, name: str) -> Verdict:
    """Into the next free slot, in the present words of its post."""
    return _anew(visit, name, "released it", State.HELD)


def put_back(visit: Visit, name: str) -> Verdict:
    """What was held a moment ago, where it was."""
    return _anew(visit, name, "released it where it was", State.HELD, Seats.own)


def retry(visit: Visit, name: str) -> Verdict:
    """A failed one, once more, in the next free slot."""
    return _anew(visit, name, "asked for another try", State.FAILED)


def is_there(visit: Visit, name: str, url: str = "") -> Verdict:
    """One of which nobody knew was seen there."""
    return _done(visit, name, stepping(partial(transitions.resolve_there, url=url), "looked: it is there"), LIVE)


def send_again(visit: Visit, name: str) -> Verdict:
    """One of which nobody knew is not there: once more, in the next free slot."""

    def act(chosen: Chosen) -> Verdict:
        renewer = visit.app.deciding.renewer
        return renewer.same_again(transitions.resolve_again, ASKED_AGAIN, chosen, now=visit.now)

    return _done(visit, name, act, LIVE)


def move(visit: Visit, name: str, to: str) -> Verdict:
    """To another time, in the words of `quotidian move`. Raises TimeUnusable for words that name none."""
    return _done(visit, name, lambda chosen: visit.app.deciding.movers.moved(to, chosen, now=visit.now), ())


def _anew(visit: Visit, name: str, what: str, state: State, pick: Pick = Seats.again) -> Verdict:
    again: Callable[..., Delivery] = transitions.release if state is State.HELD else transitions.retry
    renewer = visit.app.deciding.renewer

    def act(chosen: Chosen) -> Verdict:
        mended = renewer.mended(chosen, who=visit.who, now=visit.now)
        return renewer.again(again, what, mended, now=visit.now, pick=pick)

    return _done(visit, name, act, {state})


def _done(visit: Visit, name: str, act: Act, states: Collection[State]) -> Verdict:
    """Of a post all its deliveries in one of `states`, and so for a code. Raises the first error if all is refused."""
    app = visit.app
    wanted = Filter(statuses=frozenset(state.value for state in states))
    chosen = heads(app.deciding.selector.choose([name], wanted, states=states))
    verdict = with_parts(act(chosen), chosen, app.store.deliveries)
    verdict = carry_out(verdict, changes=app.store.changes, who=visit.who, now=visit.now)
    if not verdict.changes and verdict.refused:
        raise verdict.refused[0]
    return verdict
